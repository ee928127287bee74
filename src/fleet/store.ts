import type { Azure } from "../azure/contracts.ts";
import { Emitter } from "../core/emitter.ts";
import { idKey, type IdKey } from "../core/resources/ids.ts";
import { atOnce } from "../core/slices.ts";
import type { Problem } from "../core/text/problem.ts";
import type { FleetChange } from "./snapshot/changes.ts";
import { deriving } from "./snapshot/derive.ts";
import type { Derived } from "./snapshot/derived.ts";
import { LiveSnapshot } from "./liveSnapshot.ts";
import { lookUpEach, lookTimeoutMs } from "./reading/directly.ts";
import type { FleetEvent } from "./events.ts";
import { noFacts, type NewEligibilityFacts } from "./snapshot/facts.ts";
import { askFurther, askWhatFollows } from "./reading/furtherQuestions.ts";
import type { ReadBack } from "./reading/readBack.ts";
import { stillLaid } from "./reading/overlay.ts";
import { readEligibilityFacts, readUpgrade } from "./reading/eligibilityFacts.ts";
import type { EligibilityProgress, UpgradeReading } from "./reading/eligibilityFacts.ts";
import { overdue } from "./snapshot/scheduling.ts";
import { takeAll } from "./reading/takeAll.ts";
import { SharedRun } from "../core/sharedRun.ts";
import type { Snapshot } from "./snapshot/snapshot.ts";
import type { FleetStoreOptions } from "./storeOptions.ts";

/** Keeps the one snapshot of the fleet and says what changes in it. */
export class FleetStore {
  readonly #options: FleetStoreOptions;
  readonly #changed = new Emitter<FleetChange>();
  readonly onDidChange = this.#changed.event;
  #azure: Azure | undefined;
  /** Aborted when the connection ends. */
  #connection = new AbortController();
  readonly #live: LiveSnapshot;
  /** What follows a reading and nobody waits for; the next aborts it. */
  #further: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** The sets that were asked for their assignments, the latest last. */
  #asked = new Set<IdKey>();
  #run: SharedRun | undefined;

  constructor(options: FleetStoreOptions) {
    this.#options = options;
    this.#live = new LiveSnapshot((derived) => this.#changed.fire(derived.change), options);
  }

  get snapshot(): Snapshot {
    return this.#live.derived.snapshot;
  }

