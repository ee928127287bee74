import type { NeedName, ReportData, Row, ToPage, View } from "../fleet/contract.ts";
import { isFiltered, searchedIn, shownBy, sortedBy, Sorter, wholeView } from "../fleet/table.ts";
import type { Texts } from "../fleet/texts.ts";
import { showCalendar } from "./calendar.ts";
import { filled, part } from "./dom.ts";
import { Filters } from "./filters.ts";
import { Grid } from "./grid.ts";
import type { RowAct, RowWords } from "./gridRow.ts";
import { host } from "./host.ts";
import { showImages, showNeeds, showStanding, showTotals } from "./overview.ts";
import type { Wishes } from "./overview.ts";

/** The page of the fleet report: shows what the extension tells it, and keeps how the user looks at it. */
class Page {
  readonly #rows = new Map<string, Row>();
  readonly #searched = new Map<string, string>();
  readonly #grid: Grid;
  readonly #filters: Filters;
  readonly #wishes: Wishes;
  #data: ReportData | undefined;
  #texts: Texts | undefined;
  #language = "en";
  #portal = false;
  #view: View;
  #day: string | undefined;
  /** All rows as they are sorted; undefined once they have to be sorted anew. */
  #sorted: readonly Row[] | undefined;
  #words: RowWords | undefined;
  #sayTimer = 0;
  #keepTimer = 0;

