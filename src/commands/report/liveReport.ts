import * as vscode from "vscode";
import { loadReport } from "../../report/door.ts";
import type { Log } from "../../core/log.ts";
import { localize } from "../../ui/messages.ts";
import type { FollowedPage, ScriptedContent } from "../../ui/scriptedPage.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import { reportNow } from "./reportInput.ts";
import type { Report } from "./reportInput.ts";
import { answer } from "./reportRequests.ts";

type FleetReport = ReturnType<InstanceType<Report["ReportMaker"]>["make"]>;

/** How long changes are gathered before the page is told: longer while the fleet is being read. */
const gatherMs = { settled: 250, loading: 700, calendar: 4000 };
/** How often what the report says of time is brought up to date. */
const refreshIntervalMs = 60_000;

export interface LiveReportOptions extends FleetAccess {
  readonly log: Log;
}

/** The fleet report as it stands, told to its page and followed by what changes. */
export async function liveReport(options: LiveReportOptions): Promise<ScriptedContent> {
  const report = await loadReport();
  return new LiveReport(options, report);
}

class LiveReport implements ScriptedContent {
  readonly #options: LiveReportOptions;
  readonly #report: Report;
  readonly #maker;
  /** What the page was told last; undefined until its script has begun. */
  #told: FleetReport | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Tells the page once more where its calendar was left as it was. */
  #catchUp: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveReportOptions, report: Report) {
    this.#options = options;
    this.#report = report;
    this.#maker = new report.ReportMaker();
  }

  get title(): string {
    return this.#options.session.origin === "sandbox"
      ? vscode.l10n.t("Fleet Report (Sandbox)")
      : vscode.l10n.t("Fleet Report");
  }

  html(nonce: string, script: string): string {
    return this.#report.reportPage({ language: vscode.env.language, nonce, script, say: localize });
  }

  async receive(message: unknown, tell: (message: unknown) => void): Promise<void> {
    const request = this.#report.requestOf(message, this.#options.store.snapshot);
    if (request === undefined) {
      this.#options.log.warn("The fleet report asked for something that it may not, or that is gone.");
    } else if (request.kind === "ready") {
      this.#told = this.#now();
      const { data, rows } = this.#told;
      const texts = this.#report.textsOf(localize);
      const language = vscode.env.language;
      tell({ kind: "whole", texts, language, portal: this.#hasPortal, data, rows: [...rows.values()] });
    } else {
      await answer(request, this.#options.store.snapshot, this.#report);
    }
  }

  follow(page: FollowedPage): vscode.Disposable {
    const { store, session } = this.#options;
    const later = () => this.#tellLater(page);
    const clock = setInterval(later, refreshIntervalMs);
    return vscode.Disposable.from(
      store.onDidChange(later),
      session.onDidChange(later),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scaleSetMaintenance.hourCycle")) later();
      }),
      {
        dispose: () => {
          clearInterval(clock);
          clearTimeout(this.#timer);
          clearTimeout(this.#catchUp);
        },
      },
    );
  }

  #tellLater(page: FollowedPage): void {
    const { loading } = this.#options.store.snapshot;
    this.#timer ??= setTimeout(() => this.#tell(page), loading ? gatherMs.loading : gatherMs.settled);
  }

  /** Tells the page what differs. One that is hidden is told all once it is shown again. */
  #tell(page: FollowedPage): void {
    this.#timer = undefined;
    page.setTitle(this.title);
    if (this.#told === undefined || !page.isVisible()) return;
    const before = this.#told;
    this.#told = this.#now();
    const changes = this.#report.changesBetween(before, this.#told);
    if (changes !== undefined) page.tell({ ...changes, portal: this.#hasPortal });
    if (this.#told.isBehind) {
      clearTimeout(this.#catchUp);
      this.#catchUp = setTimeout(() => this.#tellLater(page), gatherMs.calendar);
    }
  }

  #now(): FleetReport {
    return this.#maker.make(reportNow(this.#options));
  }

  get #hasPortal(): boolean {
    return this.#options.session.azure?.cloud.portalUrl !== undefined;
  }
}
