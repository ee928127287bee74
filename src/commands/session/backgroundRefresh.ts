import { minuteMs } from "../../core/milliseconds.ts";
import type { SavedFolder } from "../../fleet/saved/savedFleets.ts";
import { storageKey } from "../../fleet/storageKey.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { Session } from "./session.ts";
import { isTurnOf } from "./turns.ts";

/** The shortest interval, and the longest. */
const intervalMinutes = { min: 5, max: 24 * 60 };

export interface BackgroundRefreshOptions {
  readonly session: Pick<Session, "azure" | "accountIds" | "refreshIfIdle">;
  readonly store: Pick<FleetStore, "snapshot">;
  /** Where windows take turns; undefined where this window has its Azure for itself. */
  readonly folder: () => SavedFolder | undefined;
  /** Whether a command is under way: a wizard, a menu or a plan of ours must not see the fleet change on its own. */
  readonly isBusy: () => boolean;
  /** The value of the setting. */
  readonly interval: () => unknown;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Refreshes the fleet by itself when what is shown is as old as the setting says: by Resource Graph alone, without a prompt, and in one
 * window for each account.
 */
export class BackgroundRefresh {
  readonly #options: BackgroundRefreshOptions;
  readonly #window = globalThis.crypto.randomUUID();
  /** When it was tried last: what fails is not tried again each minute. */
  #triedAt = -Infinity;

  constructor(options: BackgroundRefreshOptions) {
    this.#options = options;
  }

  /** To be called every minute while a view can be seen: this window keeps its turn by that. */
  async look(): Promise<void> {
    const { session, store, isBusy, interval, now } = this.#options;
    const intervalMs = minutesOf(interval()) * minuteMs;
    if (intervalMs === 0 || !(await this.#isOurTurn())) return;
    const { readAt, savedAt, withoutGraph } = store.snapshot;
    const shownSince = Date.parse(savedAt ?? readAt ?? "") || -Infinity;
    // Where Resource Graph refuses, reading costs a call for each set.
    if (isBusy() || withoutGraph.length > 0) return;
    if (now() - Math.max(shownSince, this.#triedAt) < intervalMs) return;
    this.#triedAt = now();
    await session.refreshIfIdle({ graphOnly: true });
  }

  /** Accounts are asked for in one order by all windows, so that no two wait for each other. */
  async #isOurTurn(): Promise<boolean> {
    const { session, folder, now } = this.#options;
    const { azure } = session;
    if (azure === undefined) return false;
    const shared = folder();
    if (shared === undefined) return true;
    const accounts = azure.origin === "sandbox" ? [undefined] : [...(await session.accountIds())].sort();
    for (const account of accounts) {
      const key = storageKey(azure.cloud.endpoint, account);
      if (!(await isTurnOf(this.#window, `${key}.json`, shared, now()))) return false;
    }
    return true;
  }
}

/** Minutes; 0 for never. */
function minutesOf(value: unknown): number {
  const { min, max } = intervalMinutes;
  return typeof value === "number" && value > 0 ? Math.max(min, Math.min(value, max)) : 0;
}
