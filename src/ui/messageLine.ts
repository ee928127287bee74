import type * as vscode from "vscode";
import { plainText, promptText } from "./outside.ts";

/** VS Code's types have it from 1.109 on; 1.106 knows it, but may refuse it to extensions. */
type Prompted = vscode.QuickPick<vscode.QuickPickItem> & { prompt: string };

/** What a pick says beside its rows, where typing does not hide it: below its box, or in its title where VS Code has no such line. */
export class MessageLine {
  readonly #pick: vscode.QuickPick<vscode.QuickPickItem>;
  readonly #title: string;

  /** @param title the pick's, which it keeps */
  constructor(pick: vscode.QuickPick<vscode.QuickPickItem>, title: string) {
    this.#pick = pick;
    this.#title = plainText(title);
    pick.title = this.#title;
  }

  /** In place of what was said before; nothing clears the line. */
  say(text = ""): void {
    try {
      (this.#pick as Prompted).prompt = promptText(text);
    } catch {
      this.#pick.title = text === "" ? this.#title : `${this.#title}: ${plainText(text)}`;
    }
  }
}
