import { assignmentName } from "../../core/associations/link.ts";
import {
  idKey,
  isAssignmentId,
  isConfigurationId,
  isScaleSetId,
  nameOf,
  parseId,
  subscriptionOf,
} from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { readConfigurationResource, readScaleSetResource } from "../../core/resources/malformed.ts";
import type { Reading } from "../../core/resources/malformed.ts";
import { assignmentsOf, noAssignments } from "../snapshot/facts.ts";
import type { AssignmentFacts, Facts, ListFacts, SubscriptionFacts } from "../snapshot/facts.ts";
import type { ReadBack } from "./readBack.ts";

/** Lays a read-back over the facts. Only a subscription that is shown takes it up. */
export function applyReadBack(facts: Facts, readBack: ReadBack): Facts {
  const id = readBack.kind === "assignments" ? readBack.scaleSetId : readBack.id;
  const key = subscriptionOf(idKey(id));
  const before = facts.subscriptions.get(key);
  const next = before && inSubscription(before, readBack);
  const subscriptions = next ? new Map(facts.subscriptions).set(key, next) : facts.subscriptions;
  const referenced = referencedAfter(facts, readBack);
  return { ...facts, subscriptions, referenced, owners: ownersAfter(facts, readBack) };
}

/** The part of a read-back that concerns its own subscription. */
export function inSubscription(facts: SubscriptionFacts, readBack: ReadBack): SubscriptionFacts {
  if (readBack.kind === "assignments") {
    const { scaleSetId, assignments } = readBack;
    return {
      ...facts,
      assignments: withAssignments(facts.assignments, scaleSetId, assignments),
      danglingAssociations: danglingAfter(facts, idKey(scaleSetId), () => assignments),
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
  const isOther = (assignment: JsonObject) => assignmentName(assignment) !== nameOf(id).toLowerCase();
  const after = (all: readonly JsonObject[]) => [...all.filter(isOther), ...(resource ? [resource] : [])];
  const danglingAssociations = danglingAfter(facts, idKey(scaleSetId), after);
  const known = assignmentsOf(facts.assignments, idKey(scaleSetId));
  // Where the set's other assignments are not known, one alone would be taken for all that it has.
  if ("unknown" in known)
    return danglingAssociations === facts.danglingAssociations ? facts : { ...facts, danglingAssociations };
  const assignments = withAssignments(facts.assignments, scaleSetId, after(known.known));
  return { ...facts, danglingAssociations, assignments };
}

/** The assignments of a set that no list has. */
function danglingAfter(
  { danglingAssociations }: SubscriptionFacts,
  scaleSet: IdKey,
  after: (assignments: readonly JsonObject[]) => readonly JsonObject[],
): SubscriptionFacts["danglingAssociations"] {
  const dangling = danglingAssociations.get(scaleSet);
  if (dangling === undefined) return danglingAssociations;
  const assignments = after(dangling.assignments);
  const others = new Map(danglingAssociations);
  if (assignments.length === 0) others.delete(scaleSet);
  else others.set(scaleSet, { ...dangling, assignments });
  return others;
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
  const known = all.length === 0 ? noAssignments : { known: all };
  return { ...facts, byScaleSet: new Map(facts.byScaleSet).set(idKey(scaleSetId), known) };
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

/** A scale set that was asked for directly is now known better. */
function ownersAfter({ owners }: Facts, readBack: ReadBack): Facts["owners"] {
  if (readBack.kind !== "resource" || !owners.has(idKey(readBack.id))) return owners;
  return new Map(owners).set(idKey(readBack.id), readBack.resource === undefined ? "gone" : "there");
}
