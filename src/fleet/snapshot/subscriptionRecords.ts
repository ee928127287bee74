import type { Subscription } from "../../azure/contracts.ts";
import { compare } from "./compare.ts";
import { differing } from "./differences.ts";
import type { Differences } from "./differences.ts";
import type { Facts, Reading } from "./facts.ts";
import type { MalformedRecord, Part, Snapshot, SubscriptionRecord } from "./snapshot.ts";

/** The subscriptions that have been named, in an order that does not depend on when they arrived. */
export function subscriptionRecords(
  { subscriptions }: Facts,
  before: Snapshot["subscriptions"],
  differ: Pick<Differences, "subscriptions">,
): Snapshot["subscriptions"] {
  const records = new Map(before);
  for (const id of differ.subscriptions) {
    const known = subscriptions.get(id);
    if (known?.subscription === undefined) records.delete(id);
    else {
      const { subscription, configurations, scaleSets, assignments, graphProblem } = known;
      const was = records.get(id);
      const record: SubscriptionRecord = {
        subscription,
        configurations: partOf(configurations, was?.configurations),
        scaleSets: partOf(scaleSets, was?.scaleSets),
        assignments: partOf(assignments, was?.assignments),
        ...(graphProblem && { graphProblem }),
      };
      if (was === undefined || !isSame(was, record)) records.set(id, record);
    }
  }
  const others = differing(before, records);
  if (others.length === 0) return before;
  // Only one that is new, or has another name, stands in the wrong place.
  const areInPlace = others.every((id) => {
    const [was, is] = [before.get(id), records.get(id)];
    return was !== undefined && (is === undefined || nameOf(was) === nameOf(is));
  });
  return areInPlace ? records : inOrder(records);
}

/** The records in an order that does not depend on when they arrived: by name, as they are shown, or almost so. */
export function inOrder(records: Snapshot["subscriptions"]): Snapshot["subscriptions"] {
  return new Map(
    [...records].sort(([a, one], [b, other]) => compare(nameOf(one), nameOf(other)) || compare(a, b)),
  );
}

function nameOf({ subscription }: SubscriptionRecord): string {
  return subscription.displayName;
}

function isSame(a: SubscriptionRecord, b: SubscriptionRecord): boolean {
  return (
    a.subscription === b.subscription &&
    a.configurations === b.configurations &&
    a.scaleSets === b.scaleSets &&
    a.assignments === b.assignments &&
    a.graphProblem === b.graphProblem
  );
}

const loading: Part = { state: "loading" };
const arriving: Part = { state: "loading", isPartial: true };
const ready: Part = { state: "ready" };

/** A subscription of which everything is still to be read. */
export function unread(subscription: Subscription): SubscriptionRecord {
  return { subscription, configurations: loading, scaleSets: loading, assignments: loading };
}

function partOf({ awaited, outcome }: Reading, before: Part | undefined): Part {
  if (outcome === undefined || (awaited && outcome !== "ready")) return arriving;
  if (awaited) return loading;
  if (outcome === "ready") return ready;
  return before?.state === "failed" && before.problem === outcome
    ? before
    : { state: "failed", problem: outcome };
}

/** The items that are not what their list says, of the subscriptions that are shown: the same list while it has the same items. */
export function malformedIn(
  facts: Facts,
  shown: Snapshot["subscriptions"],
  before: readonly MalformedRecord[],
): readonly MalformedRecord[] {
  const malformed: MalformedRecord[] = [];
  for (const id of shown.keys()) {
    const known = facts.subscriptions.get(id);
    if (known !== undefined) malformed.push(...known.configurations.malformed, ...known.scaleSets.malformed);
  }
  const isSameList =
    malformed.length === before.length && malformed.every((item, index) => item === before[index]);
  return isSameList ? before : malformed;
}
