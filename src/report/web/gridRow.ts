import { shortServiceName } from "../../core/resources/managedBy.ts";
import type { Names, Row } from "../fleet/contract.ts";
import { columns, textOf } from "../fleet/table.ts";
import type { Texts } from "../fleet/texts.ts";
import { button, el, filled, sign } from "./dom.ts";
import { signs } from "./overview.ts";

export type RowAct = "explain" | "reveal" | "portal";

/** What rows are put into words with. */
export interface RowWords {
  readonly names: Names;
  readonly texts: Texts;
  readonly acts: readonly RowAct[];
  readonly act: (act: RowAct, id: string) => void;
}

/** The element of a column in one row; `index` from 0. */
export function cell(index: number, role: string, press?: () => void): HTMLElement {
  const look = { class: index === 0 ? "cell name" : "cell", "aria-colindex": String(index + 1) };
  return el("div", { role, tabindex: "-1", ...look, ...(press && { press }) });
}

/** A row's elements, to be filled with whichever set they show. */
export class GridRow {
  readonly element: HTMLElement;
  /** What takes the focus in each column. */
  readonly stops: readonly HTMLElement[];
  #row: Row | undefined;
  #words: RowWords | undefined;
  #index = -1;

  constructor({ texts, acts, act }: RowWords) {
    const cells = columns.map((_, index) => cell(index, index === 0 ? "rowheader" : "gridcell"));
    const buttons = acts.map((one) =>
      button(texts[one], () => this.#row && act(one, this.#row.id), { class: "plain", tabindex: "-1" }),
    );
    const held = buttons.map((one, index) =>
      el("span", { role: "gridcell", "aria-colindex": String(columns.length + index + 1) }, one),
    );
    this.element = el(
      "div",
      { role: "row", class: "row" },
      ...cells,
      el("div", { class: "acts", role: "none" }, ...held),
    );
    this.stops = [...cells, ...buttons];
  }

  /** Where it was placed last. */
  get index(): number {
    return this.#index;
  }

  /** `index` from 0 among the rows that are shown. */
  place(index: number, rowHeight: number): void {
    if (index === this.#index) return;
    this.#index = index;
    this.element.setAttribute("aria-rowindex", String(index + 2));
    this.element.style.top = `${index * rowHeight}px`;
  }

  /** Forgets where it stands, for when rows have another height. */
  lift(): void {
    this.#index = -1;
  }

  fill(row: Row, words: RowWords): void {
    if (row === this.#row && words === this.#words) return;
    this.#row = row;
    this.#words = words;
    columns.forEach((column, index) => {
      const stop = this.stops[index];
      if (stop === undefined) return;
      if (column === "state") return fillState(stop, row, words);
      // What stays is not touched, so that a selection of it stays too.
      const text = textOf(row, column, words.names);
      if (stop.textContent !== text) stop.textContent = text;
    });
    words.acts.forEach((act, index) =>
      this.stops[columns.length + index]?.setAttribute(
        "aria-label",
        filled(words.texts.on, words.texts[act], row.name),
      ),
    );
  }
}

function fillState(stop: HTMLElement, { state, managedBy }: Row, { texts, names }: RowWords): void {
  const of = managedBy === undefined ? state : "others";
  const shown = signs[of] ?? "";
  const words =
    managedBy === undefined ? names.states[state] : filled(texts.managedBy, shortServiceName(managedBy));
  if (stop.textContent === `${shown}${words}`) return;
  stop.className = `cell is-${of}`;
  stop.replaceChildren(sign(shown), words);
}
