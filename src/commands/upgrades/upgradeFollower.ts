import * as vscode from "vscode";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { Azure } from "../../azure/contracts.ts";
import { attemptOf } from "../../core/upgrades/attempts.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { joined, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { ChangeResult } from "../../core/plans/plan.ts";
import { progressOf } from "../../core/upgrades/upgrade.ts";
import { endingOf, moreInWords, progressInWords } from "../../core/upgrades/upgradeInWords.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { EndedUpgrade, UpgradeWatch } from "../../fleet/upgrades/upgradeWatch.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { withProgress, type Report, type Runner } from "../../ui/run.ts";
import type { Session } from "../session/session.ts";
import { endOfMany, endOfOne } from "./upgradeEnds.ts";

export interface UpgradeFollowerOptions {
  readonly watch: UpgradeWatch;
  readonly store: FleetStore;
  readonly session: Session;
  readonly runner: Runner;
  readonly log: Log;
}

/** How often a notification says anew how much time has gone. */
const refreshIntervalMs = 30_000;

/**
 * Follows upgrades in notifications, each for those that were begun together: how far they are, and once, at the end, what happened and
 * what to do. What a window before this one followed goes on in one.
 */
export class UpgradeFollower implements vscode.Disposable {
  readonly #options: UpgradeFollowerOptions;
  readonly #listening: vscode.Disposable;
  readonly #accompanied = new Set<IdKey>();
  #azure: Azure | undefined;

  constructor(options: UpgradeFollowerOptions) {
    this.#options = options;
    this.#listening = options.session.onDidChange(() => this.#goOn());
  }

  /** Follows the upgrades that a plan began or let go on. */
  took(results: readonly ChangeResult[]): void {
    const begun = results.filter(
      ({ change: { kind }, outcome: { status } }) =>
        kindOf({ kind }).beginsUpgrade === true && (status === "done" || status === "underWay"),
    );
    this.follow(
      begun.map(({ change: { kind, target, before } }) => ({
        id: target,
        ...(kind === "startUpgrade" && before !== undefined && { before }),
      })),
    );
  }

  follow(upgrades: readonly { readonly id: string; readonly before?: JsonObject }[]): void {
    for (const { id, before } of upgrades) this.#options.watch.follow(id, before);
    this.#accompany(upgrades.map(({ id }) => id));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** Once an Azure is connected. */
  #goOn(): void {
    const { session, watch } = this.#options;
    if (session.azure === this.#azure) return;
    this.#azure = session.azure;
    this.#accompanied.clear();
    this.#accompany(watch.followed.map(({ scaleSetId }) => scaleSetId));
  }

  #accompany(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !this.#accompanied.has(idKey(id)));
    if (fresh.length === 0) return;
    for (const id of fresh) this.#accompanied.add(idKey(id));
    this.#options.runner.inBackground("Following upgrades", () => this.#show(fresh));
  }

