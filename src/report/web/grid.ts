import type { Row, Sort } from "../fleet/contract.ts";
import type { Column } from "../fleet/column.ts";
import { columns } from "../fleet/table.ts";
import { part } from "./dom.ts";
import { GridHead } from "./gridHead.ts";
import { drawnRows, placeAfter } from "./gridKeys.ts";
import type { Place } from "./gridKeys.ts";
import { GridRow } from "./gridRow.ts";
import type { RowWords } from "./gridRow.ts";

/** What the grid tells. */
export interface GridEvents {
  readonly sortBy: (column: Column) => void;
  readonly explain: (id: string) => void;
  readonly scrolled: () => void;
}

/** A row that keeps its place on the screen, and how far below its top the table is scrolled. */
interface Anchor {
  readonly id: string;
  readonly offset: number;
}

/**
 * The table of scale sets: an ARIA grid of which only the rows in sight are drawn, so that it takes ten thousand. Each row keeps its
 * elements for as long as it is drawn, wherever it moves, so that the focus goes with it.
 */
export class Grid {
  readonly root = part("grid");
  readonly #head: GridHead;
  readonly #body = this.root.querySelector<HTMLElement>(".rows") as HTMLElement;
  readonly #events: GridEvents;
  readonly #drawn = new Map<string, GridRow>();
  #rows: readonly Row[] = [];
  #words: RowWords | undefined;
  #rowHeight = 0;
  #frame = 0;
  #orderTimer = 0;
  /** Where its row was last. */
  #lastIndex = 0;
  /** The cell that Tab leads to: its row by the id of its set, none for the headings. */
  #active: { id: string | undefined; column: number } = { id: undefined, column: 0 };

