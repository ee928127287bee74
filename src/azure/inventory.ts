import { idKey, type IdKey, isScaleSetId, nameOf } from "../core/ids.ts";
import { type JsonObject, textAt } from "../core/json.ts";
import { message, verbatim } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import type { Clients } from "./clients.ts";
import { collect } from "./collect.ts";
import { listScaleSets } from "./compute.ts";
import type { Cloud, InventoryEvent, Subscription } from "./contracts.ts";
import { about } from "./errors.ts";
import type { Limit } from "./limit.ts";
import { listAssignments, listConfigurations } from "./maintenanceControl.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** What the reading of one subscription needs. */
interface Reading {
  readonly subscription: Subscription;
  readonly clients: Clients;
  readonly limit: Limit;
  readonly emit: (event: InventoryEvent) => void;
  readonly signal: AbortSignal;
}

/** Reads everything there is; see `Azure.inventory`. All requests share `limit`. */
export function inventory(
  cloud: Cloud,
  subscriptions: Subscriptions,
  limit: Limit,
  signal: AbortSignal,
  wanted: (subscription: Subscription) => boolean = () => true,
): AsyncIterable<InventoryEvent> {
  return collect<InventoryEvent>(signal, async (emit, stopped) => {
    const readings: Promise<unknown>[] = [];
    const read = async (subscription: Subscription) => {
      const clients = await subscriptions.clientsFor(subscription.subscriptionId, stopped);
      const reading = { subscription, clients, limit, emit, signal: stopped };
      await Promise.all([readConfigurations(reading), readScaleSets(reading)]);
    };
    try {
      await subscriptions.list(stopped, {
        onFound: (found) => {
          emit({ kind: "subscriptions", subscriptions: found });
          readings.push(...found.filter(wanted).map(read));
        },
        onTenantFailed: (tenant, problem) => emit({ kind: "tenantFailed", ...tenant, problem }),
      });
    } catch (error) {
      const { problem } = about(message("Could not list the accounts of {0}.", verbatim(cloud.name)), error);
      emit({ kind: "tenantFailed", displayName: cloud.name, problem });
    }
    await Promise.all(readings);
  });
}

async function readConfigurations({ subscription, clients, limit, emit, signal }: Reading): Promise<void> {
  const { subscriptionId, displayName } = subscription;
  try {
    const resources = await limit(() => listConfigurations(clients, subscriptionId, signal));
    emit({ kind: "configurations", subscriptionId, resources });
  } catch (error) {
    const doing = message("Could not list the maintenance configurations of {0}.", verbatim(displayName));
    emit({ kind: "failed", subscriptionId, part: "configurations", problem: about(doing, error).problem });
  }
}

async function readScaleSets(reading: Reading): Promise<void> {
  const { subscription, clients, limit, emit, signal } = reading;
  const { subscriptionId, displayName } = subscription;
  try {
    const resources = await limit(() => listScaleSets(clients, subscriptionId, signal));
    emit({ kind: "scaleSets", subscriptionId, resources });
    await readAssignments(reading, resources);
  } catch (error) {
    const { problem } = about(message("Could not list the scale sets of {0}.", verbatim(displayName)), error);
    emit({ kind: "failed", subscriptionId, part: "scaleSets", problem });
    // Which sets there are is not known, so neither is what they are assigned to.
    emit({ kind: "failed", subscriptionId, part: "assignments", problem });
  }
}

/**
 * Asks each scale set for its own assignments. Resource Graph would answer for all in one query, but it lags by up to a minute and leaves
 * out what the caller may not read without saying so: a set absent from its answer may be assigned all the same, and "none" would be a
 * guess. The set's own list is the truth, and a set whose list fails is told as failed.
 */
async function readAssignments(reading: Reading, scaleSets: readonly unknown[]): Promise<void> {
  const { subscription, clients, limit, emit, signal } = reading;
  const byScaleSet = new Map<IdKey, readonly JsonObject[]>();
  const failed = new Map<IdKey, Problem>();
  const readOne = async (id: string) => {
    try {
      const assignments = await limit(() => listAssignments(clients, id, signal));
      if (assignments.length > 0) byScaleSet.set(idKey(id), assignments);
    } catch (error) {
      const doing = message("Could not list the configuration assignments of {0}.", verbatim(nameOf(id)));
      failed.set(idKey(id), about(doing, error).problem);
    }
  };
  const ids = scaleSets.map((scaleSet) => textAt(scaleSet, "id")).filter((id) => id !== undefined);
  await Promise.all(ids.filter(isScaleSetId).map(readOne));
  emit({ kind: "assignments", subscriptionId: subscription.subscriptionId, byScaleSet, failed });
}