  constructor() {
    const kept = host.getState() ?? {};
    this.#view = { ...wholeView, ...kept.view };
    this.#day = kept.day;
    this.#wishes = {
      run: (command, ids) => host.postMessage({ kind: "run", command, ids }),
      runOn: (command: string, need: NeedName) => host.postMessage({ kind: "runOn", command, need }),
      show: (filter) => {
        this.#look({ ...wholeView, sort: this.#view.sort, ...filter });
        part("table").scrollIntoView();
        this.#grid.root.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
      },
      toggle: (state) => this.#look({ ...this.#view, state: this.#view.state === state ? "" : state }),
    };
    this.#grid = new Grid({
      sortBy: (column) => this.#look({ ...this.#view, sort: sortedBy(this.#view.sort, column) }),
      explain: (id) => this.#act("explain", id),
      scrolled: () => this.#keepSoon(),
    });
    this.#filters = new Filters(
      (filter) => this.#look({ ...this.#view, ...filter }),
      () => {
        this.#look({ ...wholeView, sort: this.#view.sort });
        this.#filters.focus();
      },
    );
    document.addEventListener("click", ({ target }) => this.#press(target));
    document.addEventListener("scroll", () => this.#keepSoon());
    window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => this.#take(data));
    host.postMessage({ kind: "ready" });
  }

  #take(told: ToPage): void {
    const isFirst = this.#data === undefined;
    if (told.kind === "whole") {
      this.#texts = told.texts;
      this.#language = told.language;
      this.#data = told.data;
      this.#rows.clear();
      this.#searched.clear();
      this.#put(told.rows);
    } else if (this.#data !== undefined) {
      this.#data = { ...this.#data, ...told.data };
      for (const id of told.gone) this.#rows.delete(id);
      this.#put(told.put);
    }
    if (told.portal !== undefined) this.#portal = told.portal;
    this.#words = undefined;
    this.#sorted = undefined;
    this.#show(told.data);
    if (isFirst) this.#scrollBack();
  }

  #put(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#rows.set(row.id, row);
      this.#searched.set(row.id, searchedIn(row));
    }
  }

  /** Shows the parts that were told, and the table. */
  #show({ standing, totals, needs, calendar, images }: Partial<ReportData>): void {
    const texts = this.#texts;
    if (texts === undefined) return;
    if (standing) showStanding({ standing }, this.#wishes);
    if (totals) showTotals(totals, this.#view.state, texts, this.#wishes);
    if (needs) showNeeds(needs, texts, this.#wishes);
    if (calendar) this.#showCalendar();
    if (images) showImages(images, texts, this.#wishes);
    this.#showTable();
  }

  #showCalendar(): void {
    if (this.#data === undefined || this.#texts === undefined) return;
    showCalendar(this.#data.calendar, this.#day, this.#texts, (day) => {
      const before = this.#day;
      this.#day = day;
      this.#showCalendar();
      this.#keepSoon();
      if (day !== undefined || before === undefined) return;
      document.querySelector<HTMLElement>(`[data-key="day ${before}"]`)?.focus();
    });
  }

  #showTable(): void {
    const [data, texts] = [this.#data, this.#texts];
    if (data === undefined || texts === undefined) return;
    const all = [...this.#rows.values()];
    this.#sorted ??= new Sorter(all, data.names, this.#language).sorted(all, this.#view.sort);
    const shown = this.#sorted.filter(shownBy(this.#view, ({ id }) => this.#searched.get(id) ?? ""));
    this.#words ??= {
      names: data.names,
      texts,
      acts: this.#portal ? ["explain", "reveal", "portal"] : ["explain", "reveal"],
      act: (act, id) => this.#act(act, id),
    };
    this.#filters.show(this.#view, data, texts);
    this.#grid.show(shown, this.#words, this.#view.sort);
    this.#saySoon(shown.length, all.length, texts);
  }

  /** The count, and what is sorted by; said once typing has paused, so that a screen reader does not read each key's. */
  #saySoon(shown: number, all: number, texts: Texts): void {
    const empty = part("empty");
    empty.hidden = shown > 0;
    empty.textContent = filled(texts.noneFound, all);
    (part("clear") as HTMLButtonElement).disabled = !isFiltered(this.#view);
    const count = isFiltered(this.#view) ? filled(texts.shownOf, shown, all) : filled(texts.shownAll, all);
    const [sort] = this.#view.sort;
    const order = sort && filled(sort.descending ? texts.sortedDown : texts.sortedUp, texts[sort.column]);
    clearTimeout(this.#sayTimer);
    this.#sayTimer = setTimeout(() => {
      const said = order === undefined ? count : `${count}. ${order}`;
      if (part("count").textContent !== said) part("count").textContent = said;
    }, 300);
  }

  #look(view: View): void {
    const isOtherSort = JSON.stringify(view.sort) !== JSON.stringify(this.#view.sort);
    if (isOtherSort) this.#sorted = undefined;
    this.#view = view;
    this.#grid.toTop();
    if (this.#data && this.#texts) showTotals(this.#data.totals, view.state, this.#texts, this.#wishes);
    this.#showTable();
    this.#keepSoon();
  }

  #act(act: RowAct, id: string): void {
    if (act === "reveal") return host.postMessage({ kind: "reveal", id });
    const command = act === "explain" ? "explainEligibility" : "openInPortal";
    host.postMessage({ kind: "run", command, ids: [id] });
  }

  /** Buttons that stand in the page from the beginning say by their data what they do. */
  #press(target: EventTarget | null): void {
    if (!(target instanceof HTMLButtonElement)) return;
    const { command, export: format, shown } = target.dataset;
    const view = this.#view;
    if (command !== undefined) host.postMessage({ kind: "run", command, ids: [] });
    if (shown !== undefined) host.postMessage({ kind: "runOnShown", command: shown, view });
    if (format === "csv" || format === "json" || format === "markdown")
      host.postMessage({ kind: "export", format, view });
  }

  #scrollBack(): void {
    const { top = 0, tableTop = 0, tableLeft = 0 } = host.getState() ?? {};
    document.documentElement.scrollTop = top;
    this.#grid.root.scrollTop = tableTop;
    this.#grid.root.scrollLeft = tableLeft;
  }

  #keepSoon(): void {
    if (this.#data === undefined) return;
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => {
      const { scrollTop: tableTop, scrollLeft: tableLeft } = this.#grid.root;
      const { scrollTop: top } = document.documentElement;
      const day = this.#day === undefined ? {} : { day: this.#day };
      host.setState({ view: this.#view, top, tableTop, tableLeft, ...day });
    }, 150);
  }
}

new Page();
