import type { Sort } from "../fleet/contract.ts";
import type { Column } from "../fleet/column.ts";
import { columns } from "../fleet/table.ts";
import { el } from "./dom.ts";
import { cell } from "./gridRow.ts";
import type { RowWords } from "./gridRow.ts";

/** The row of headings, which sort the table. */
export class GridHead {
  readonly #parent: HTMLElement;
  readonly #sortBy: (column: Column) => void;
  #words: Pick<RowWords, "texts" | "acts"> | undefined;
  #stops: readonly HTMLElement[] = [];

  constructor(parent: HTMLElement, sortBy: (column: Column) => void) {
    this.#parent = parent;
    this.#sortBy = sortBy;
  }

  /** What takes the focus, one for each column and one for all actions. */
  get stops(): readonly HTMLElement[] {
    return this.#stops;
  }

  /** In pixels; that of each row too. */
  get height(): number {
    return this.#stops[0]?.parentElement?.offsetHeight ?? 0;
  }

  show(words: RowWords, [sort]: readonly Sort[]): void {
    if (words.texts !== this.#words?.texts || words.acts.length !== this.#words.acts.length)
      this.#make(words);
    this.#words = words;
    columns.forEach((column, index) => {
      const heading = this.#stops[index];
      const isSorted = sort?.column === column;
      const direction = sort?.descending === true ? "descending" : "ascending";
      heading?.setAttribute("aria-sort", isSorted ? direction : "none");
      const arrow = heading?.querySelector(".arrow");
      if (arrow) arrow.textContent = isSorted ? (direction === "ascending" ? "↑" : "↓") : "";
    });
  }

  #make({ texts, acts }: RowWords): void {
    const headings = columns.map((column, index) => {
      const heading = cell(index, "columnheader", () => this.#sortBy(column));
      heading.append(texts[column], el("span", { class: "arrow", "aria-hidden": "true" }));
      return heading;
    });
    const ofActions = el(
      "div",
      {
        class: "acts",
        role: "columnheader",
        "aria-colindex": String(columns.length + 1),
        "aria-colspan": String(acts.length),
        tabindex: "-1",
      },
      texts.actions,
    );
    this.#stops = [...headings, ofActions];
    this.#parent.replaceChildren(
      el("div", { role: "row", class: "row", "aria-rowindex": "1" }, ...this.#stops),
    );
  }
}
