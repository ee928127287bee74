import * as vscode from "vscode";
import { MessageLine } from "./messageLine.ts";
import { plainText, rowText } from "./outside.ts";
import { keepOrder } from "./quickPicks.ts";

/** A way to go on with a text. */
export interface Completion {
  readonly label: string;
  readonly description: string;
  /** The whole text once it is chosen. */
  readonly completed: string;
}

export interface CompletedTextOptions {
  readonly title: string;
  readonly placeHolder: string;
  readonly value: string;
  /** The first row while nothing is typed. */
  readonly empty: string;
  /** What the text comes to, what is said below the box, and what it can be completed to. */
  readonly look: (text: string) => Promise<{
    readonly result: string;
    readonly says: string;
    readonly completions: readonly Completion[];
  }>;
  /** Why the text can't be taken; said below the box, where the text stays. */
  readonly problem: (text: string) => string | undefined;
}

interface Row extends vscode.QuickPickItem {
  /** Absent from the row that takes the text as it is. */
  readonly completed?: string;
}

/** Asks for a text: Enter takes it, and the rows below complete it. Throws CancellationError where the user gives up. */
export async function askCompletedText(options: CompletedTextOptions): Promise<string> {
  const pick = vscode.window.createQuickPick<Row>();
  const line = new MessageLine(pick, options.title);
  keepOrder(pick);
  pick.placeholder = plainText(options.placeHolder);
  pick.value = options.value;
  const { promise, resolve, reject } = Promise.withResolvers<string>();

  /** What the rows in sight are of. */
  let drawn: string | undefined;
  const draw = async () => {
    const text = pick.value;
    pick.busy = true;
    const { result, says, completions } = await options.look(text);
    // The user may have typed on.
    if (text !== pick.value) return;
    line.say(says);
    pick.items = [taking(text.trim() === "" ? options.empty : text, result), ...completions.map(completing)];
    pick.activeItems = pick.items.slice(0, 1);
    pick.busy = false;
    drawn = text;
  };
  const redraw = () => void draw().catch(reject);
  const accept = () => {
    const [row] = pick.activeItems;
    if (row?.completed !== undefined && drawn === pick.value) {
      pick.value = row.completed;
      return redraw();
    }
    const problem = options.problem(pick.value);
    if (problem === undefined) resolve(pick.value);
    else line.say(problem);
  };
  const parts = vscode.Disposable.from(
    pick,
    pick.onDidChangeValue(redraw),
    pick.onDidAccept(accept),
    // Hiding comes after an answer as well: the first is the one that counts.
    pick.onDidHide(() => reject(new vscode.CancellationError())),
  );
  pick.show();
  redraw();
  try {
    return await promise;
  } finally {
    parts.dispose();
  }
}

function taking(text: string, result: string): Row {
  const iconPath = new vscode.ThemeIcon("search");
  return { label: rowText(text), description: rowText(result), alwaysShow: true, iconPath };
}

function completing({ label, description, completed }: Completion): Row {
  return { label: rowText(label), description: rowText(description), alwaysShow: true, completed };
}
