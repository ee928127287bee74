import * as vscode from "vscode";
import { localize } from "../../ui/messages.ts";
import { plainText, promptText } from "../../ui/outside.ts";
import type { Place, Reply, TextQuestion } from "../engine/question.ts";
import { backButton, show, titleOf } from "./quickInput.ts";

export function askText(question: TextQuestion, place: Place): Promise<Reply> {
  const input = vscode.window.createInputBox();
  const text = () => input.value.trim();
  const check = () => {
    const verdicts = question.validate(text());
    const blocking = verdicts.find(({ severity }) => severity === "block");
    const shown = blocking ?? verdicts[0];
    input.validationMessage =
      shown &&
      ({
        message: promptText(localize(shown.message)),
        severity: blocking
          ? vscode.InputBoxValidationSeverity.Error
          : vscode.InputBoxValidationSeverity.Warning,
      } as const);
    return blocking === undefined;
  };
  input.value = typeof place.remembered === "string" ? place.remembered : (question.proposed ?? "");
  input.prompt = promptText(localize(question.prompt));
  input.placeholder = question.placeholder && plainText(localize(question.placeholder));
  input.buttons = backButton(place);
  if (text() !== "") check();
  const first = text();
  const unfinished = () => (text() === first ? undefined : text());
  input.title = plainText(titleOf(place, question));
  return show(input, place, unfinished, (reply) => [
    input.onDidChangeValue(check),
    input.onDidAccept(() => {
      if (check()) reply({ kind: "value", value: text() });
    }),
  ]);
}
