import { idKey, type IdKey, isScaleSetId, nameOf } from "../../core/resources/ids.ts";
import { type JsonObject, textAt } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Clients } from "../clients/clients.ts";
import { listScaleSets } from "../clients/compute.ts";
import type { InventoryEvent, Subscription } from "../contracts.ts";
import { about } from "../errors/errors.ts";
import type { Limit } from "../../core/limit.ts";
import type { AssociationReads } from "../clients/associationReads.ts";
import { listConfigurations } from "../clients/maintenanceControl.ts";

/** What the reading of one subscription needs. */
export interface ListReading {
  readonly subscription: Subscription;
  readonly clients: Clients;
  readonly associations: AssociationReads;
  readonly limit: Limit;
  /** Of `sharing`, for all subscriptions that one inventory reads so. */
  readonly share: (resource: unknown) => unknown;
  readonly emit: (event: InventoryEvent) => void;
  readonly signal: AbortSignal;
}

/** Reads one subscription by ARM's lists, for a tenant whose Resource Graph can't be asked: two calls, and one for each scale set. */
export async function readByLists(reading: ListReading): Promise<void> {
  await Promise.all([readConfigurations(reading), readScaleSets(reading)]);
}

/** Tells all parts of a subscription as failed, for one reason. */
export function tellFailed(
  { subscriptionId, displayName }: Subscription,
  error: unknown,
  emit: ListReading["emit"],
): void {
  const failed = { kind: "failed", subscriptionId } as const;
  const scaleSets = about(ofScaleSets(displayName), error).problem;
  emit({ ...failed, part: "configurations", problem: about(ofConfigurations(displayName), error).problem });
  emit({ ...failed, part: "scaleSets", problem: scaleSets });
  // Which sets there are is not known, so neither is what they are assigned to.
  emit({ ...failed, part: "assignments", problem: scaleSets });
}

const ofConfigurations = (subscription: string) =>
  message("Couldn't load the maintenance configurations of {0}.", verbatim(subscription));
const ofScaleSets = (subscription: string) =>
  message("Couldn't load the scale sets of {0}.", verbatim(subscription));

async function readConfigurations({
  subscription,
  clients,
  limit,
  emit,
  signal,
}: ListReading): Promise<void> {
  const { subscriptionId, displayName } = subscription;
  try {
    const resources = await limit(() => listConfigurations(clients, subscriptionId, signal));
    emit({ kind: "configurations", subscriptionId, resources });
  } catch (error) {
    const { problem } = about(ofConfigurations(displayName), error);
    emit({ kind: "failed", subscriptionId, part: "configurations", problem });
  }
}

async function readScaleSets(reading: ListReading): Promise<void> {
  const { subscription, clients, limit, share, emit, signal } = reading;
  const { subscriptionId, displayName } = subscription;
  try {
    const resources = (await limit(() => listScaleSets(clients, subscriptionId, signal))).map(share);
    emit({ kind: "scaleSets", subscriptionId, resources });
    await readAssignments(reading, resources);
  } catch (error) {
    const { problem } = about(ofScaleSets(displayName), error);
    emit({ kind: "failed", subscriptionId, part: "scaleSets", problem });
    // Which sets there are is not known, so neither is what they are assigned to.
    emit({ kind: "failed", subscriptionId, part: "assignments", problem });
  }
}

/** Asks each scale set for its own assignments, since no call lists those of a subscription. A set whose list fails is told as failed. */
async function readAssignments(reading: ListReading, scaleSets: readonly unknown[]): Promise<void> {
  const { subscription, clients, associations, limit, emit, signal } = reading;
  const byScaleSet = new Map<IdKey, readonly JsonObject[]>();
  const failed = new Map<IdKey, Problem>();
  const readOne = async (id: string) => {
    try {
      const assignments = await associations.of(clients, id, signal, limit);
      if (assignments.length > 0) byScaleSet.set(idKey(id), assignments);
    } catch (error) {
      const doing = message("Couldn't load the associations of {0}.", verbatim(nameOf(id)));
      failed.set(idKey(id), about(doing, error).problem);
    }
  };
  const ids = scaleSets.map((scaleSet) => textAt(scaleSet, "id")).filter((id) => id !== undefined);
  await Promise.all(ids.filter(isScaleSetId).map(readOne));
  emit({ kind: "assignments", subscriptionId: subscription.subscriptionId, byScaleSet, failed });
}
