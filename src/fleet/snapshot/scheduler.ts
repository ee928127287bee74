import { subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { pause } from "../../core/slices.ts";
import type { Log } from "../../core/log.ts";
import { dayMs } from "../../core/milliseconds.ts";
import { agendaDays } from "../../core/windows/agenda.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { Facts, Schedule } from "./facts.ts";

type Configuration = readonly [key: IdKey, resource: JsonObject];
type Configurations = Iterable<Configuration>;

/** Has configurations' schedules worked out, each once per version of its resource. */
export class Scheduler {
  readonly #scheduleFacts: (configuration: JsonObject) => Promise<ScheduleFacts>;
  readonly #log: Log;
  readonly #done: (key: IdKey, schedule: Schedule) => void;
  /** The versions that are to be worked out, and whose they are. */
  readonly #due = new Map<JsonObject, IdKey>();
  #working: Promise<void> | undefined;
  /** Versions whose schedule can't be worked out; they are not tried again. */
  readonly #failed = new WeakSet<JsonObject>();

  constructor(
    scheduleFacts: (configuration: JsonObject) => Promise<ScheduleFacts>,
    log: Log,
    done: (key: IdKey, schedule: Schedule) => void,
  ) {
    this.#scheduleFacts = scheduleFacts;
    this.#log = log;
    this.#done = done;
  }

  start(configurations: Iterable<Configuration>): void {
    for (const [key, resource] of configurations) {
      if (!this.#failed.has(resource)) this.#due.set(resource, key);
    }
    if (this.#due.size > 0) this.#working ??= this.#workOutAll();
  }

  /** Resolves when nothing is being worked out any more. */
  async idle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async #workOutAll(): Promise<void> {
    // Those that come meanwhile are gone through as well.
    for (const [resource, key] of this.#due) {
      await this.#workOut(key, resource);
      await pause();
    }
    this.#working = undefined;
  }

  async #workOut(key: IdKey, resource: JsonObject): Promise<void> {
    try {
      const facts = await this.#scheduleFacts(resource);
      this.#done(key, { resource, facts });
    } catch (error) {
      this.#failed.add(resource);
      this.#log.error(`The schedule of ${key} could not be worked out: ${String(error)}`);
    } finally {
      this.#due.delete(resource);
    }
  }
}

/** Configurations whose schedule has not been worked out since they changed. */
export function* unscheduled(facts: Facts): Configurations {
  for (const one of configurationsOf(facts)) {
    const [key, resource] = one;
    if (facts.schedules.get(key)?.resource !== resource) yield one;
  }
}

/** Configurations whose next window is over at `now`, or of which not all windows of the agenda are known any more. */
export function* overdue(facts: Facts, now: string): Configurations {
  const moment = Date.parse(now);
  const horizon = moment + agendaDays * dayMs;
  for (const one of configurationsOf(facts)) {
    const schedule = facts.schedules.get(one[0])?.facts;
    const next = schedule?.next[0];
    if (schedule === undefined || next === undefined) continue;
    if (Date.parse(next.end) <= moment || Date.parse(schedule.knownUntil) < horizon) yield one;
  }
}

/**
 * Every configuration once: one that was asked for while the filter hid its subscription may be in a list since, as
 * another version, and of two versions each would make the other's schedule look outdated for ever.
 */
function* configurationsOf({ subscriptions, referenced }: Facts): Configurations {
  for (const { configurations } of subscriptions.values()) yield* configurations.items;
  for (const [key, answer] of referenced) {
    const isListed = subscriptions.get(subscriptionOf(key))?.configurations.items.has(key) === true;
    if (answer.state === "found" && !isListed) yield [key, answer.resource];
  }
}
