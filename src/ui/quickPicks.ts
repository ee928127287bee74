import * as vscode from "vscode";
import { MessageLine } from "./messageLine.ts";
import { plainText, rowText } from "./outside.ts";
import { Ticks } from "./ticks.ts";

type Rows<T> = readonly T[] | Promise<readonly T[]>;

/** The title names the command that asks. */
type Options = vscode.QuickPickOptions & { readonly title: string };

/** Keeps the rows in their order while one types, where VS Code would bring those first whose label has the letters. */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): void {
  // Every VS Code that is supported knows it, its types do not.
  (pick as typeof pick & { sortByLabel: boolean }).sortByLabel = false;
}

/** A quick pick of which one row is chosen. Every text is shown letter by letter. Throws CancellationError where none is. */
export async function pickOne<T extends vscode.QuickPickItem>(rows: Rows<T>, options: Options): Promise<T> {
  const chosen = await vscode.window.showQuickPick(shown(rows), inLetters(options));
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}

export interface ManyOptions {
  readonly title: string;
  readonly placeHolder: string;
  /** What is said below the box of a choice of none. */
  readonly none: string;
  /** Whether none is a choice too, which is said from the beginning. */
  readonly allowsNone?: boolean;
  readonly ignoreFocusOut?: boolean;
}

/** The same of which any number is ticked: to begin with those that are `picked`. Descriptions are searched too. */
export async function pickMany<T extends vscode.QuickPickItem>(
  rows: Rows<T>,
  { title, placeHolder, none, allowsNone = false, ignoreFocusOut = false }: ManyOptions,
): Promise<readonly T[]> {
  const pick = vscode.window.createQuickPick<T>();
  const line = new MessageLine(pick, title);
  const ticks = new Ticks(pick);
  pick.canSelectMany = true;
  pick.placeholder = plainText(placeHolder);
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = ignoreFocusOut;
  pick.busy = true;
  if (allowsNone) line.say(none);
  const { promise, resolve, reject } = Promise.withResolvers<readonly T[]>();
  const fill = (items: readonly T[]) => {
    pick.busy = false;
    pick.items = items;
    ticks.set(items.filter(({ picked }) => picked));
  };
  const subscriptions = vscode.Disposable.from(
    pick,
    pick.onDidChangeSelection((items) => {
      ticks.note(items);
      if (items.length > 0 && !allowsNone) line.say();
    }),
    pick.onDidAccept(() => {
      const taken = allowsNone ? pick.selectedItems : ticks.taken();
      if (taken.length > 0 || allowsNone) resolve(taken);
      else line.say(none);
    }),
    // Hiding comes after an answer as well: the first is the one that counts.
    pick.onDidHide(() => reject(new vscode.CancellationError())),
  );
  pick.show();
  shown(rows).then(fill, reject);
  try {
    return await promise;
  } finally {
    subscriptions.dispose();
  }
}

async function shown<T extends vscode.QuickPickItem>(rows: Rows<T>): Promise<T[]> {
  return (await rows).map((row) => ({
    ...row,
    // VS Code shows the label of a separator as it is, without icons.
    label: row.kind === vscode.QuickPickItemKind.Separator ? plainText(row.label) : rowText(row.label),
    ...(row.description !== undefined && { description: rowText(row.description) }),
    ...(row.detail !== undefined && { detail: rowText(row.detail) }),
  }));
}

function inLetters({ title, placeHolder, ...others }: Options): vscode.QuickPickOptions {
  return {
    ...others,
    title: plainText(title),
    ...(placeHolder !== undefined && { placeHolder: plainText(placeHolder) }),
  };
}
