import type { Azure, InventoryEvent } from "../azure/contracts.ts";
import { Emitter } from "../core/emitter.ts";
import { idKey, type IdKey } from "../core/resources/ids.ts";
import type { Problem } from "../core/text/problem.ts";
import type { FleetChange } from "./snapshot/changes.ts";
import { derive } from "./snapshot/derive.ts";
import type { Derived } from "./snapshot/derived.ts";
import { lookUpEach, lookTimeoutMs } from "./reading/directly.ts";
import type { FleetEvent, SubscriptionFilter } from "./events.ts";
import { noFacts, type NewEligibilityFacts, type Facts } from "./snapshot/facts.ts";
import { askFurther, askWhatFollows } from "./reading/furtherQuestions.ts";
import type { ReadBack } from "./reading/readBack.ts";
import { stillLaid } from "./reading/overlay.ts";
import { readEligibilityFacts, readUpgrade } from "./reading/eligibilityFacts.ts";
import type { EligibilityProgress, UpgradeReading } from "./reading/eligibilityFacts.ts";
import { reduce } from "./reading/reducer.ts";
import { overdue, Scheduler, unscheduled } from "./snapshot/scheduler.ts";
import type { Rules } from "./snapshot/rules.ts";
import { takeAll } from "./reading/takeAll.ts";
import { SharedRun } from "../core/sharedRun.ts";
import type { Snapshot } from "./snapshot/snapshot.ts";
import type { FleetStoreOptions } from "./storeOptions.ts";

/** Events that arrive within this time make one new snapshot. */
const gatherMs = 50;

/** Keeps the one snapshot of the fleet and says what changes in it. */
export class FleetStore {
  readonly #options: FleetStoreOptions;
  readonly #changed = new Emitter<FleetChange>();
  readonly onDidChange = this.#changed.event;
  #azure: Azure | undefined;
  #scheduler: Scheduler;
  /** Aborted when the connection ends. */
  #connection = new AbortController();
  /** What was taken since the snapshot was made, if anything. */
  #taken: Facts | undefined;
  #rules: Rules | undefined;
  #derived = derive(noFacts("none"), undefined);
  /** What follows a reading and nobody waits for; the next aborts it. */
  #further: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** The sets that were asked for their assignments, the latest last. */
  #asked = new Set<IdKey>();
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

  /**
   * Forgets everything and turns to another Azure, or to none, for a reason where there is a `problem`. Nothing is read until `refresh`:
   * what is `known` of it, such as what an earlier window saved, is shown until then.
   */
  connect(azure: Azure | undefined, problem?: Problem, known?: Derived): void {
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#run = undefined;
    this.#scheduler = this.#newScheduler();
    this.#azure = azure;
    this.#arrived = [];
    this.#asked = new Set();
    this.#taken = known ? undefined : { ...noFacts(azure?.origin ?? "none"), problem };
    this.#flush(known);
  }

  /** Shows no longer what was reached through other accounts than these. */
  keepOnly(accounts: ReadonlySet<string>): void {
    this.#take({ kind: "accounts", ids: accounts });
    this.#flush();
  }

  /** The snapshot and what it is made of: to be saved, or to be shown until another Azure is read. */
  get derived(): Derived {
    return this.#derived;
  }

  /**
   * Reads everything anew. While one read is under way another caller joins it; it is aborted once all callers have given up.
   * Resolves when everything is known that lists, direct questions for configurations and their schedules tell (what failed is in the
   * snapshot), or when the connection has ended; further questions follow, see `settled`. Rejects only with the reason of `signal`.
   */
  async refresh(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const azure = this.#azure;
    if (azure === undefined) return;
    if (this.#run === undefined || this.#run.isAborted) this.#run = this.#newRun(azure, this.#run);
    await this.#run.join(signal);
  }

  /** Resolves when no reading is under way and what is asked after one is answered. */
  async settled(): Promise<void> {
    await this.#run?.ended;
    await this.#further?.done;
  }

  /**
   * Takes over what was read of one resource after a write: it is in the snapshot when this returns.
   * The promise resolves when what follows from it (schedule, a configuration not yet known) is there too.
   */
  async put(readBack: ReadBack): Promise<void> {
    this.#take({ kind: "written", readBack, now: this.#options.now() });
    this.#flush();
    await this.#followUp(this.#connection.signal);
  }

  /**
   * Reads configurations and scale sets, and of an assignment all that its set has, and takes over what is there. Resolves when that is in
   * the snapshot with what follows from it; never rejects.
   */
  async lookAgain(...ids: readonly string[]): Promise<void> {
    const connection = this.#connection.signal;
    await this.#look(ids, connection);
    if (!connection.aborted) await this.#followUp(connection);
  }

  async #look(ids: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.#azure === undefined) return;
    await lookUpEach(this.#azure, ids, this.#options, signal, (readBack) =>
      this.#takeSoon({ kind: "written", readBack, now: this.#options.now() }),
    );
    if (!signal.aborted) this.#flush();
  }

