import * as vscode from "vscode";
import type { Runner } from "../../ui/run.ts";
import type { Session } from "./session.ts";

const setting = "scaleSetMaintenance.refreshInterval";

/** The shortest interval, and how long after a plan the fleet is read. */
const minIntervalMinutes = 5;
const afterPlanMs = 10_000;

/** Reads the fleet anew by itself: as often as the setting says, and when a plan has ended. */
export class Refreshing implements vscode.Disposable {
  readonly #session: Session;
  readonly #runner: Runner;
  readonly #listening: vscode.Disposable;
  #interval: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(session: Session, runner: Runner) {
    this.#session = session;
    this.#runner = runner;
    this.#listening = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) this.#follow();
    });
    this.#follow();
  }

  /** Reads the fleet some seconds after the last of the calls; while it is being read, once more when that has ended. */
  soon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      this.#refresh((didRead) => {
        if (!didRead && this.#session.azure !== undefined) this.soon();
      });
    }, afterPlanMs);
  }

  dispose(): void {
    clearInterval(this.#interval);
    clearTimeout(this.#soon);
    this.#listening.dispose();
  }

  #follow(): void {
    clearInterval(this.#interval);
    const minutes = intervalOf(vscode.workspace.getConfiguration().get(setting));
    if (minutes > 0) this.#interval = setInterval(() => this.#refresh(), minutes * 60_000);
  }

  #refresh(then: (didRead: boolean) => void = () => undefined): void {
    this.#runner.inBackground("Reading the fleet anew", async () =>
      then(await this.#session.refreshIfIdle()),
    );
  }
}

/** Minutes; 0 for never. */
export function intervalOf(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.max(minIntervalMinutes, Math.min(value, 24 * 60)) : 0;
}
