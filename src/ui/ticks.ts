import * as vscode from "vscode";

/** What Enter takes of a pick with checkboxes. */
export class Ticks<T extends vscode.QuickPickItem> {
  readonly #pick: vscode.QuickPick<T>;
  readonly #everTicked = new Set<T>();

  constructor(pick: vscode.QuickPick<T>) {
    this.#pick = pick;
  }

  /** Ticks these rows, and no other; the first is focused, so that it is in sight. */
  set(rows: readonly T[]): void {
    this.#pick.selectedItems = rows;
    if (rows.length > 0) this.#pick.activeItems = rows.slice(0, 1);
    this.note(rows);
  }

  /** Takes the rows that are ticked after each change. */
  note(rows: readonly T[]): void {
    for (const row of rows) this.#everTicked.add(row);
  }

  /** The ticked rows; where none is, the focused one, or the only one that is named by what was typed. Never a row whose tick was taken away. */
  taken(): readonly T[] {
    const { selectedItems, activeItems, items, value } = this.#pick;
    if (selectedItems.length > 0) return selectedItems;
    const typed = value.trim().toLowerCase();
    const named = items.filter(
      ({ kind, label }) =>
        kind !== vscode.QuickPickItemKind.Separator && typed !== "" && label.toLowerCase().includes(typed),
    );
    const focused = activeItems.length > 0 ? activeItems : named.length === 1 ? named : [];
    return focused.filter((row) => !this.#everTicked.has(row)).slice(0, 1);
  }
}
