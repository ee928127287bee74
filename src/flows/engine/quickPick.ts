/** The face of the step engine: VS Code's quick picks and input boxes. */
import * as vscode from "vscode";
import { message, type Message } from "../../core/text/message.ts";
import { bounded } from "../../core/text/visible.ts";
import { localize } from "../../ui/messages.ts";
import { plainText, promptText, rowText } from "../../ui/outside.ts";
import { failureOf, failureRows } from "./failure.ts";
import { wrapped } from "./rowText.ts";
import type {
  Answer,
  Choice,
  Fact,
  PickQuestion,
  Place,
  Prompter,
  Reply,
  Row,
  TextQuestion,
} from "./question.ts";

export const quickPickPrompter: Prompter = {
  ask: (question, place) => (question.kind === "pick" ? askPick(question, place) : askText(question, place)),
};

interface Item extends vscode.QuickPickItem {
  readonly row: Row;
}

/** Every VS Code that is supported knows it, its types do not: where it is true, rows whose label has the typed letters come first. */
type Sorted = vscode.QuickPick<Item> & { sortByLabel: boolean };

function askPick(question: PickQuestion, place: Place): Promise<Reply> {
  const { many, rows, find } = question;
  const pick = vscode.window.createQuickPick<Item>();
  const loading = new AbortController();
  const buttons = (question.buttons ?? []).map(({ value, label, icon }) => ({
    value,
    iconPath: new vscode.ThemeIcon(icon ?? "ellipsis"),
    tooltip: localize(label),
  }));
  pick.canSelectMany = many !== undefined;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  if (find !== undefined) (pick as Sorted).sortByLabel = false;
  pick.placeholder = plain(question.placeholder);
  pick.buttons = [...backButton(place), ...buttons];

  const fill = (filling: readonly Row[]) => {
    const items = filling.flatMap((row) => itemsOf(row, many === undefined));
    pick.items = find === undefined ? items : items.map((item) => ({ ...item, alwaysShow: true }));
    const proposed = new Set([place.remembered ?? question.proposed ?? []].flat());
    const wanted = pick.items.filter(({ row }) => row.kind === "choice" && proposed.has(row.value));
    if (many !== undefined) pick.selectedItems = wanted;
    // Where nothing is wanted VS Code makes the first row active; an empty list would leave Enter without effect.
    else if (wanted.length > 0) pick.activeItems = wanted;
  };
  const load = async () => {
    if (typeof rows !== "function") return fill(rows);
    pick.items = [];
    pick.busy = true;
    try {
      const loaded = await rows(loading.signal, (progress) => {
        if (!loading.signal.aborted) pick.placeholder = plain(progress);
      });
      if (!loading.signal.aborted) fill(loaded);
    } catch (error) {
      if (!loading.signal.aborted) fill(failureRows(error, load));
    }
    pick.placeholder = plain(question.placeholder);
    pick.busy = false;
  };
  const picked = () => pick.selectedItems.flatMap(({ row }) => (row.kind === "choice" ? [row.value] : []));
  const unfinished = () => (many === undefined ? undefined : picked());

  return show(pick, place, question.title, unfinished, (reply) => {
    void load();
    return [
      { dispose: () => loading.abort() },
      pick.onDidChangeValue((text) => {
        if (find === undefined) return;
        if (text.trim() === "") void load();
        else fill(find(text));
      }),
      pick.onDidChangeSelection((items) => {
        // Every row of a multiple choice carries a checkbox; that of a fact does not stay ticked.
        const choices = items.filter(({ row }) => row.kind === "choice");
        if (many !== undefined && choices.length < items.length) pick.selectedItems = choices;
      }),
      pick.onDidAccept(() => {
        if (many !== undefined) {
          if (picked().length > 0) reply({ kind: "value", value: picked() });
          else pick.placeholder = plain(many.none);
          return;
        }
        // Rows that are found anew between the press and its arrival here are others to VS Code: then the only one was meant.
        const [only, second] = find === undefined ? [] : pick.items;
        const row = (pick.selectedItems[0] ?? (second === undefined ? only : undefined))?.row;
        if (row?.kind === "choice") reply({ kind: "value", value: row.value });
        if (row?.kind === "action") {
          row.run().catch((error: unknown) => (pick.placeholder = plain(failureOf(error))));
        }
      }),
      pick.onDidTriggerButton((pressed) => {
        const button = buttons.find((one) => one === pressed);
        if (button !== undefined) reply({ kind: "value", value: button.value });
      }),
    ];
  });
}