  /**
   * Forgets everything and turns to another Azure, or to none, for a reason where there is a `problem`. Nothing is read until `refresh`:
   * what is `known` of it, such as what an earlier window saved, is shown until then.
   */
  connect(azure: Azure | undefined, problem?: Problem, known?: Derived): void {
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#run = undefined;
    this.#azure = azure;
    this.#asked = new Set();
    const facts = { ...noFacts(azure?.origin ?? "none"), problem };
    const none = { ...atOnce(deriving(facts, this.#live.rules)), change: { ids: "all" } as const };
    this.#live.replace(known ?? none);
  }

  /** Shows no longer what was reached through other accounts than these: resolves when that is so. */
  async keepOnly(accounts: ReadonlySet<string>): Promise<void> {
    this.#live.take({ kind: "accounts", ids: accounts });
    await this.#live.flush();
  }

  /** The snapshot and what it is made of: to be saved, or to be shown until another Azure is read. */
  get derived(): Derived {
    return this.#live.derived;
  }

  /**
   * Reads everything anew. While one read is under way another caller joins it; it is aborted once all callers have given up.
   * Resolves when everything is known that lists, direct questions for configurations and their schedules tell (what failed is in the
   * snapshot), or when the connection has ended; further questions follow, see `settled`. Rejects only with the reason of `signal`.
   * `graphOnly`: only Resource Graph is asked, and nothing of single resources.
   */
  async refresh(signal: AbortSignal, graphOnly = false): Promise<void> {
    signal.throwIfAborted();
    const azure = this.#azure;
    if (azure === undefined) return;
    if (this.#run === undefined || this.#run.isAborted) this.#run = this.#newRun(azure, graphOnly, this.#run);
    await this.#run.join(signal);
  }

  /** Resolves when no reading is under way and what is asked after one is answered. */
  async settled(): Promise<void> {
    await this.#run?.ended;
    await this.#further?.done;
  }

  /**
   * Takes over what was read of one resource after a write. Resolves when it is in the snapshot with what follows from it (schedule, a
   * configuration not yet known).
   */
  async put(readBack: ReadBack): Promise<void> {
    const connection = this.#connection.signal;
    this.#live.take({ kind: "written", readBack, now: this.#options.now() });
    await this.#followUp(connection);
  }

  /**
   * Reads configurations and scale sets, and of an assignment all that its set has, and takes over what is there. Resolves when that is in
   * the snapshot with what follows from it; never rejects.
   */
  async lookAgain(...ids: readonly string[]): Promise<void> {
    const connection = this.#connection.signal;
    await this.#look(ids, connection);
    await this.#followUp(connection);
  }

  async #look(ids: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.#azure === undefined) return;
    await lookUpEach(this.#azure, ids, this.#options, signal, (readBack) =>
      this.#live.take({ kind: "written", readBack, now: this.#options.now() }),
    );
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
      this.#live.take({ kind: "eligibilityFacts", key, read });
      onProgress?.(progress);
    });
    if (!connection.aborted) await this.#live.flush();
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
    if (!("problem" in reading)) await this.putEligibilityFacts(scaleSetId, read);
    return reading;
  }

  /** Takes over what was read of a set's eligibility facts, such as its latest upgrade after a write: resolves when it is in the snapshot. */
  async putEligibilityFacts(scaleSetId: string, read: NewEligibilityFacts): Promise<void> {
    this.#live.take({ kind: "eligibilityFacts", key: idKey(scaleSetId), read });
    await this.#live.flush();
  }

  /** Works out anew the schedules whose next window is over at `now` (an ISO instant). To be called every minute or so. */
  async tick(now: string): Promise<void> {
    await this.#live.schedule(overdue(this.#live.derived.facts, now));
  }

  dispose(): void {
    this.connect(undefined);
    this.#changed.dispose();
  }

  /** Begins when the run before, which was aborted, has ended. */
  #newRun(azure: Azure, graphOnly: boolean, before: SharedRun | undefined): SharedRun {
    const connection = this.#connection.signal;
    const run = new SharedRun(async (aborted) => {
      await before?.ended;
      const signal = AbortSignal.any([aborted, connection]);
      if (!signal.aborted) await this.#read(azure, graphOnly, signal, connection);
      if (this.#run === run) this.#run = undefined;
    });
    return run;
  }

  async #read(azure: Azure, graphOnly: boolean, signal: AbortSignal, connection: AbortSignal): Promise<void> {
    const { now, loadRules, wanted } = this.#options;
    this.#further?.abort.abort();
    const rules = this.#live.rules ?? (await loadRules());
    if (connection.aborted) return;
    this.#live.rules = rules;
    const isWanted = wanted();
    this.#live.take({ kind: "begun", now: now() });
    await this.#live.flush();
    if (connection.aborted) return;
    const problem = await takeAll(
      azure.inventory(signal, isWanted, graphOnly),
      signal,
      this.#options,
      (event) => this.#live.take({ kind: "arrived", events: [event], wanted: isWanted, now: now() }),
    );
    if (connection.aborted) return;
    this.#live.take({ kind: "ended", now: now(), ...(problem && { problem }) });
    await this.#live.flush();
    if (signal.aborted) return;
    if (graphOnly) return;
    const { overlay, subscriptions } = this.#live.derived.facts;
    await this.#look(stillLaid(overlay, subscriptions, now()), signal);
    await this.#followUp(signal, true);
    if (!signal.aborted) this.#askFurther(azure, connection);
  }

  /** Asks what Resource Graph leaves open, while the fleet is there to be worked with. */
  #askFurther(azure: Azure, connection: AbortSignal): void {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, connection]);
    const take = (event: FleetEvent) => this.#live.take(event);
    const of = {
      azure,
      facts: this.#live.derived.facts,
      snapshot: this.snapshot,
      asked: this.#asked,
      signal,
      take,
    };
    const done = askFurther({ ...this.#options, ...of }).then(() => this.#followUp(signal));
    this.#further = { abort, done };
  }

  /** Asks for the configurations that assignments name and no list has, `anew` also for some of those asked before; waits for the schedules. */
  async #followUp(signal: AbortSignal, isRefresh = false): Promise<void> {
    await this.#live.flush();
    if (signal.aborted) return;
    const azure = this.#azure;
    const { problemOf } = this.#options;
    const derived = () => this.#live.derived;
    const take = async (event: FleetEvent) => {
      this.#live.take(event);
      await this.#live.flush();
    };
    if (azure !== undefined) await askWhatFollows({ azure, derived, isRefresh, problemOf, signal, take });
  }
}
