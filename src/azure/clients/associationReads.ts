import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Limit } from "../../core/limit.ts";
import type { Clients } from "./clients.ts";
import { isMaintenanceMissing, listAssignments, readAssignments } from "./maintenanceControl.ts";
import { problemOf } from "../errors/errors.ts";
import { untilAborted } from "../http/pause.ts";

/** What is known of Microsoft.Maintenance in a subscription: that it answers, or that it is not registered. */
type Registration = "registered" | "missing";

/**
 * Reads the assignments of many scale sets. A subscription in which Microsoft.Maintenance is not registered has none, and says so for all of
 * its sets at once: so the first set of a subscription is asked alone, and the others only where that one was answered.
 */
export class AssociationReads {
  readonly #known = new Map<string, Registration>();
  /** The first reads, by subscription. */
  readonly #first = new Map<string, Promise<void>>();

  /** What was found may be different by now: a reading begins, or a plan was applied. */
  forget(): void {
    this.#known.clear();
  }

  /** The assignments of one scale set, by a direct list: `limit` is taken for a call only, not for the wait for another's. Throws AzureError. */
  async of(
    clients: Clients,
    scaleSetId: string,
    signal: AbortSignal,
    limit: Limit = (call) => call(),
  ): Promise<readonly JsonObject[]> {
    const subscription = subscriptionOf(idKey(scaleSetId));
    for (;;) {
      const known = this.#known.get(subscription);
      if (known === "missing") return [];
      if (known === "registered") return limit(() => listAssignments(clients, scaleSetId, signal));
      const first = this.#first.get(subscription);
      if (first === undefined)
        return this.#askFirst(subscription, () => limit(() => readAssignments(clients, scaleSetId, signal)));
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
      const assignments = await ask();
      this.#known.set(subscription, "registered");
      return assignments;
    } catch (error) {
      const problem = problemOf(error);
      // A set that fails for a reason of its own says nothing against asking the others.
      if (isMaintenanceMissing(problem)) this.#known.set(subscription, "missing");
      else if (problem.kind !== "cancelled") this.#known.set(subscription, "registered");
      if (isMaintenanceMissing(problem)) return [];
      throw error;
    } finally {
      this.#first.delete(subscription);
      resolve();
    }
  }
}
