import { assignmentId, idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import type { Facts, Owner } from "./facts.ts";
import { assignmentName } from "../../core/associations/link.ts";
import type { DanglingRecord, Snapshot } from "./snapshot.ts";

/** The assignments whose set no list has: the same record while nothing about it differs. */
export function danglingRecords(
  { subscriptions, owners }: Facts,
  scaleSets: Snapshot["scaleSets"],
  before: Snapshot["danglingAssociations"],
): Snapshot["danglingAssociations"] {
  const records = new Map<IdKey, DanglingRecord>();
  for (const [subscriptionId, { subscription, danglingAssociations }] of subscriptions) {
    if (subscription === undefined) continue;
    for (const [key, { scaleSetId, assignments }] of danglingAssociations) {
      if (scaleSets.has(key)) continue;
      for (const assignment of assignments) {
        const id = textAt(assignment, "id") ?? assignmentId(scaleSetId, assignmentName(assignment));
        const record = { id, scaleSetId, subscriptionId, assignment, ...stateOf(owners.get(key)) };
        const was = before.get(idKey(id));
        records.set(idKey(id), was !== undefined && isSame(was, record) ? was : record);
      }
    }
  }
  const isSameMap =
    records.size === before.size && [...records].every(([key, record]) => before.get(key) === record);
  return isSameMap ? before : records;
}

function stateOf(owner: Owner | undefined): Pick<DanglingRecord, "scaleSet" | "problem"> {
  if (owner === undefined) return { scaleSet: "unknown" };
  return typeof owner === "string" ? { scaleSet: owner } : { scaleSet: "unknown", problem: owner.problem };
}

function isSame(a: DanglingRecord, b: DanglingRecord): boolean {
  return (
    a.assignment === b.assignment &&
    a.scaleSet === b.scaleSet &&
    a.problem === b.problem &&
    a.subscriptionId === b.subscriptionId
  );
}
