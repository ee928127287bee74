import type { NeedName, ReportData, Row, Standing, ToPage, View } from "../fleet/contract.ts";
import { isFiltered, orderOf, shownBy, sortedBy, wholeView } from "../fleet/table.ts";
import type { Texts } from "../fleet/texts.ts";
import { showCalendar } from "./calendar.ts";
import { filled, part } from "./dom.ts";
import { Filters } from "./filters.ts";
import { Grid } from "./grid.ts";
import type { RowAct, RowWords } from "./gridRow.ts";
import { host } from "./host.ts";
import { counted, showImages, showNeeds, showStanding, showTotals } from "./overview.ts";
import type { Wishes } from "./overview.ts";

/** The page of the fleet report: shows what the extension tells it, and keeps how the user looks at it. */
class Page {
  readonly #rows = new Map<string, Row>();
  readonly #grid: Grid;
  readonly #filters: Filters;
  readonly #wishes: Wishes;
  #data: ReportData | undefined;
  #texts: Texts | undefined;
  #language = "en";
  #view: View;
  #day: string | undefined;
  /** What arrived since the last frame. */
  #fresh: Partial<ReportData> = {};
  /** Ids of the rows that arrived, or were removed, since they were sorted. */
  readonly #moved = new Set<string>();
  /** All rows as they are sorted. */
  #sorted: readonly Row[] = [];
  #words: RowWords | undefined;
  #frame = 0;
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
    host.postMessage({ kind: "ready", day: this.#day });
  }

  #take(message: ToPage): void {
    if (message.kind === "begin") {
      this.#texts = message.texts;
      this.#language = message.language;
      this.#rows.clear();
      this.#sorted = [];
      return;
    }
    for (const row of message.put) {
      this.#rows.set(row.id, row);
      this.#moved.add(row.id);
    }
    for (const id of message.removed) {
      this.#rows.delete(id);
      this.#moved.add(id);
    }
    this.#fresh = { ...this.#fresh, ...message.data };
    if (!message.more && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#showFresh());
  }

  /** Shows all that arrived since the last frame at once, whatever number of messages that took. */
  #showFresh(): void {
    this.#frame = 0;
    const [fresh, before, texts] = [this.#fresh, this.#data, this.#texts];
    const data = { ...before, ...fresh } as ReportData;
    if (texts === undefined || data.standing === undefined) return;
    this.#data = data;
    this.#fresh = {};
    // A mark of counts that grow comes and goes with all of them.
    const isMarked = data.standing.growing !== before?.standing.growing;
    const { standing, totals, needs, calendar, images } = isMarked ? data : fresh;
    if (standing) showStanding(standing, this.#wishes);
    if (totals) this.#showTotals(data, texts);
    if (needs) showNeeds(needs, data.standing, texts, this.#wishes);
    if (calendar) this.#showCalendar();
    if (images) showImages(images, data.standing, texts, this.#wishes);
    if (fresh.names ?? fresh.portal !== undefined) this.#words = undefined;
    this.#sort();
    this.#showTable();
    if (before === undefined) this.#scrollBack();
  }

  #showTotals({ totals, standing }: ReportData, texts: Texts): void {
    showTotals(totals, standing, this.#view.state, texts, this.#wishes);
  }

  #showCalendar(): void {
    if (this.#data === undefined || this.#texts === undefined) return;
    showCalendar(this.#data.calendar, this.#day, this.#texts, (day) => {
      const before = this.#day;
      this.#day = day;
      host.postMessage({ kind: "day", day });
      this.#showCalendar();
      this.#keepSoon();
      if (day !== undefined || before === undefined) return;
      document.querySelector<HTMLElement>(`[data-key="day ${before}"]`)?.focus();
    });
  }

  /** Brings what moved to its place. What is in order already takes little time to sort. */
  #sort(): void {
    if (this.#data === undefined) return;
    const moved = [...this.#moved].flatMap((id) => this.#rows.get(id) ?? []);
    const stayed = this.#sorted.filter(({ id }) => !this.#moved.has(id));
    const order = orderOf(this.#view.sort, this.#data.names, this.#language);
    this.#sorted = [...stayed, ...moved].toSorted(order);
    this.#moved.clear();
  }

  #showTable(): void {
    const [data, texts] = [this.#data, this.#texts];
    if (data === undefined || texts === undefined) return;
    const shown = this.#sorted.filter(shownBy(this.#view));
    this.#words ??= {
      names: data.names,
      texts,
      acts: data.portal ? ["explain", "reveal", "portal"] : ["explain", "reveal"],
      act: (act, id) => this.#act(act, id),
    };
    this.#filters.show(this.#view, data, texts);
    this.#grid.show(shown, this.#words, this.#view.sort);
    this.#saySoon(shown.length, data.standing, texts);
  }

  /** The count, and what is sorted by; said once typing has paused, so that a screen reader does not read each key's. */
  #saySoon(shown: number, standing: Standing, texts: Texts): void {
    const all = counted(this.#rows.size, standing);
    const empty = part("empty");
    empty.hidden = shown > 0;
    empty.textContent = texts.noneFound;
    (part("clear") as HTMLButtonElement).disabled = !isFiltered(this.#view);
    const count = isFiltered(this.#view)
      ? filled(texts.shownOf, counted(shown, standing), all)
      : filled(texts.shownAll, all);
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
    this.#view = view;
    if (isOtherSort) this.#sort();
    this.#grid.toTop();
    if (this.#data && this.#texts) this.#showTotals(this.#data, this.#texts);
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