function askText(question: TextQuestion, place: Place): Promise<Reply> {
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
  input.placeholder = question.placeholder && plain(question.placeholder);
  input.buttons = backButton(place);
  if (text() !== "") check();
  return show(input, place, question.title, text, (reply) => [
    input.onDidChangeValue(check),
    input.onDidAccept(() => {
      if (check()) reply({ kind: "value", value: text() });
    }),
  ]);
}

type Input = vscode.QuickPick<Item> | vscode.InputBox;

/** Shows `input` until it is answered or left. `listen` subscribes to what can answer it. */
async function show(
  input: Input,
  { flow, step }: Place,
  title: Message,
  unfinished: () => Answer | undefined,
  listen: (reply: (reply: Reply) => void) => readonly vscode.Disposable[],
): Promise<Reply> {
  input.title = plain(message("{0}: {1}", flow, title));
  input.step = step?.number;
  input.totalSteps = step?.total;
  // Looking something up elsewhere must not end the flow.
  input.ignoreFocusOut = true;
  const subscriptions: vscode.Disposable[] = [input];
  const leave = (kind: "back" | "cancel"): Reply => {
    const left = unfinished();
    return left === undefined || left.length === 0 ? { kind } : { kind, unfinished: left };
  };
  try {
    return await new Promise<Reply>((resolve) => {
      subscriptions.push(
        ...listen(resolve),
        input.onDidTriggerButton((button) => {
          if (button === vscode.QuickInputButtons.Back) resolve(leave("back"));
        }),
        // Hiding comes after every answer as well: the first resolution is the one that counts.
        input.onDidHide(() => resolve(leave("cancel"))),
      );
      input.show();
    });
  } finally {
    vscode.Disposable.from(...subscriptions).dispose();
  }
}

function backButton({ canGoBack }: Place): readonly vscode.QuickInputButton[] {
  return canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

/** Characters that fit on one line of a quick pick at its full width, beside the heading of a group. */
const lineCharacters = 72;

/** How much of a fact is shown: some thirty lines. */
const maxFactCharacters = 2_000;

function itemsOf(row: Row, canWrap: boolean): readonly Item[] {
  switch (row.kind) {
    case "group":
      // VS Code shows a separator's label as it is, without icons.
      return [{ row, kind: vscode.QuickPickItemKind.Separator, label: plain(row.label) }];
    case "action":
      return [{ row, label: escaped(row.label), ...iconOf(row.icon) }];
    case "choice":
      return [itemOf(row)];
    case "fact":
      return canWrap ? factItems(row) : [{ ...itemOf(row), alwaysShow: true }];
  }
}

function itemOf(row: Choice | Fact): Item {
  return {
    row,
    label: escaped(row.label),
    ...(row.description && { description: escaped(row.description) }),
    ...(row.detail && { detail: escaped(row.detail) }),
    ...iconOf(row.icon),
  };
}

/**
 * A fact is there to be read, so it takes as many lines as it needs: VS Code cuts what is longer than one.
 * Not in a multiple choice, where each line would carry a checkbox.
 */
function factItems(row: Fact): readonly Item[] {
  const lines = [row.label, ...(row.detail ? [row.detail] : [])].flatMap((text) =>
    wrapped(bounded(localize(text), maxFactCharacters), lineCharacters),
  );
  return lines.map((line, index) => ({
    row,
    label: rowText(line),
    alwaysShow: true,
    ...(index === 0 && row.description && { description: escaped(row.description) }),
    ...iconOf(index === 0 ? row.icon : "blank"),
  }));
}

const iconOf = (icon: string | undefined) =>
  icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) };

const escaped = (text: Message) => rowText(localize(text));
const plain = (text: Message) => plainText(localize(text));