  constructor(events: GridEvents) {
    this.#events = events;
    this.#head = new GridHead(this.root.querySelector(".head") as HTMLElement, events.sortBy);
    this.root.addEventListener("scroll", () => {
      this.#drawSoon();
      events.scrolled();
    });
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
    this.root.addEventListener("mouseover", ({ target }) => {
      if (target instanceof HTMLElement && target.classList.contains("cell")) sayWhole(target);
    });
    this.root.addEventListener("focusin", ({ target }) => this.#follow(target));
    new ResizeObserver(() => this.#resized()).observe(this.root);
  }

  /** Shows these rows in this order. What has the focus, or is at the top, stays in its place where it can. */
  show(rows: readonly Row[], words: RowWords, sort: readonly Sort[]): void {
    if (words.acts.join() !== this.#words?.acts.join()) this.#forget();
    this.#words = words;
    this.root.classList.toggle("portal", words.acts.includes("portal"));
    this.#head.show(words, sort);
    const anchor = this.#anchor();
    this.#rows = rows;
    this.root.setAttribute("aria-rowcount", String(rows.length + 1));
    this.root.setAttribute("aria-colcount", String(columns.length + words.acts.length));
    if (this.#rowHeight === 0) this.#rowHeight = this.#head.height;
    this.#body.style.height = `${rows.length * this.#rowHeight}px`;
    this.#restore(anchor);
    this.#draw();
    this.#order();
  }

  toTop(): void {
    this.root.scrollTop = 0;
    this.#lastIndex = 0;
  }

  /** The row that has the focus where it is in sight, else the one at the top; none while the table is not scrolled. */
  #anchor(): Anchor | undefined {
    const { scrollTop: top, clientHeight } = this.root;
    if (top === 0 || this.#rowHeight === 0) return undefined;
    const first = Math.floor(top / this.#rowHeight);
    const active = this.root.contains(document.activeElement) ? (this.#activeIndex() ?? -1) : -1;
    const isInSight = active >= first && active * this.#rowHeight < top + clientHeight;
    const index = isInSight ? active : first;
    const row = this.#rows[index];
    return row && { id: row.id, offset: top - index * this.#rowHeight };
  }

  #restore(anchor: Anchor | undefined): void {
    if (anchor === undefined) return;
    const index = this.#rows.findIndex(({ id }) => id === anchor.id);
    if (index >= 0) this.root.scrollTop = index * this.#rowHeight + anchor.offset;
  }

  #drawSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const words = this.#words;
    if (words === undefined || this.#rowHeight === 0) return;
    const focused = document.activeElement;
    const isInside = focused !== this.root && this.root.contains(focused);
    this.#keepActive();
    const { from, to } = this.#window();
    const wanted = new Map<string, number>();
    for (let index = from; index < to; index += 1) {
      const row = this.#rows[index];
      if (row !== undefined) wanted.set(row.id, index);
    }
    const active = this.#activeIndex();
    if (active !== undefined && this.#active.id !== undefined) wanted.set(this.#active.id, active);
    const spare: GridRow[] = [];
    for (const [id, drawn] of this.#drawn) {
      if (wanted.has(id)) continue;
      this.#drawn.delete(id);
      spare.push(drawn);
    }
    for (const [id, index] of wanted) {
      const row = this.#rows[index];
      if (row === undefined) continue;
      const drawn = this.#drawn.get(id) ?? spare.pop() ?? new GridRow(words);
      this.#drawn.set(id, drawn);
      drawn.fill(row, words);
      drawn.place(index, this.#rowHeight);
    }
    for (const { element } of spare) element.remove();
    for (const id of wanted.keys()) {
      const element = this.#drawn.get(id)?.element;
      if (element?.parentElement === null) this.#body.append(element);
    }
    // Once the table is at rest: whoever reads it then reads it in order, and scrolling is not held up.
    clearTimeout(this.#orderTimer);
    this.#orderTimer = setTimeout(() => this.#order(), 150);
    this.#setStops();
    // A row that is removed takes the focus with it, or leaves it to the row that got its elements.
    const stop = this.#stop();
    if (isInside && document.activeElement !== stop) stop?.focus({ preventScroll: true });
  }

  /** Where the row of the active cell was removed, the one in its place has it. */
  #keepActive(): void {
    const { id, column } = this.#active;
    if (id === undefined) return;
    const index = this.#activeIndex();
    if (index !== undefined) this.#lastIndex = index;
    else this.#active = { id: this.#rows[Math.min(this.#lastIndex, this.#rows.length - 1)]?.id, column };
  }

  /** Brings the elements into the order in which they are seen, which is that in which they are read. */
  #order(): void {
    const focused = document.activeElement;
    const drawn = [...this.#drawn.values()].sort((a, b) => a.index - b.index);
    drawn.forEach(({ element }, place) => {
      const there = this.#body.children[place];
      if (element !== there) this.#body.insertBefore(element, there ?? null);
    });
    // What is moved in the document loses the focus.
    if (focused !== document.activeElement && focused instanceof HTMLElement && this.#body.contains(focused))
      focused.focus({ preventScroll: true });
  }

  #window(): { readonly from: number; readonly to: number } {
    const { scrollTop: top, clientHeight: height } = this.root;
    return drawnRows({ top, height, rowHeight: this.#rowHeight }, this.#rows.length);
  }

  #resized(): void {
    const height = this.#head.height;
    if (height !== this.#rowHeight && height > 0) {
      this.#rowHeight = height;
      this.#body.style.height = `${this.#rows.length * height}px`;
      for (const drawn of this.#drawn.values()) drawn.lift();
    }
    this.#drawSoon();
  }

  #forget(): void {
    for (const { element } of this.#drawn.values()) element.remove();
    this.#drawn.clear();
  }

  #onKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (altKey) return;
    const place = this.#place();
    const column = columns[place.column];
    if ((key === "Enter" || key === " ") && !(target instanceof HTMLButtonElement)) {
      event.preventDefault();
      if (place.row === 0) return column && this.#events.sortBy(column);
      if (this.#active.id !== undefined) this.#events.explain(this.#active.id);
      return;
    }
    const next = placeAfter(key, ctrlKey || metaKey, place, this.#extent());
    if (next === undefined) return;
    event.preventDefault();
    this.#go(next);
  }

  #extent() {
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.#rowHeight) - 2);
    const acts = this.#words?.acts.length ?? 0;
    return { rows: this.#rows.length, columns: columns.length + acts, page };
  }

  #place(): Place {
    return { row: (this.#activeIndex() ?? -1) + 1, column: this.#active.column };
  }

  #activeIndex(): number | undefined {
    const { id } = this.#active;
    if (id === undefined) return undefined;
    const index = this.#rows.findIndex((row) => row.id === id);
    return index < 0 ? undefined : index;
  }

  #go({ row, column }: Place): void {
    this.#active = { id: this.#rows[row - 1]?.id, column };
    if (row > 0) this.#scrollTo(row - 1);
    this.#draw();
    const stop = this.#stop();
    stop?.focus({ preventScroll: true });
    if (stop !== undefined) this.#scrollAside(stop, column);
  }

  #scrollTo(index: number): void {
    const top = index * this.#rowHeight;
    const room = this.root.clientHeight - this.#rowHeight;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + this.#rowHeight > this.root.scrollTop + room)
      this.root.scrollTop = top + this.#rowHeight - room;
  }

  /** So that no cell is under those that stay in sight at either side. */
  #scrollAside(stop: HTMLElement, column: number): void {
    if (column === 0 || column >= columns.length) return;
    const [first, last] = [this.#head.stops[0], this.#head.stops.at(-1)];
    const { left, right } = this.root.getBoundingClientRect();
    const cell = stop.getBoundingClientRect();
    const isFixed = first !== undefined && getComputedStyle(first).position === "sticky";
    const from = left + (isFixed ? first.offsetWidth : 0);
    const to = right - (isFixed ? (last?.offsetWidth ?? 0) : 0);
    if (cell.left < from) this.root.scrollLeft -= from - cell.left;
    else if (cell.right > to) this.root.scrollLeft += Math.min(cell.right - to, cell.left - from);
  }

  #stop(): HTMLElement | undefined {
    const { id, column } = this.#active;
    if (id === undefined) return this.#head.stops[Math.min(column, this.#head.stops.length - 1)];
    return this.#drawn.get(id)?.stops[column];
  }

  /** Makes one cell alone reachable by Tab. */
  #setStops(): void {
    for (const stop of this.root.querySelectorAll('[tabindex="0"]')) stop.setAttribute("tabindex", "-1");
    this.#stop()?.setAttribute("tabindex", "0");
  }

  #follow(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement)) return;
    const heading = this.#head.stops.indexOf(target);
    if (heading >= 0) this.#active = { id: undefined, column: heading };
    for (const [id, { stops }] of this.#drawn) {
      const column = stops.indexOf(target);
      if (column >= 0) this.#active = { id, column };
    }
    this.#setStops();
  }
}

/** A cell that is too narrow for its text says it under the mouse. */
function sayWhole(cell: HTMLElement): void {
  cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : "";
}
