import * as vscode from "vscode";
import { plainText, rowText } from "./outside.ts";

/** How long it stays. */
const shownMs = 5000;

/** Says something in passing, in the status bar; behind an icon where one is named. */
export function mention(text: string, icon?: string): void {
  const said = rowText(text);
  vscode.window.setStatusBarMessage(icon === undefined ? said : `$(${icon}) ${said}`, shownMs);
}

/** What an item of the status bar shows. */
export interface StatusLine {
  readonly text: string;
  /** Of the tooltip. */
  readonly lines: readonly string[];
  /** What a screen reader says in place of the text. */
  readonly spoken: string;
}

export interface StatusItemOptions {
  /** Unique in the extension. */
  readonly id: string;
  /** By which the user hides it. */
  readonly name: string;
  readonly icon: string;
  /** What a click runs. */
  readonly command: string;
}

/** An item of the status bar that is there while it has something to say. */
export class StatusItem implements vscode.Disposable {
  readonly #icon: string;
  readonly #item: vscode.StatusBarItem;
  #shown = "";

  constructor({ id, name, icon, command }: StatusItemOptions) {
    this.#icon = icon;
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
    this.#item.name = name;
    this.#item.command = command;
  }

  /** Nothing hides it. */
  show(line: StatusLine | undefined): void {
    const shown = line === undefined ? "" : JSON.stringify(line);
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (line === undefined) return this.#item.hide();
    this.#item.text = `$(${this.#icon}) ${rowText(line.text)}`;
    this.#item.tooltip = line.lines.map(plainText).join("\n");
    this.#item.accessibilityInformation = { label: plainText(line.spoken), role: "button" };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
