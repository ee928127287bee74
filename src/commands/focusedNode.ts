import type * as vscode from "vscode";
import type { FleetNode } from "../tree/node.ts";

/**
 * Finds the node that has the keyboard's focus. VS Code tells extensions what is selected, not what is focused, so the key
 * bindings of the view first run `list.toggleSelection`: the node by which the selection then differs is the focused one.
 * (`list.select` would expand or collapse it as well.)
 */
export class FocusedNode implements vscode.Disposable {
  readonly #view: vscode.TreeView<FleetNode>;
  readonly #listener: vscode.Disposable;
  #before: readonly FleetNode[] = [];
  #after: readonly FleetNode[] = [];

  constructor(view: vscode.TreeView<FleetNode>) {
    this.#view = view;
    this.#listener = view.onDidChangeSelection(({ selection }) => {
      this.#before = this.#after;
      this.#after = selection;
    });
  }

  /** The focused node, after it was toggled; it is the only one selected then. */
  async take(): Promise<FleetNode | undefined> {
    const [node] = [...this.#after, ...this.#before].filter(
      (one) => this.#after.includes(one) !== this.#before.includes(one),
    );
    if (node !== undefined) await this.#view.reveal(node, { select: true, focus: true });
    return node;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
