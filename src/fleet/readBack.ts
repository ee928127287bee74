import { idKey, isAssignmentId, isConfigurationId, isScaleSetId, nameOf, parseId } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import { textAt } from "../core/json.ts";
import type { JsonObject } from "../core/json.ts";
import { readConfigurationResource, readScaleSetResource } from "../core/malformed.ts";
import type { Reading } from "../core/malformed.ts";
import { assignmentsOf } from "./facts.ts";
import type { AssignmentFacts, Facts, ListFacts, SubscriptionFacts } from "./facts.ts";

/** What a direct read of Azure showed after a write. */
export type ReadBack =
  /** One configuration, scale set or assignment by its id; without `resource` it does not exist. Other ids change nothing. */
  | { readonly kind: "resource"; readonly id: string; readonly resource: JsonObject | undefined }
  /** All assignments of one scale set. */
  | {
      readonly kind: "assignments";
      readonly scaleSetId: string;
      readonly assignments: readonly JsonObject[];
    };

/** Lays a read-back over the facts. Only a subscription that is shown takes it up. */
export function applyReadBack(facts: Facts, readBack: ReadBack): Facts {
  const id = readBack.kind === "assignments" ? readBack.scaleSetId : readBack.id;
  const key = parseId(id)?.subscriptionId.toLowerCase() ?? "";
  const before = facts.subscriptions.get(key);
  const next = before && inSubscription(before, readBack);
  const subscriptions = next ? new Map(facts.subscriptions).set(key, next) : facts.subscriptions;
  return { ...facts, subscriptions, referenced: referencedAfter(facts, readBack) };
}

/** The part of a read-back that concerns its own subscription. */
export function inSubscription(facts: SubscriptionFacts, readBack: ReadBack): SubscriptionFacts {
  if (readBack.kind === "assignments") {
    return {
      ...facts,
      assignments: withAssignments(facts.assignments, readBack.scaleSetId, readBack.assignments),
    };
  }
  const { id, resource } = readBack;
  if (isConfigurationId(id)) {
    return {
      ...facts,
      configurations: withItem(facts.configurations, id, resource && readConfigurationResource(resource)),
    };
  }
  if (isScaleSetId(id)) {
    return { ...facts, scaleSets: withItem(facts.scaleSets, id, resource && readScaleSetResource(resource)) };
  }
  const scaleSetId = isAssignmentId(id) ? parseId(id)?.scope : undefined;
  if (scaleSetId === undefined) return facts;
  const known = assignmentsOf(facts.assignments, idKey(scaleSetId));
  // Where the set's other assignments are not known, one alone would be taken for all that it has.
  if ("unknown" in known) return facts;
  const others = known.known.filter((assignment) => assignmentName(assignment) !== nameOf(id).toLowerCase());
  return {
    ...facts,
    assignments: withAssignments(facts.assignments, scaleSetId, resource ? [...others, resource] : others),
  };
}

function withItem(list: ListFacts, id: string, reading: Reading | undefined): ListFacts {
  const items = new Map(list.items);
  if (reading === undefined) items.delete(idKey(id));
  else if ("resource" in reading) items.set(idKey(id), reading.resource);
  return { ...list, items };
}

function withAssignments(
  facts: AssignmentFacts,
  scaleSetId: string,
  all: readonly JsonObject[],
): AssignmentFacts {
  const key = idKey(scaleSetId);
  const failed = new Map(facts.failed);
  failed.delete(key);
  return { ...facts, byScaleSet: new Map(facts.byScaleSet).set(key, all), failed };
}

/** A configuration that was asked for directly is now known better. */
function referencedAfter({ referenced }: Facts, readBack: ReadBack): Facts["referenced"] {
  if (readBack.kind !== "resource" || !isConfigurationId(readBack.id)) return referenced;
  const key: IdKey = idKey(readBack.id);
  if (readBack.resource === undefined) return new Map(referenced).set(key, { state: "missing" });
  const reading = readConfigurationResource(readBack.resource);
  if (!referenced.has(key) || !("resource" in reading)) return referenced;
  return new Map(referenced).set(key, { state: "found", resource: reading.resource });
}

function assignmentName(assignment: JsonObject): string {
  return (textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "")).toLowerCase();
}
