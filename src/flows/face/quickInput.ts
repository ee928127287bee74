/** What quick picks and input boxes of flows have in common. */
import * as vscode from "vscode";
import { message } from "../../core/text/message.ts";
import { localize } from "../../ui/messages.ts";
import type { Item } from "./pickItems.ts";
import type { Answer, Place, Question, Reply } from "../engine/question.ts";

/** The command's name first, so that each step says what it is a step of. */
export const titleOf = ({ flow }: Pick<Place, "flow">, { title }: Pick<Question, "title">) =>
  localize(message("{0}: {1}", flow, title));

type Input = vscode.QuickPick<Item> | vscode.InputBox;

/**
 * Shows `input` until it is answered or left. `listen` subscribes to what can answer it; `stepAside` does work that asks in a quick pick of its own,
 * for which VS Code hides this one.
 */
export async function show(
  input: Input,
  { step }: Place,
  unfinished: () => Answer | undefined,
  listen: (
    reply: (reply: Reply) => void,
    stepAside: (work: () => Promise<void>) => Promise<void>,
  ) => readonly vscode.Disposable[],
): Promise<Reply> {
  input.step = step?.number;
  input.totalSteps = step?.total;
  // Looking something up elsewhere must not end the flow.
  input.ignoreFocusOut = true;
  const subscriptions: vscode.Disposable[] = [];
  let isAside = false;
  const stepAside = async (work: () => Promise<void>) => {
    isAside = true;
    try {
      await work();
    } finally {
      isAside = false;
      input.show();
    }
  };
  const leave = (kind: "back" | "cancel"): Reply => {
    const left = unfinished();
    return left === undefined || left.length === 0 ? { kind } : { kind, unfinished: left };
  };
  try {
    return await new Promise<Reply>((resolve) => {
      subscriptions.push(
        ...listen(resolve, stepAside),
        input.onDidTriggerButton((button) => {
          if (button === vscode.QuickInputButtons.Back) resolve(leave("back"));
        }),
        // Hiding comes after every answer as well: the first resolution is the one that counts.
        input.onDidHide(() => {
          if (!isAside) resolve(leave("cancel"));
        }),
      );
      input.show();
      former?.dispose();
    });
  } finally {
    vscode.Disposable.from(...subscriptions).dispose();
    linger(input);
  }
}

/** How long a step that was left stays in sight while the next one isn't there yet, in milliseconds. */
const lingeringMs = 100;

/** The step that was left last, as long as it stays. */
let former: vscode.Disposable | undefined;

/** Hidden between two steps, VS Code would give the keyboard back to a web page, which then takes it from the next step. */
function linger(input: Input): void {
  const left = {
    dispose: () => {
      clearTimeout(timer);
      input.dispose();
      if (former === left) former = undefined;
    },
  };
  const timer = setTimeout(left.dispose, lingeringMs);
  former = left;
}

export function backButton({ canGoBack }: Place): readonly vscode.QuickInputButton[] {
  return canGoBack ? [vscode.QuickInputButtons.Back] : [];
}
