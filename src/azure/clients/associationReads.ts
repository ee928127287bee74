import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Limit } from "../../core/limit.ts";
import type { Clients } from "./clients.ts";
import { isMaintenanceMissing, readAssignments } from "./maintenanceControl.ts";
import { problemOf } from "../errors/errors.ts";
import { untilAborted } from "../http/pause.ts";

/** For so long a subscription counts as one without Microsoft.Maintenance: somebody may register it meanwhile. */
const missingForMs = 60_000;

/**
 * Reads the assignments of many scale sets. A subscription in which Microsoft.Maintenance is not registered has none, and says so for all of
 * its sets at once: so the first set of a subscription is asked alone, and the others only until one of them has told.
 */
export class AssociationReads {
  readonly #now: () => number;
  /** Subscriptions of which a set was answered. */
  readonly #answered = new Set<string>();
  /** Until when a subscription counts as one in which the provider is not registered, in milliseconds since the epoch. */
  readonly #missing = new Map<string, number>();
  /** The first reads, by subscription. */
  readonly #first = new Map<string, Promise<void>>();

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What was found may be different by now: a reading begins, or a plan was applied. */
  forget(): void {
    this.#answered.clear();
    this.#missing.clear();
  }

  /** The assignments of one scale set, by a direct list: `limit` is taken for a call only, not for the wait for another's. Throws AzureError. */
  async of(
    clients: Clients,
    scaleSetId: string,
    signal: AbortSignal,
    limit: Limit = (call) => call(),
  ): Promise<readonly JsonObject[]> {
    const subscription = subscriptionOf(idKey(scaleSetId));
    const ask = () => limit(() => this.#ask(subscription, clients, scaleSetId, signal));
    for (;;) {
      if (this.#isMissing(subscription)) return [];
      if (this.#answered.has(subscription)) return ask();
      const first = this.#first.get(subscription);
      if (first === undefined) return this.#askFirst(subscription, ask);
      await untilAborted(first, signal);
    }
  }

  async #askFirst(
    subscription: string,
    ask: () => Promise<readonly JsonObject[]>,
  ): Promise<readonly JsonObject[]> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#first.set(subscription, promise);
    try {
      return await ask();
    } finally {
      this.#first.delete(subscription);
      resolve();
    }
  }

  async #ask(
    subscription: string,
    clients: Clients,
    scaleSetId: string,
    signal: AbortSignal,
  ): Promise<readonly JsonObject[]> {
    // It may have been told while this one waited for its turn.
    if (this.#isMissing(subscription)) return [];
    try {
      const assignments = await readAssignments(clients, scaleSetId, signal);
      this.#answered.add(subscription);
      return assignments;
    } catch (error) {
      const problem = problemOf(error);
      if (isMaintenanceMissing(problem)) {
        this.#missing.set(subscription, this.#now() + missingForMs);
        return [];
      }
      // A set that fails for a reason of its own says nothing against asking the others.
      if (problem.kind !== "cancelled") this.#answered.add(subscription);
      throw error;
    }
  }

  #isMissing(subscription: string): boolean {
    return (this.#missing.get(subscription) ?? 0) > this.#now();
  }
}
