import { minuteMs } from "../../core/milliseconds.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { isFlexible } from "../../core/resources/scaleSet.ts";
import { isSettled } from "../../core/resources/provisioning.ts";
import { beganAt, isRunning, startOf } from "../../core/upgrades/upgrade.ts";
import { CallBudget } from "../reading/callBudget.ts";
import type { FollowedUpgrade } from "./followedUpgrades.ts";
import type { ScaleSetRecord } from "../snapshot/snapshot.ts";
import type { FleetStore } from "../store.ts";

export type WatchedStore = Pick<
  FleetStore,
  "snapshot" | "readUpgrade" | "readEligibilityFacts" | "lookAgain"
>;

/** What a look at a set has shown. */
export type Seen =
  | { readonly state: "running"; readonly start: string | undefined }
  /** `upgrade`: as it was read last, from the history where only that has it; undefined where Azure shows it no more. */
  | { readonly state: "ended"; readonly upgrade: JsonObject | undefined }
  | { readonly state: "waiting" }
  /** It has ended, and what the set is like afterwards has been read. */
  | { readonly state: "done" };

const waiting: Seen = { state: "waiting" };

/** No more calls than this per minute, whatever is looked at. */
const maxCallsPerMinute = 10;

/** One look at the instances' health for so many at the upgrade. */
const looksPerView = 3;

/** Ours: Azure does not say how many instances a page of their list holds. */
const instancesPerCall = 100;

/** Calls that reading a set's facts takes: instances, view, latest, history, load balancer, image (two). */
const callsPerFacts = 7;

/** How often the pipeline makes a call that fails. */
const attemptsPerCall = 4;

/** The pause after a look that failed, which doubles with each further one. */
const firstPauseMs = 20_000;
const maxPauseMs = 5 * minuteMs;

/** For how long Azure may not show an upgrade that was just begun. */
const appearTimeoutMs = minuteMs;

/** One scale set whose upgrade is watched. */
export class WatchedSet {
  readonly id: string;
  readonly #store: WatchedStore;
  readonly #now: () => number;
  readonly #signal: AbortSignal;
  readonly #since: number;
  readonly #budget = new CallBudget(maxCallsPerMinute, minuteMs);
  #lookedAt = 0;
  #looks = 0;
  #failures = 0;
  #pausedUntil = 0;
  #isBusy = false;
  #hasView = true;
  /** How many calls asking the instances takes; 0 while the view says how healthy they are. */
  #callsForInstances = 0;
  #isEnded = false;
  /** When the upgrade began that was seen running; empty where Azure does not say. */
  #start: string | undefined;
  /** When the upgrade began that ended unseen. */
  #missing: string | undefined;

  constructor(id: string, store: WatchedStore, now: () => number, signal: AbortSignal) {
    this.id = id;
    this.#store = store;
    this.#now = now;
    this.#signal = signal;
    this.#since = now();
  }

  /** Milliseconds since the epoch; 0 before the first look. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  /** Whether the upgrade is over and only what the set is like afterwards is still to be read. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Rejects with the reason of the watch's signal where that ends it. */
  async look(followed: FollowedUpgrade | undefined): Promise<Seen> {
    if (this.#isBusy || this.#now() < this.#pausedUntil) return waiting;
    this.#isBusy = true;
    this.#lookedAt = this.#now();
    try {
      if (this.#isEnded) return await this.#readAfterwards();
      return await (this.#missing === undefined ? this.#readUpgrade(followed) : this.#find(this.#missing));
    } finally {
      this.#isBusy = false;
    }
  }

  async #readUpgrade(followed: FollowedUpgrade | undefined): Promise<Seen> {
    const withView = this.#start !== undefined && this.#hasView && this.#looks % looksPerView === 0;
    const calls = withView ? 2 + this.#callsForInstances : 1;
    if (!this.#budget.take(Math.min(maxCallsPerMinute, calls), this.#now())) return waiting;
    this.#looks += 1;
    const reading = await this.#store.readUpgrade(this.id, withView);
    if (reading === undefined) return waiting;
    if ("problem" in reading) return this.#pause();
    this.#failures = 0;
    if (withView) this.#noteInstances(reading.instances);
    if (withView && !reading.hasView) this.#hasView = false;
    return this.#judge(reading.upgrade, followed);
  }

  /** Where the view holds no health, the instances were asked; the next time that is known before. */
  #noteInstances(count: number | undefined): void {
    const calls = count === undefined ? 0 : Math.max(1, Math.ceil(count / instancesPerCall));
    this.#budget.spend(Math.max(0, calls - this.#callsForInstances), this.#now());
    this.#callsForInstances = calls;
  }

  #pause(): Seen {
    this.#budget.spend(attemptsPerCall - 1, this.#now());
    this.#pausedUntil = this.#now() + Math.min(maxPauseMs, firstPauseMs * 2 ** this.#failures);
    this.#failures += 1;
    return waiting;
  }

  async #judge(upgrade: JsonObject | undefined, followed: FollowedUpgrade | undefined): Promise<Seen> {
    if (isRunning(upgrade)) {
      this.#start = startOf(upgrade) ?? "";
      const record = this.#record;
      if (record !== undefined && isFlexible(record.resource)) this.#hasView = false;
      return { state: "running", start: startOf(upgrade) };
    }
    const start = this.#start ?? followed?.start;
    if (start !== undefined)
      return start === "" || beganAt(upgrade, start) ? this.#end(upgrade) : this.#find(start);
    if (followed === undefined || this.#mayStillBegin()) return waiting;
    // It was begun and is not running: it has ended at once, or Azure did not begin it after all.
    return this.#end(beganAt(upgrade, followed.previous) ? undefined : upgrade);
  }

  #mayStillBegin(): boolean {
    const record = this.#record;
    const isUpdating = record !== undefined && !isSettled(record.resource);
    return isUpdating || this.#now() - this.#since < appearTimeoutMs;
  }

  async #end(upgrade: JsonObject | undefined): Promise<Seen> {
    this.#isEnded = true;
    this.#budget.spend(1, this.#now());
    await this.#store.lookAgain(this.id);
    return { state: "ended", upgrade };
  }

  /** It ended while nobody looked, and another one was there since, or the set is gone: the history knows. */
  async #find(start: string): Promise<Seen> {
    this.#missing = start;
    if (this.#record === undefined && this.#store.snapshot.loading) return waiting;
    if (!this.#budget.take(callsPerFacts + 1, this.#now())) return waiting;
    await this.#store.lookAgain(this.id);
    await this.#readEligibilityFacts();
    this.#isEnded = true;
    const history = this.#record?.eligibilityFacts?.facts.upgradeHistory ?? [];
    return { state: "ended", upgrade: history.find((attempt) => beganAt(attempt, start)) };
  }

  async #readAfterwards(): Promise<Seen> {
    if (!this.#budget.take(callsPerFacts, this.#now())) return waiting;
    await this.#readEligibilityFacts();
    return { state: "done" };
  }

  #readEligibilityFacts(): Promise<void> {
    return this.#store.readEligibilityFacts([idKey(this.id)], this.#signal);
  }

  get #record(): ScaleSetRecord | undefined {
    return this.#store.snapshot.scaleSets.get(idKey(this.id));
  }
}
