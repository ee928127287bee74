import type { IdKey } from "../../core/resources/ids.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { atOnce, inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { AssociationIndex } from "../snapshot/associationIndex.ts";
import { configurationsNamedBy, knownConfiguration } from "../snapshot/configurations.ts";
import { completing, nothing } from "../snapshot/derive.ts";
import type { Derived } from "../snapshot/derived.ts";
import type { Facts, SubscriptionFacts } from "../snapshot/facts.ts";
import type { AssignmentsOf, ScaleSetRecord, Snapshot, SubscriptionRecord } from "../snapshot/snapshot.ts";
import { inOrder, unread } from "../snapshot/subscriptionRecords.ts";

/** A fleet as an earlier window saved it. */
export interface SavedFleet {
  /** Without its scale sets and their assignments. */
  readonly facts: Facts;
  /** Those of its scale sets, which stand as they stood. */
  readonly records: ReadonlyMap<IdKey, ScaleSetRecord>;
}

/** What is shown at once, and the work that makes the rest of it, which is done in one go as soon as somebody asks for the rest. */
export interface Recalled {
  readonly derived: Derived;
  readonly rest: Sliced<void>;
}

/**
 * The snapshot of a saved fleet: what `derive` makes of its facts, where the sets stand as they stood when they were saved. The user waits for
 * it, so only that is made which the first sight of the fleet shows.
 */
export function recall(saved: SavedFleet): Recalled {
  const { facts, records } = saved;
  const work = wholeOf(saved);
  let made: Derived | undefined;
  const whole = () => (made ??= atOnce(work));
  let savedAt: string | undefined;
  const subscriptions = new Map<string, SubscriptionRecord>();
  for (const [id, { subscription, configurations }] of facts.subscriptions) {
    if (subscription !== undefined) subscriptions.set(id, unread(subscription));
    const at = configurations.savedAt;
    if (at !== undefined && (savedAt === undefined || at < savedAt)) savedAt = at;
  }
  const snapshot: Snapshot = {
    ...nothing.snapshot,
    origin: facts.origin,
    subscriptions: inOrder(subscriptions),
    scaleSets: records,
    get configurations() {
      return whole().snapshot.configurations;
    },
    get referenced() {
      return whole().snapshot.referenced;
    },
    hiddenSubscriptions: facts.hidden.size,
    ...(savedAt !== undefined && { savedAt }),
  };
  const derived: Derived = {
    snapshot,
    change: nothing.change,
    get facts() {
      return whole().facts;
    },
    rules: undefined,
    get uses() {
      return whole().uses;
    },
    get associated() {
      return whole().associated;
    },
  };
  return { derived, rest: rest() };

  function* rest(): Sliced<void> {
    const done: Derived | undefined = yield* work;
    made ??= done;
  }
}

function* wholeOf({ facts: withoutSets, records }: SavedFleet): Sliced<Derived> {
  const associations = new AssociationIndex(nothing.associated);
  const subscriptions = new Map<string, SubscriptionFacts>();
  const own = new Map<string, { items: Map<IdKey, Resource>; byScaleSet: Map<IdKey, AssignmentsOf> }>();
  for (const [id, known] of withoutSets.subscriptions) {
    const { scaleSets, assignments } = known;
    const [items, byScaleSet] = [new Map<IdKey, Resource>(), new Map<IdKey, AssignmentsOf>()];
    own.set(id, { items, byScaleSet });
    subscriptions.set(id, {
      ...known,
      scaleSets: { ...scaleSets, items },
      assignments: { ...assignments, byScaleSet },
    });
  }
  yield* inPieces(records, ([key, { subscriptionId, resource, assignments }]) => {
    own.get(subscriptionId)?.items.set(key, resource as Resource);
    own.get(subscriptionId)?.byScaleSet.set(key, assignments);
    associations.replace(key, undefined, configurationsNamedBy(assignments));
  });
  const facts = { ...withoutSets, subscriptions };
  const associated = associations.after();
  yield;
  const lists = [...subscriptions.values()].map(({ configurations }) => configurations.items);
  const differ = {
    subscriptions: new Set(subscriptions.keys()),
    configurations: new Set([...lists, facts.referenced].flatMap((of) => [...of.keys()])),
  };
  const uses = new Map([...associated.keys()].map((key) => [key, knownConfiguration(facts, key)] as const));
  const sets = { records, changed: new Map<IdKey, string>() };
  yield;
  return yield* completing({ facts, rules: undefined, differ, uses, sets, associated }, nothing);
}
