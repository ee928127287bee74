import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { dayMs } from "../../core/milliseconds.ts";
import { agendaDays } from "../../core/windows/agenda.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { Facts, Schedule } from "./facts.ts";

type Configuration = readonly [key: IdKey, resource: JsonObject];

/** Has configurations' schedules worked out, each once per version of its resource. */
export class Scheduler {
  readonly #scheduleFacts: (configuration: JsonObject) => Promise<ScheduleFacts>;
  readonly #log: Log;
  readonly #done: (key: IdKey, schedule: Schedule) => void;
  readonly #pending = new Map<JsonObject, Promise<void>>();
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
      if (this.#pending.has(resource) || this.#failed.has(resource)) continue;
      this.#pending.set(resource, this.#workOut(key, resource));
    }
  }

  /** Resolves when nothing is being worked out any more. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending.values());
  }

  async #workOut(key: IdKey, resource: JsonObject): Promise<void> {
    try {
      const facts = await this.#scheduleFacts(resource);
      this.#done(key, { resource, facts });
    } catch (error) {
      this.#failed.add(resource);
      this.#log.error(`The schedule of ${key} could not be worked out: ${String(error)}`);
    } finally {
      this.#pending.delete(resource);
    }
  }
}

/** Configurations whose schedule has not been worked out since they changed. */
export function unscheduled(facts: Facts): Configuration[] {
  return configurationsOf(facts).filter(([key, resource]) => facts.schedules.get(key)?.resource !== resource);
}

/** Configurations whose next window is over at `now`, or of which not all windows of the agenda are known any more. */
export function overdue(facts: Facts, now: string): Configuration[] {
  const moment = Date.parse(now);
  const horizon = moment + agendaDays * dayMs;
  return configurationsOf(facts).filter(([key]) => {
    const schedule = facts.schedules.get(key)?.facts;
    const next = schedule?.next[0];
    if (schedule === undefined || next === undefined) return false;
    return Date.parse(next.end) <= moment || Date.parse(schedule.knownUntil) < horizon;
  });
}

/**
 * Every configuration once: one that was asked for while the filter hid its subscription may be in a list since, as
 * another version, and of two versions each would make the other's schedule look outdated for ever.
 */
function configurationsOf(facts: Facts): Configuration[] {
  const found = [...facts.referenced].flatMap(([key, answer]): Configuration[] =>
    answer.state === "found" ? [[key, answer.resource]] : [],
  );
  const listed = [...facts.subscriptions.values()].flatMap(({ configurations }) => [...configurations.items]);
  return [...new Map([...found, ...listed])];
}
