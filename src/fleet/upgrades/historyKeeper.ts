import type { Azure } from "../../azure/contracts.ts";
import { Emitter } from "../../core/emitter.ts";
import type { Log } from "../../core/log.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { FleetChange } from "../snapshot/changes.ts";
import { forEachLimited } from "../../core/limit.ts";
import type { ProblemOf } from "../reading/directly.ts";
import type { FollowedAzure } from "./followedUpgrades.ts";
import { UpgradeHistory } from "./history.ts";
import type { HistoryFile } from "./history.ts";
import type { ScaleSetRecord } from "../snapshot/snapshot.ts";
import type { FleetStore } from "../store.ts";

export interface HistoryKeeperOptions {
  readonly store: Pick<FleetStore, "snapshot" | "onDidChange">;
  /** The Azure that is connected; undefined while there is none. */
  readonly azure: () => FollowedAzure | undefined;
  /** Where the history of an Azure is kept. */
  readonly fileOf: (azure: FollowedAzure) => HistoryFile;
  readonly problemOf: ProblemOf;
  readonly now: () => string;
  readonly log: Pick<Log, "error" | "warn">;
}

/** Keeps every upgrade that the fleet reads, whoever asked for it: one history for each Azure. */
export class HistoryKeeper {
  readonly #options: HistoryKeeperOptions;
  readonly #histories = new Map<string, UpgradeHistory>();
  readonly #unread = new Map<string, Problem>();
  readonly #changed = new Emitter();
  /** Called when one of the histories has more, or sets were asked about. */
  readonly onDidChange = this.#changed.event;
  readonly #listening: { dispose(): void };

  constructor(options: HistoryKeeperOptions) {
    this.#options = options;
    this.#listening = options.store.onDidChange((change) => this.#follow(change));
  }

  /** Of the Azure that is connected. */
  get current(): UpgradeHistory | undefined {
    const azure = this.#options.azure();
    if (azure === undefined) return undefined;
    const known = this.#histories.get(azure.endpoint);
    if (known !== undefined) return known;
    const { fileOf, now, log } = this.#options;
    const history = new UpgradeHistory(fileOf(azure), now, log);
    history.onDidChange(() => this.#changed.fire());
    this.#histories.set(azure.endpoint, history);
    return history;
  }

  /** Why sets could not be asked about when they were asked about last, by id. */
  get unread(): ReadonlyMap<string, Problem> {
    return this.#unread;
  }

  /** Asks Azure for the attempts that it keeps of these sets. Never rejects; ends early when `signal` is aborted. */
  async read(azure: Azure, ids: readonly string[], signal: AbortSignal, onRead: () => void): Promise<void> {
    const history = this.current;
    await forEachLimited(ids, async (id) => {
      if (signal.aborted) return;
      try {
        const attempts = await azure.upgradeHistory(id, signal);
        this.#unread.delete(id);
        await history?.keep(id, attempts);
      } catch (error) {
        if (signal.aborted) return;
        this.#unread.set(id, await this.#options.problemOf(error));
      }
      onRead();
    });
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #follow({ ids }: FleetChange): void {
    const { scaleSets } = this.#options.store.snapshot;
    const records =
      ids === "all" ? scaleSets.values() : [...ids].flatMap((id) => scaleSets.get(id as IdKey) ?? []);
    for (const record of records) {
      // Of most sets nothing was read, and a change of everything is one of thousands.
      if (record.upgrade === undefined && record.eligibilityFacts === undefined) continue;
      const upgrades = upgradesOf(record);
      if (upgrades.length > 0) void this.current?.keep(record.id, upgrades);
    }
  }
}

function upgradesOf({ upgrade, eligibilityFacts }: ScaleSetRecord): readonly JsonObject[] {
  return [...(upgrade ? [upgrade] : []), ...(eligibilityFacts?.facts.upgradeHistory ?? [])];
}

/** A history that is gone with the window, as is the sandbox in this process. */
export function inMemory(): HistoryFile {
  return { read: () => Promise.resolve(""), append: () => Promise.resolve() };
}
