import * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import { inEnglish } from "../core/text/message.ts";
import type { Problem } from "../core/text/problem.ts";
import type { Telemetry } from "../telemetry/client.ts";
import type { CommandName, EventProperties } from "../telemetry/events.ts";
import { Failure } from "./failure.ts";
import { localize } from "./messages.ts";
import { notify } from "./notify.ts";
import { notificationText } from "./outside.ts";
import { mayPass, problemLine, problemLines, unforeseen } from "./problemReport.ts";

type Ending = Pick<EventProperties<"command">, "outcome" | "problem">;
const cancelled: Ending = { outcome: "cancelled", problem: "cancelled" };

/** Shows how far work has come: `message` replaces the one before, `increment` adds per cent. */
export type Report = (progress: { readonly message?: string; readonly increment?: number }) => void;

export interface RunnerOptions {
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** What Azure's error says, or undefined when `error` is not one. */
  azureProblemOf(error: unknown): Promise<Problem | undefined>;
  origin(): EventProperties<"command">["origin"];
  showLog(): void;
}

/** The one place where a command's errors are shown and logged and its end is counted. */
export class Runner {
  readonly #options: RunnerOptions;
  #running = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Whether a command is under way, with what it asks. */
  get isBusy(): boolean {
    return this.#running > 0;
  }

  /** Runs a command to its end; never rejects. What `work` throws is shown, except a cancellation, which is silent. */
  async command(name: CommandName, work: () => Promise<void>): Promise<void> {
    const { log, telemetry, origin } = this.#options;
    const started = performance.now();
    this.#running += 1;
    const ending = await this.#ending(name, work).finally(() => (this.#running -= 1));
    const durationMs = Math.round(performance.now() - started);
    log.info(`Command ${name}: ${ending.outcome} after ${durationMs} ms.`);
    telemetry.send("command", { command: name, ...ending, origin: origin() }, { durationMs });
  }

  /** Runs work that no command waits for; what it throws is shown like a command's. */
  inBackground(doing: string, work: () => Promise<void>): void {
    work()
      .catch((error: unknown) => this.#fail(doing, error))
      .catch((error: unknown) => this.#options.log.error(`${doing}: ${String(error)}`));
  }

  async #ending(name: CommandName, work: () => Promise<void>): Promise<Ending> {
    try {
      await work();
      return { outcome: "done", problem: "none" };
    } catch (error) {
      return this.#fail(name, error, () => this.command(name, work));
    }
  }

  async #fail(doing: string, error: unknown, retry?: () => Promise<void>): Promise<Ending> {
    if (isCancellation(error)) return cancelled;
    const known = Failure.is(error) ? error.problem : await this.#options.azureProblemOf(error);
    if (known?.kind === "cancelled") return cancelled;
    const problem = known ?? unforeseen(error);
    const stack = known === undefined && error instanceof Error ? [error.stack ?? ""] : [];
    this.#options.log.error(`${doing}: ${[...problemLines(problem).map(inEnglish), ...stack].join("\n  ")}`);
    this.#show(problem, {
      ...(retry !== undefined && known !== undefined && mayPass(known) && { retry }),
      ...(Failure.is(error) && error.setting !== undefined && { setting: error.setting }),
    });
    return { outcome: "failed", problem: known?.kind ?? "unexpected" };
  }

  #show(problem: Problem, { retry, setting }: { retry?: () => Promise<void>; setting?: string }): void {
    const { executeCommand } = vscode.commands;
    const buttons = new Map<string, () => unknown>();
    if (retry !== undefined) buttons.set(vscode.l10n.t("Retry"), retry);
    if (setting !== undefined) {
      buttons.set(vscode.l10n.t("Open Setting"), () =>
        executeCommand("workbench.action.openSettings", setting),
      );
    }
    if (problem.kind === "notSignedIn") {
      buttons.set(vscode.l10n.t("Sign In"), () => executeCommand("scaleSetMaintenance.signIn"));
    }
    buttons.set(vscode.l10n.t("Show Log"), () => this.#options.showLog());
    buttons.set(vscode.l10n.t("Copy Details"), () =>
      vscode.env.clipboard.writeText(problemLines(problem).map(localize).join("\n")),
    );
    notify(vscode.window.showErrorMessage, localize(problemLine(problem)), buttons, this.#options.log);
  }
}

/**
 * Runs work under a notification that the user can cancel; cancelling aborts the signal that goes to the wire. VS Code closes the notification
 * then. `finishes`: the work may take a while to end after that, and says what it is and how far in one that can't be cancelled. That has no title,
 * since VS Code shows a line of it.
 */
export async function withProgress<T>(
  title: string,
  work: (report: Report, signal: AbortSignal) => Promise<T>,
  { finishes = false }: { readonly finishes?: boolean } = {},
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: notificationText(title), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    let shown = progress;
    const listener = token.onCancellationRequested(() => {
      if (finishes)
        void vscode.window.withProgress({ location, cancellable: false }, (finishing) => {
          shown = finishing;
          return ended;
        });
      controller.abort(new vscode.CancellationError());
    });
    try {
      const report: Report = ({ message, ...step }) =>
        shown.report(message === undefined ? step : { ...step, message: notificationText(message) });
      return await work(report, controller.signal);
    } finally {
      end();
      listener.dispose();
    }
  });
}

/** What ends sooner than this shows no progress, in milliseconds: VS Code shows no message beside a progress that ends at once. */
const momentMs = 500;

/** The same for work that takes long only where there is much of it. */
export async function withLateProgress<T>(
  title: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const isLong = new Promise<true>((resolve) => setTimeout(() => resolve(true), momentMs));
  if ((await Promise.race([working.then(() => false), isLong])) === false) return working;
  return withProgress(title, (_, signal) => {
    signal.addEventListener("abort", () => controller.abort(signal.reason));
    return working;
  });
}

/** Shows at a view that work is under way, without a way to cancel it. */
export async function whileBusy<T>(viewId: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}

function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === "Canceled" || error.name === "AbortError");
}
