import type { Azure, InventoryEvent } from "../azure/contracts.ts";
import { idKey, type IdKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import { message } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import type { ScheduleFacts } from "../core/windows/types.ts";
import { changeBetween, type FleetChange } from "./changes.ts";
import { unlistedConfigurations } from "./configurations.ts";
import { derive } from "./derive.ts";
import { askDirectly, lookUpEach, patience } from "./directly.ts";
import type { ProblemOf } from "./directly.ts";
import type { FleetEvent, SubscriptionFilter } from "./events.ts";
import { noFacts } from "./facts.ts";
import type { BesideRead } from "./facts.ts";
import type { ReadBack } from "./readBack.ts";
import { readFacts, readUpgrade } from "./readFacts.ts";
import type { FactsProgress, UpgradeReading } from "./readFacts.ts";
import { reduce } from "./reducer.ts";
import { regionsOf, subscriptionToAsk } from "./regions.ts";
import { overdue, Scheduler, unscheduled } from "./scheduler.ts";
import type { Rules } from "./rules.ts";
import { SharedRun } from "./sharedRun.ts";
import type { Snapshot } from "./snapshot.ts";

export interface FleetStoreOptions {
  /** Loads what judges scale sets; asked when the first reading begins. */
  readonly loadRules: () => Promise<Rules>;
  /** Works a configuration's windows out, from now on; loads the time arithmetic at its first call. */
  readonly scheduleFacts: (configuration: JsonObject) => Promise<ScheduleFacts>;
  /** What was thrown by a call on Azure, as data. */
  readonly problemOf: ProblemOf;
  /** The user's filter, asked for at each refresh. */
  readonly wanted: () => SubscriptionFilter;
  /** An ISO instant. */
  readonly now: () => string;
  readonly log: Log;
}

/** Events that arrive within this time, in milliseconds, make one new snapshot. */
const burst = 50;

/** Keeps the one snapshot of the fleet and says what changes in it. */
export class FleetStore {
  readonly #options: FleetStoreOptions;
  readonly #listeners = new Set<(change: FleetChange) => void>();
  #azure: Azure | undefined;
  #scheduler: Scheduler;
  /** Aborted when the connection ends. */
  #connection = new AbortController();
  #facts = noFacts("none");
  /** The facts that the snapshot was made of. */
  #shown = this.#facts;
  #rules: Rules | undefined;
  #derived = derive(this.#facts, undefined);
  /** The filter of the read that is under way, and what has arrived since the last snapshot. */
  #wanted: SubscriptionFilter = () => true;
  #arrived: InventoryEvent[] = [];
  #run: SharedRun | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FleetStoreOptions) {
    this.#options = options;
    this.#scheduler = this.#newScheduler();
  }

  get snapshot(): Snapshot {
    return this.#derived.snapshot;
  }

  onDidChange(listener: (change: FleetChange) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Forgets everything and turns to another Azure, or to none, for a reason where there is a `problem`. Nothing is read until `refresh`. */
  connect(azure: Azure | undefined, problem?: Problem): void {
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#run = undefined;
    this.#scheduler = this.#newScheduler();
    this.#azure = azure;
    this.#arrived = [];
    this.#facts = { ...noFacts(azure?.origin ?? "none"), problem };
    this.#flush();
  }

  /**
   * Reads everything anew. While one read is under way another caller joins it; it is aborted once all callers have given up.
   * Resolves when everything is known that can be, schedules included (what failed is in the snapshot), or when the
   * connection has ended. Rejects only with the reason of `signal`.
   */
  async refresh(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const azure = this.#azure;
    if (azure === undefined) return;
    if (this.#run === undefined || this.#run.isAborted) this.#run = this.#newRun(azure, this.#run);
    await this.#run.join(signal);
  }

  /**
   * Takes over what was read of one resource after a write: it is in the snapshot when this returns.
   * The promise resolves when what follows from it (schedule, a configuration not yet known) is there too.
   */
  async put(readBack: ReadBack): Promise<void> {
    this.#take({ kind: "written", readBack });
    this.#flush();
    await this.#followUp(this.#connection.signal, (key) => !this.#facts.referenced.has(key));
  }

  /**
   * Reads configurations and scale sets, and of an assignment all that its set has, and takes over what is there. Resolves when that is in
   * the snapshot with what follows from it; never rejects.
   */
  async lookAgain(...ids: readonly string[]): Promise<void> {
    const azure = this.#azure;
    if (azure === undefined) return;
    const connection = this.#connection.signal;
    await lookUpEach(azure, ids, this.#options, connection, (readBack) => {
      this.#take({ kind: "written", readBack });
      this.#flushSoon();
    });
    if (connection.aborted) return;
    this.#flush();
    await this.#followUp(connection, (key) => !this.#facts.referenced.has(key));
  }

  /**
   * Reads what the eligibility rules ask of these sets beside their models; what cannot be read is told in their records. Rejects only with
   * the reason of `signal`: what was read until then is kept.
   */
  async readFacts(
    keys: Iterable<IdKey>,
    signal: AbortSignal,
    onProgress?: (progress: FactsProgress) => void,
  ): Promise<void> {
    const azure = this.#azure;
    const connection = this.#connection.signal;
    const sets = [...keys].flatMap((key) => this.snapshot.scaleSets.get(key) ?? []);
    if (azure === undefined) return;
    const either = AbortSignal.any([signal, connection]);
    await readFacts(azure, sets, this.#options.now, either, (key, read, progress) => {
      this.#take({ kind: "beside", key, read });
      this.#flushSoon();
      onProgress?.(progress);
    });
    if (!connection.aborted) this.#flush();
    signal.throwIfAborted();
  }

  /**
   * Reads a set's latest upgrade, and `withHealth` the counts of its instances too, and puts them into the snapshot. Never rejects.
   * Undefined where the connection has ended meanwhile.
   */
  async readUpgrade(scaleSetId: string, withHealth: boolean): Promise<UpgradeReading | undefined> {
    const azure = this.#azure;
    const connection = this.#connection.signal;
    if (azure === undefined) return undefined;
    const signal = AbortSignal.any([connection, AbortSignal.timeout(patience)]);
    const { problemOf } = this.#options;
    const { reading, read } = await readUpgrade(azure, scaleSetId, withHealth, problemOf, signal);
    if (connection.aborted) return undefined;
    if (!("problem" in reading)) this.putBeside(scaleSetId, read);
    return reading;
  }

  /** Takes over what was read of a set beside its model, such as its latest upgrade after a write. */
  putBeside(scaleSetId: string, read: BesideRead): void {
    this.#take({ kind: "beside", key: idKey(scaleSetId), read });
    this.#flush();
  }

  /** Works out anew the schedules whose next window is over at `now` (an ISO instant). To be called every minute or so. */
  async tick(now: string): Promise<void> {
    this.#scheduler.start(overdue(this.#facts, now));
    await this.#scheduler.idle();
    this.#flush();
  }

  dispose(): void {
    this.connect(undefined);
    this.#listeners.clear();
  }

  /** Begins when the run before, which was aborted, has ended. */
  #newRun(azure: Azure, before: SharedRun | undefined): SharedRun {
    const connection = this.#connection.signal;
    const run = new SharedRun(async (aborted) => {
      await before?.ended;
      const signal = AbortSignal.any([aborted, connection]);
      if (!signal.aborted) await this.#read(azure, signal, connection);
      if (this.#run === run) this.#run = undefined;
    });
    return run;
  }

  async #read(azure: Azure, signal: AbortSignal, connection: AbortSignal): Promise<void> {
    this.#rules ??= await this.#options.loadRules();
    this.#wanted = this.#options.wanted();
    this.#take({ kind: "begun" });
    this.#flush();
    const problem = await this.#takeAll(azure.inventory(signal, this.#wanted), signal);
    if (connection.aborted) return;
    this.#take({ kind: "ended", ...(problem && { problem }) });
    this.#flush();
    if (!signal.aborted) await this.#followUp(signal, () => true);
  }

  /** Takes all events as they arrive; answers why they ended early, if they did. */
  async #takeAll(events: AsyncIterable<InventoryEvent>, signal: AbortSignal): Promise<Problem | undefined> {
    try {
      for await (const event of events) {
        signal.throwIfAborted();
        this.#arrived.push(event);
        this.#flushSoon();
      }
      signal.throwIfAborted();
      return undefined;
    } catch (error) {
      if (signal.aborted) return { kind: "cancelled", summary: message("Reading was cancelled.") };
      this.#options.log.error(`Reading the fleet ended early: ${String(error)}`);
      return this.#options.problemOf(error);
    }
  }

  /** Asks for the configurations that assignments name and no list has, then waits for the schedules. */
  async #followUp(signal: AbortSignal, isAsked: (key: IdKey) => boolean): Promise<void> {
    const unlisted = [...unlistedConfigurations(this.#facts)].filter(([key]) => isAsked(key));
    if (this.#azure !== undefined && unlisted.length > 0) {
      const answers = await askDirectly(this.#azure, unlisted, this.#options.problemOf, signal);
      if (signal.aborted) return;
      this.#take({ kind: "referenced", answers });
      this.#flush();
    }
    await this.#askRegions(signal);
    await this.#scheduler.idle();
    this.#flush();
  }

  /** Asks what Azure pairs the regions of the associated sets with, as few subscriptions as can tell. */
  async #askRegions(signal: AbortSignal): Promise<void> {
    const azure = this.#azure;
    for (;;) {
      const subscription = subscriptionToAsk(this.#facts);
      if (azure === undefined || subscription === undefined || signal.aborted) return;
      const answer = await regionsOf(azure, subscription, this.#options.problemOf, signal);
      if (!signal.aborted) this.#take({ kind: "regions", subscription, answer });
    }
  }

  #newScheduler(): Scheduler {
    const { scheduleFacts, log } = this.#options;
    const scheduler = new Scheduler(scheduleFacts, log, (key, schedule) => {
      if (scheduler !== this.#scheduler) return;
      this.#take({ kind: "scheduled", schedules: new Map([[key, schedule]]) });
      this.#flushSoon();
    });
    return scheduler;
  }

  #take(event: FleetEvent): void {
    this.#takeArrived();
    this.#facts = reduce(this.#facts, event);
  }

  #takeArrived(): void {
    if (this.#arrived.length === 0) return;
    const events = this.#arrived;
    this.#arrived = [];
    this.#facts = reduce(this.#facts, { kind: "arrived", events, wanted: this.#wanted });
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), burst);
  }

  /** Makes the snapshot of all that was taken and says what changed. */
  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#takeArrived();
    if (this.#facts === this.#shown) return;
    this.#shown = this.#facts;
    const before = this.#derived;
    this.#derived = derive(this.#facts, this.#rules, before);
    this.#scheduler.start(unscheduled(this.#facts));
    const change = changeBetween(before.snapshot, this.#derived.snapshot);
    for (const listener of this.#listeners) listener(change);
  }
}