  /**
   * Reads the eligibility facts of these sets; what cannot be read is told in their records. Rejects only with the
   * reason of `signal`: what was read until then is kept.
   */
  async readEligibilityFacts(
    keys: Iterable<IdKey>,
    signal: AbortSignal,
    onProgress?: (progress: EligibilityProgress) => void,
  ): Promise<void> {
    const azure = this.#azure;
    const connection = this.#connection.signal;
    const sets = [...keys].flatMap((key) => this.snapshot.scaleSets.get(key) ?? []);
    if (azure === undefined) return;
    const either = AbortSignal.any([signal, connection]);
    await readEligibilityFacts(azure, sets, this.#options.now, either, (key, read, progress) => {
      this.#takeSoon({ kind: "eligibilityFacts", key, read });
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
    const signal = AbortSignal.any([connection, AbortSignal.timeout(lookTimeoutMs)]);
    const { problemOf } = this.#options;
    const resource = this.snapshot.scaleSets.get(idKey(scaleSetId))?.resource ?? {};
    const set = { id: scaleSetId, resource };
    const { reading, read } = await readUpgrade(azure, set, withHealth, problemOf, signal);
    if (connection.aborted) return undefined;
    if (!("problem" in reading)) this.putEligibilityFacts(scaleSetId, read);
    return reading;
  }

  /** Takes over what was read of a set's eligibility facts, such as its latest upgrade after a write. */
  putEligibilityFacts(scaleSetId: string, read: NewEligibilityFacts): void {
    this.#take({ kind: "eligibilityFacts", key: idKey(scaleSetId), read });
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
    this.#changed.dispose();
  }

  get #facts(): Facts {
    return this.#taken ?? this.#derived.facts;
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
    const { now, loadRules, wanted } = this.#options;
    this.#further?.abort.abort();
    this.#rules ??= await loadRules();
    this.#wanted = wanted();
    this.#take({ kind: "begun", now: now() });
    this.#flush();
    const problem = await takeAll(azure.inventory(signal, this.#wanted), signal, this.#options, (event) => {
      this.#arrived.push(event);
      this.#flushSoon();
    });
    if (connection.aborted) return;
    this.#take({ kind: "ended", now: now(), ...(problem && { problem }) });
    this.#flush();
    if (signal.aborted) return;
    const { overlay, subscriptions } = this.#facts;
    await this.#look(stillLaid(overlay, subscriptions, now()), signal);
    await this.#followUp(signal, true);
    if (!signal.aborted) this.#askFurther(azure, connection);
  }

  /** Asks what Resource Graph leaves open, while the fleet is there to be worked with. */
  #askFurther(azure: Azure, connection: AbortSignal): void {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, connection]);
    const take = (event: FleetEvent) => this.#takeSoon(event);
    const of = { azure, facts: this.#facts, snapshot: this.snapshot, asked: this.#asked, signal, take };
    const done = askFurther({ ...this.#options, ...of }).then(() => this.#followUp(signal));
    this.#further = { abort, done };
  }

  /** Asks for the configurations that assignments name and no list has, `anew` also for those asked before; waits for the schedules. */
  async #followUp(signal: AbortSignal, anew = false): Promise<void> {
    const isAsked = (key: IdKey) => anew || !this.#facts.referenced.has(key);
    const azure = this.#azure;
    const { problemOf } = this.#options;
    const take = (event: FleetEvent) => this.#take(event);
    const [facts, flush] = [() => this.#facts, () => this.#flush()];
    if (azure !== undefined) await askWhatFollows({ azure, facts, isAsked, problemOf, signal, take, flush });
    if (signal.aborted) return;
    await this.#scheduler.idle();
    this.#flush();
  }

  #newScheduler(): Scheduler {
    const { scheduleFacts, log } = this.#options;
    const scheduler = new Scheduler(scheduleFacts, log, (key, schedule) => {
      if (scheduler !== this.#scheduler) return;
      this.#takeSoon({ kind: "scheduled", schedules: new Map([[key, schedule]]) });
    });
    return scheduler;
  }

  #take(event: FleetEvent): void {
    this.#takeArrived();
    this.#taken = reduce(this.#facts, event);
  }

  #takeSoon(event: FleetEvent): void {
    this.#take(event);
    this.#flushSoon();
  }

  #takeArrived(): void {
    if (this.#arrived.length === 0) return;
    const [events, wanted] = [this.#arrived, this.#wanted];
    this.#arrived = [];
    this.#taken = reduce(this.#facts, { kind: "arrived", events, wanted, now: this.#options.now() });
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  /** Makes the snapshot of all that was taken, or takes the one that is `known`, and says what changed. */
  #flush(known?: Derived): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#takeArrived();
    const [taken, before] = [this.#taken, this.#derived];
    this.#taken = undefined;
    if (known !== undefined) this.#derived = known;
    else if (taken !== undefined && taken !== before.facts)
      this.#derived = derive(taken, this.#rules, before);
    if (this.#derived === before) return;
    if (this.#rules !== undefined) this.#scheduler.start(unscheduled(this.#derived.facts));
    this.#changed.fire(this.#derived.change);
  }
}
