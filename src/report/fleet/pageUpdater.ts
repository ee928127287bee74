import { RepeatedRun } from "../../core/repeatedRun.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { changesBetween } from "./changes.ts";
import type { ToPage } from "./contract.ts";
import type { FleetReport, ReportInput, ReportMaker } from "./fleetReport.ts";

/** How many rows one message has: VS Code writes each as JSON in one go, which takes a millisecond for these. */
const rowsPerMessage = 200;

export interface PageUpdaterOptions {
  readonly maker: ReportMaker;
  /** What the report is made of at this moment. */
  readonly input: () => ReportInput;
  readonly tell: (message: ToPage) => void;
}

/** Tells a page the report and what changes in it, from when the page's script has begun until it ends. */
export class PageUpdater {
  readonly #options: PageUpdaterOptions;
  readonly #run = new RepeatedRun(() => this.#updateOnce());
  /** What the page shows. */
  #shown: FleetReport | undefined;
  #opened: string | undefined;

  constructor(options: PageUpdaterOptions, opened: string | undefined) {
    this.#options = options;
    this.#opened = opened;
  }

  /** Whether the calendar that the page shows may be outdated. */
  get isBehind(): boolean {
    return this.#shown?.isBehind === true;
  }

  /** Shows all windows of another day of the calendar, `YYYY-MM-DD`, or of none. */
  open(day: string | undefined): Promise<void> {
    this.#opened = day;
    return this.bringUpToDate();
  }

  /** Sends the page what differs from what it shows. Rejects with an AbortError once the page has ended. */
  bringUpToDate(): Promise<void> {
    return this.#run.run();
  }

  /** Leaves undone what is under way. */
  end(): void {
    this.#run.end();
  }

  *#updateOnce(): Sliced<void> {
    const { maker, input, tell } = this.#options;
    const report = yield* maker.make(input(), this.#opened);
    const changes = yield* changesBetween(this.#shown, report);
    if (changes !== undefined) {
      const { data, put, removed } = changes;
      const starts = Array.from(
        { length: Math.ceil(put.length / rowsPerMessage) },
        (_, index) => index * rowsPerMessage,
      );
      yield* inPieces(
        starts,
        (start) =>
          tell({
            kind: "changes",
            data: {},
            put: put.slice(start, start + rowsPerMessage),
            removed: [],
            more: true,
          }),
        1,
      );
      tell({ kind: "changes", data, put: [], removed, more: false });
    }
    this.#shown = report;
  }
}
