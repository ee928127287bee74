import * as vscode from "vscode";
import { loadReport } from "../../report/door.ts";
import type { Log } from "../../core/log.ts";
import { localize } from "../../ui/messages.ts";
import type { FollowedPage, ScriptedContent } from "../../ui/scriptedPage.ts";
import { pairsSetting } from "../../tree/upcoming/pairsSetting.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import { reportNow } from "./reportInput.ts";
import type { Report } from "./reportInput.ts";
import { answer } from "./reportRequests.ts";

/** How long changes are gathered before they are sent to the page: longer during a refresh. */
const gatherMs = { settled: 250, loading: 700, calendar: 4000 };
/** How often what the report says of time is brought up to date. */
const refreshIntervalMs = 60_000;

export interface LiveReportOptions extends FleetAccess {
  readonly log: Log;
}

/** Sends the current fleet report to its page, then the changes. */
export async function liveReport(options: LiveReportOptions): Promise<ScriptedContent> {
  const report = await loadReport();
  return new LiveReport(options, report);
}

class LiveReport implements ScriptedContent {
  readonly #options: LiveReportOptions;
  readonly #report: Report;
  readonly #maker;
  /** Undefined until the page's script has begun. */
  #updater: InstanceType<Report["PageUpdater"]> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Updates the page again if its calendar was not updated. */
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
    const { snapshot } = this.#options.store;
    const request = this.#report.requestOf(message, snapshot);
    if (request === undefined) {
      this.#options.log.warn("The fleet report requested something that is not allowed or no longer exists.");
    } else if (request.kind === "ready") {
      this.#updater?.end();
      const [maker, input] = [this.#maker, () => reportNow(this.#options)];
      this.#updater = new this.#report.PageUpdater({ maker, input, tell }, request.day);
      tell({ kind: "begin", texts: this.#report.textsOf(localize), language: vscode.env.language });
      await this.#updater.bringUpToDate();
    } else if (request.kind === "day") {
      await this.#updater?.open(request.day);
    } else {
      await answer(request, snapshot, this.#report);
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
        const isShown = ["scaleSetMaintenance.hourCycle", pairsSetting].some((one) =>
          event.affectsConfiguration(one),
        );
        if (isShown) later();
      }),
      {
        dispose: () => {
          clearInterval(clock);
          clearTimeout(this.#timer);
          clearTimeout(this.#catchUp);
          this.#updater?.end();
        },
      },
    );
  }

  #tellLater(page: FollowedPage): void {
    const { loading } = this.#options.store.snapshot;
    this.#timer ??= setTimeout(
      () => page.inBackground(() => this.#tell(page)),
      loading ? gatherMs.loading : gatherMs.settled,
    );
  }

  /** Sends the differences to the page; a hidden page gets everything when it is shown again. */
  async #tell(page: FollowedPage): Promise<void> {
    this.#timer = undefined;
    page.setTitle(this.title);
    if (this.#updater === undefined || !page.isVisible()) return;
    await this.#updater.bringUpToDate();
    if (this.#updater.isBehind) {
      clearTimeout(this.#catchUp);
      this.#catchUp = setTimeout(() => this.#tellLater(page), gatherMs.calendar);
    }
  }
}
