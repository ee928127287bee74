import { Emitter } from "../../core/emitter.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { isSettled } from "../../core/resources/provisioning.ts";
import { isRunning, startOf } from "../../core/upgrades/upgrade.ts";
import { FollowedUpgrades } from "./followedUpgrades.ts";
import type { FollowedAzure, FollowedUpgrade, WindowStorage } from "./followedUpgrades.ts";
import type { FleetChange } from "../snapshot/changes.ts";
import type { FleetStore } from "../store.ts";
import { WatchedSet } from "./watchedSet.ts";
import type { Seen, WatchedStore } from "./watchedSet.ts";

export interface UpgradeWatchOptions {
  readonly store: WatchedStore & Pick<FleetStore, "onDidChange">;
  /** The window's own: what is followed goes on in it after a reload. */
  readonly storage: WindowStorage;
  /** The Azure that is connected; undefined while there is none. */
  readonly azure: () => FollowedAzure | undefined;
  readonly clock: WatchClock;
  readonly log: Pick<Log, "error">;
}

/** The time, so that tests turn it themselves. */
export interface WatchClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `work` once, after so many milliseconds. */
  after(milliseconds: number, work: () => void): { dispose(): void };
}

export const realClock: WatchClock = {
  now: () => Date.now(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};

export interface EndedUpgrade {
  readonly scaleSetId: string;
  /** As it was read last, from the history where only that has it. Undefined where Azure shows it no more, or never began it. */
  readonly upgrade: JsonObject | undefined;
  /** Whether somebody followed it; others were only in sight. */
  readonly isFollowed: boolean;
}

/** Between two looks at a set. */
const pollIntervalMs = 10_000;

/** How many sets are looked at with each tick; then the next ones have their turn. */
const maxLooksPerTick = 20;

/**
 * Looks at the rolling upgrades that are followed, and at those that run while they are in sight, and says when one has ended. What it
 * reads goes into the store. No set is asked about more than ten times a minute (`WatchedSet`), and nothing is asked for while nothing is
 * followed nor in sight.
 */
export class UpgradeWatch {
  readonly #options: UpgradeWatchOptions;
  readonly #followed: FollowedUpgrades;
  readonly #watched = new Map<IdKey, WatchedSet>();
  /** The sets that may be upgraded now: there are few of them among thousands. */
  readonly #active = new Map<IdKey, string>();
  readonly #ended = new Emitter<EndedUpgrade>();
  readonly onDidEnd = this.#ended.event;
  readonly #listening: { dispose(): void };
  /** Aborted when the watch is disposed of. */
  readonly #end = new AbortController();
  #timer: { dispose(): void } | undefined;
  #tickedAt = Number.NEGATIVE_INFINITY;
  #isVisible = false;

  constructor(options: UpgradeWatchOptions) {
    this.#options = options;
    this.#followed = new FollowedUpgrades(options.storage, options.log);
    this.#listening = options.store.onDidChange((change) => this.#follow(change));
    this.#follow({ ids: "all" });
  }

  /** What is followed in the connected Azure; what a window before this one followed is among it. */
  get followed(): readonly FollowedUpgrade[] {
    return this.#followed.of(this.#options.azure());
  }

  /** Whether something that shows running upgrades can be seen. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#wake();
  }

  /**
   * Follows a set's upgrade, running or just begun, until it has ended or `unfollow` is called, across reloads of the window. `before`: the
   * upgrade that was there before it was begun here.
   */
  follow(scaleSetId: string, before?: JsonObject): void {
    const azure = this.#options.azure();
    if (azure === undefined) return;
    const key = idKey(scaleSetId);
    const upgrade = this.#options.store.snapshot.scaleSets.get(key)?.upgrade;
    const [start, previous] = [isRunning(upgrade) ? startOf(upgrade) : undefined, startOf(before)];
    this.#followed.set(azure, {
      scaleSetId,
      ...(start !== undefined && { start }),
      ...(previous !== undefined && { previous }),
    });
    if (this.#watched.get(key)?.isEnded === true) this.#watched.delete(key);
    this.#wake();
  }

  unfollow(scaleSetId: string): void {
    const azure = this.#options.azure();
    if (azure !== undefined) this.#followed.delete(azure, scaleSetId);
  }

  /** What is followed stays so, for the next window. */
  dispose(): void {
    this.#end.abort();
    this.#listening.dispose();
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#isVisible = false;
    this.#watched.clear();
    this.#ended.dispose();
  }

  #followedOf(id: string): FollowedUpgrade | undefined {
    return this.followed.find(({ scaleSetId }) => idKey(scaleSetId) === idKey(id));
  }

  #follow({ ids }: FleetChange): void {
    const { scaleSets } = this.#options.store.snapshot;
    if (ids === "all") this.#active.clear();
    for (const id of ids === "all" ? scaleSets.keys() : ids) {
      const key = id as IdKey;
      const set = scaleSets.get(key);
      if (set !== undefined && (isRunning(set.upgrade) || !isSettled(set.resource)))
        this.#active.set(key, set.id);
      else this.#active.delete(key);
    }
    this.#wake();
  }

  /** Sees to it that the next tick comes, if there is anything to look at. */
  #wake(): void {
    if (this.#timer !== undefined || this.#candidates().size === 0) return;
    const { clock } = this.#options;
    const wait = Math.max(0, this.#tickedAt + pollIntervalMs - clock.now());
    this.#timer = clock.after(wait, () => this.#tick());
  }

  #tick(): void {
    const { store, clock } = this.#options;
    this.#timer = undefined;
    this.#tickedAt = clock.now();
    const candidates = this.#candidates();
    for (const key of this.#watched.keys()) if (!candidates.has(key)) this.#watched.delete(key);
    for (const [key, id] of candidates)
      if (!this.#watched.has(key))
        this.#watched.set(key, new WatchedSet(id, store, () => clock.now(), this.#end.signal));
    const next = [...this.#watched.values()]
      .sort((a, b) => a.lookedAt - b.lookedAt)
      .slice(0, maxLooksPerTick);
    for (const set of next) void this.#look(set);
    this.#wake();
  }

  /** Ids by key: what is followed, what runs or may run while it is in sight, and what has ended and was not read since. */
  #candidates(): ReadonlyMap<IdKey, string> {
    // What an earlier window saved can be looked at only once there is an Azure to ask.
    const isInSight = this.#isVisible && this.#options.azure() !== undefined;
    const ids = [
      ...this.followed.map(({ scaleSetId }) => scaleSetId),
      ...[...this.#watched.values()].filter(({ isEnded }) => isEnded).map(({ id }) => id),
      ...(isInSight ? this.#active.values() : []),
    ];
    return new Map(ids.map((id) => [idKey(id), id]));
  }

  async #look(set: WatchedSet): Promise<void> {
    const followed = this.#followedOf(set.id);
    try {
      this.#take(set, await set.look(followed), followed);
    } catch (error) {
      if (this.#end.signal.aborted) return;
      this.#options.log.error(`The upgrade of ${set.id} could not be looked at: ${String(error)}`);
    }
  }

  #take(set: WatchedSet, seen: Seen, followed: FollowedUpgrade | undefined): void {
    const azure = this.#options.azure();
    if (this.#watched.get(idKey(set.id)) !== set || azure === undefined) return;
    if (
      seen.state === "running" &&
      followed !== undefined &&
      followed.start === undefined &&
      seen.start !== undefined
    )
      this.#followed.set(azure, { ...followed, start: seen.start });
    if (seen.state === "done") this.#watched.delete(idKey(set.id));
    if (seen.state !== "ended") return;
    const isFollowed = this.#followedOf(set.id) !== undefined;
    this.unfollow(set.id);
    this.#ended.fire({ scaleSetId: set.id, upgrade: seen.upgrade, isFollowed });
  }
}
