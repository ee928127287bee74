import { subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import type { Log } from "../../core/log.ts";
import { dayMs } from "../../core/milliseconds.ts";
import { agendaDays } from "../../core/windows/agenda.ts";
import type { Facts, Schedule } from "./facts.ts";
import type { Rules } from "./rules.ts";

type Configuration = readonly [key: IdKey, resource: JsonObject];
export type Configurations = Iterable<Configuration>;

/** How many schedules are worked out without a pause: each takes about a tenth of a millisecond. */
const pieceSize = 16;

/** Works configurations' schedules out, each once per version of its resource. */
export class Scheduling {
  readonly #now: () => string;
  readonly #log: Pick<Log, "error">;
  /** Versions whose schedule can't be worked out; they are not tried again. */
  readonly #failed = new WeakSet<JsonObject>();

  constructor({ now, log }: { readonly now: () => string; readonly log: Pick<Log, "error"> }) {
    this.#now = now;
    this.#log = log;
  }

  *of(configurations: Configurations, { scheduleFacts }: Rules): Sliced<Facts["schedules"]> {
    const schedules = new Map<IdKey, Schedule>();
    const workOut = ([key, resource]: Configuration) => {
      if (this.#failed.has(resource)) return;
      try {
        schedules.set(key, { resource, facts: scheduleFacts(resource, this.#now()) });
      } catch (error) {
        this.#failed.add(resource);
        this.#log.error(`The schedule of ${key} could not be worked out: ${String(error)}`);
      }
    };
    yield* inPieces(configurations, workOut, pieceSize);
    return schedules;
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
