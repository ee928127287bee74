import type { InventoryEvent } from "../azure/contracts.ts";
import { inSlices } from "../core/slices.ts";
import type { Sliced } from "../core/slices.ts";
import type { FleetEvent } from "./events.ts";
import { reducing } from "./reading/reducer.ts";
import { deriving, nothing } from "./snapshot/derive.ts";
import type { Derived } from "./snapshot/derived.ts";
import type { Facts } from "./snapshot/facts.ts";
import type { Rules } from "./snapshot/rules.ts";
import { type Configurations, Scheduling, unscheduled } from "./snapshot/scheduling.ts";
import type { FleetStoreOptions } from "./storeOptions.ts";

/** Events that arrive within this time make one new snapshot: so many times what the last one took, within these bounds. */
const gathering = { leastMs: 50, times: 3, mostMs: 1000 };

/** The one snapshot as events change it. It is worked out in slices, so that thousands of sets do not hold the event loop. */
export class LiveSnapshot {
  /** What scale sets are judged by from now on. */
  rules: Rules | undefined;
  readonly #onChange: (derived: Derived) => void;
  readonly #scheduling: Scheduling;
  #derived = nothing;
  #connection = new AbortController();
  /** What is not in the snapshot yet. */
  #taken: FleetEvent[] = [];
  /** What the last of it brought of an inventory. */
  #burst: InventoryEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gatherMs = gathering.leastMs;
  /** The work that takes some of it in, while there is any. */
  #deriving: Promise<void> | undefined;

  constructor(onChange: (derived: Derived) => void, options: Pick<FleetStoreOptions, "now" | "log">) {
    this.#onChange = onChange;
    this.#scheduling = new Scheduling(options);
  }

  get derived(): Derived {
    return this.#derived;
  }

  /** Turns to another snapshot: what was taken and is not in it yet is forgotten. */
  replace(derived: Derived): void {
    this.#connection.abort();
    this.#connection = new AbortController();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#taken = [];
    this.#deriving = undefined;
    this.#show(derived);
  }

  /** Takes an event, which is in the snapshot soon. */
  take(event: FleetEvent): void {
    const last = this.#taken.at(-1);
    if (event.kind !== "arrived") this.#taken.push(event);
    // What arrives in a burst is taken in at once, since each time copies maps.
    else if (last?.kind === "arrived") this.#burst.push(...event.events);
    else {
      this.#burst = [...event.events];
      this.#taken.push({ ...event, events: this.#burst });
    }
    this.#timer ??= setTimeout(() => void this.flush(), this.#gatherMs);
  }

  /** Works schedules out anew, where there is what does: resolves when they are in the snapshot, or forgotten. */
  async schedule(configurations: Configurations): Promise<void> {
    const { signal } = this.#connection;
    if (this.rules === undefined) return;
    const schedules = await inSlices(this.#scheduling.of(configurations, this.rules));
    if (signal.aborted) return;
    if (schedules.size > 0) this.take({ kind: "scheduled", schedules });
    await this.flush();
  }

  /** Resolves when all that was taken until now is in the snapshot, or forgotten. */
  async flush(): Promise<void> {
    const { signal } = this.#connection;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What was taken since it began is not in it.
    await this.#deriving;
    if (!signal.aborted) await (this.#deriving ??= this.#takeIn(signal));
  }

  async #takeIn(connection: AbortSignal): Promise<void> {
    const events = this.#taken;
    this.#taken = [];
    const began = performance.now();
    try {
      const derived = await inSlices(this.#after(events), connection);
      if (!connection.aborted) this.#show(derived);
    } catch (error) {
      if (!connection.aborted) throw error;
    } finally {
      if (!connection.aborted) this.#deriving = undefined;
      // What is worked out and shown for each takes as long as all sets, however few of them are new.
      const { leastMs, times, mostMs } = gathering;
      this.#gatherMs = Math.min(mostMs, Math.max(leastMs, times * (performance.now() - began)));
    }
  }

  *#after(events: readonly FleetEvent[]): Sliced<Derived> {
    const before = this.#derived;
    const known = yield* reducing(before.facts, events);
    if (known === before.facts) return before;
    const facts = yield* this.#withSchedules(known);
    return yield* deriving(facts, this.rules, before);
  }

  /** Sets are judged by the windows of their configurations, and judged once where these are there before. */
  *#withSchedules(facts: Facts): Sliced<Facts> {
    if (this.rules === undefined) return facts;
    const schedules = yield* this.#scheduling.of(unscheduled(facts), this.rules);
    return yield* reducing(facts, schedules.size > 0 ? [{ kind: "scheduled", schedules }] : []);
  }

  #show(derived: Derived): void {
    if (derived === this.#derived) return;
    this.#derived = derived;
    this.#onChange(derived);
  }
}