  async #show(ids: readonly string[]): Promise<void> {
    const { watch, session } = this.#options;
    const { azure } = session;
    const ended = new Map<IdKey, EndedUpgrade>();
    const running = () => ids.filter((id) => !ended.has(idKey(id)));
    try {
      await withProgress(this.#titled(titleOf(ids)), (report, signal) =>
        this.#untilEnd(ids, ended, report, signal),
      );
    } catch (error) {
      // Only the user's cancelling ends it before its time: she wants to hear no more of it.
      for (const id of running()) watch.unfollow(id);
      this.#offer(running());
      throw error;
    } finally {
      if (session.azure === azure) for (const id of ids) this.#accompanied.delete(idKey(id));
      this.#tell([...ended.values()]);
    }
  }

  /** Resolves when all have ended or another Azure is connected; rejects when `signal` is aborted. */
  #untilEnd(
    ids: readonly string[],
    ended: Map<IdKey, EndedUpgrade>,
    report: Report,
    signal: AbortSignal,
  ): Promise<void> {
    const { watch, store, session } = this.#options;
    const { azure } = session;
    const keys = new Set(ids.map(idKey));
    let shown = 0;
    const update = () => {
      const { text, percent } = this.#standOf(ids, ended);
      report({ message: text, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setInterval(update, refreshIntervalMs);
    const listening = vscode.Disposable.from(
      store.onDidChange(update),
      watch.onDidEnd((end) => {
        if (!keys.has(idKey(end.scaleSetId))) return;
        ended.set(idKey(end.scaleSetId), end);
        if (ended.size === keys.size) resolve();
      }),
      session.onDidChange(() => {
        if (session.azure !== azure) resolve();
      }),
      { dispose: () => clearInterval(timer) },
    );
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    update();
    return promise.finally(() => listening.dispose());
  }

  /** What the notification says, and how many per cent of the instances have been dealt with. */
  #standOf(
    ids: readonly string[],
    ended: ReadonlyMap<IdKey, EndedUpgrade>,
  ): { readonly text: string; readonly percent: number } {
    const { scaleSets } = this.#options.store.snapshot;
    const now = new Date().toISOString();
    const stands = ids.flatMap((id) => {
      const record = scaleSets.get(idKey(id));
      return record?.upgrade ? [progressOf(record.upgrade, now, record)] : [];
    });
    const of = (count: "total" | "done") => stands.reduce((sum, stand) => sum + stand[count], 0);
    const [only] = stands;
    const isRunning = stands.some((stand) => stand.isRunning);
    const percent = isRunning && of("total") > 0 ? Math.round((of("done") / of("total")) * 100) : 0;
    if (ids.length === 1) {
      const parts = only?.isRunning === true ? [...progressInWords(only), ...moreInWords(only)] : [notYet];
      return { text: localize(joined(" · ", parts)), percent };
    }
    const failed = [...ended.values()].filter(
      ({ upgrade }) => endingOf(upgrade && attemptOf(upgrade)).outcome === "failed",
    ).length;
    const parts = [
      message("{0} of {1} ended", ended.size, ids.length),
      ...(failed === 0 ? [] : [message("{0} failed", failed)]),
      message("{0} of {1} instances done", of("done"), of("total")),
    ];
    return { text: localize(joined(" · ", parts)), percent };
  }

  /** She may have meant the upgrade itself. */
  #offer(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const nodes = ids.map((resourceId) => ({ kind: "scaleSet", resourceId }));
    const text =
      ids.length === 1
        ? vscode.l10n.t("{0} is no longer followed. Azure goes on with the upgrade.", nameOf(ids[0] ?? ""))
        : vscode.l10n.t("{0} upgrades are no longer followed. Azure goes on with them.", ids.length);
    const cancel = () =>
      vscode.commands.executeCommand("scaleSetMaintenance.cancelUpgrade", undefined, nodes);
    const buttons = new Map<string, () => unknown>([
      [vscode.l10n.t("Cancel the Upgrade…"), cancel],
      [vscode.l10n.t("Follow Again"), () => this.follow(ids.map((id) => ({ id })))],
    ]);
    notify(vscode.window.showInformationMessage, this.#titledText(text), buttons, this.#options.log);
  }

  #tell(ended: readonly EndedUpgrade[]): void {
    const [only, ...others] = ended;
    if (only === undefined) return;
    const { text, isGood } = others.length === 0 ? endOfOne(only) : endOfMany(ended);
    const nodes = ended.map(({ scaleSetId }) => ({ kind: "scaleSet", resourceId: scaleSetId }));
    const run = (command: string) => () =>
      vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, undefined, nodes);
    const buttons = new Map<string, () => unknown>([
      [vscode.l10n.t("Upgrade History"), run("upgradeHistory")],
      ...(isGood ? [] : [[vscode.l10n.t("Explain"), run("explainEligibility")] as const]),
    ]);
    const { showInformationMessage, showWarningMessage } = vscode.window;
    notify(
      isGood ? showInformationMessage : showWarningMessage,
      this.#titled(text),
      buttons,
      this.#options.log,
    );
  }

  #titled(text: Message): string {
    return this.#titledText(localize(text));
  }

  #titledText(text: string): string {
    return this.#options.session.origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text;
  }
}

const notYet = message("begun, and not shown by Azure yet");

/** The notification's own Cancel ends the following, not the upgrade: the title says what it is that is cancelled. */
function titleOf(ids: readonly string[]): Message {
  return ids.length === 1
    ? message("Following the OS upgrade of {0}", nameOf(ids[0] ?? ""))
    : message("Following the OS upgrades of {0} scale sets", ids.length);
}
