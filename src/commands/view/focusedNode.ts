import type * as vscode from "vscode";

/**
 * Finds the node that has the keyboard's focus. VS Code tells extensions what is selected, not what is focused, so the key
 * bindings of the view first run `list.toggleSelection`: the node by which the selection then differs is the focused one.
 * (`list.select` would expand or collapse it as well.)
 */
export class FocusedNode<N> implements vscode.Disposable {
  readonly #view: vscode.TreeView<N>;
  readonly #listener: vscode.Disposable;
  #before: readonly N[] = [];
  #after: readonly N[] = [];

  constructor(view: vscode.TreeView<N>) {
    this.#view = view;
    this.#listener = view.onDidChangeSelection(({ selection }) => {
      this.#before = this.#after;
      this.#after = selection;
    });
  }

  /** The focused node, after it was toggled; it is the only one selected then. */
  async take(): Promise<N | undefined> {
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
