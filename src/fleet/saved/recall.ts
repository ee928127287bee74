import type { Subscription } from "../../azure/contracts.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { atOnce } from "../../core/slices.ts";
import { AssociationIndex } from "../snapshot/associationIndex.ts";
import { knownConfiguration } from "../snapshot/configurations.ts";
import { completing, nothing } from "../snapshot/derive.ts";
import type { Derived } from "../snapshot/derived.ts";
import type { Facts } from "../snapshot/facts.ts";
import type { ScaleSetRecord, Snapshot } from "../snapshot/snapshot.ts";
import { inOrder, unread } from "../snapshot/subscriptionRecords.ts";

/** A fleet as an earlier window saved it. */
export interface SavedFleet {
  readonly origin: Snapshot["origin"];
  /** By lower-cased id. */
  readonly subscriptions: ReadonlyMap<string, SavedPart>;
  /** Lower-cased ids of the subscriptions that the user's filter hides. */
  readonly hidden: ReadonlySet<string>;
  /** All that was read of it but of its scale sets, made when it is first asked for. */
  readonly withoutSets: Facts;
  /** All of it, likewise: it has the very objects that the records and `withoutSets` have. */
  readonly facts: Facts;
}

/** What was saved of a subscription, as far as the first sight of the fleet needs it. */
export interface SavedPart {
  readonly subscription: Subscription;
  /** When it was read: an ISO instant. */
  readonly at: string;
  readonly scaleSets: readonly SavedSet[];
}

/** A record of which little has been made yet. Its members are no members of its own: a copy has none of them. */
export interface SavedSet extends ScaleSetRecord {
  readonly key: IdKey;
  /** The configurations that its assignments name. */
  readonly named: readonly IdKey[];
}

/**
 * The snapshot of a saved fleet: what `derive` makes of its facts, where the sets stand as they stood when they were saved. The user waits for
 * it, so only that is made which the first sight of the fleet shows; all else is made when it is asked for.
 */
export function recall(saved: SavedFleet): Derived {
  const scaleSets = new Map<IdKey, ScaleSetRecord>();
  let savedAt: string | undefined;
  for (const part of saved.subscriptions.values()) {
    if (savedAt === undefined || part.at < savedAt) savedAt = part.at;
    for (const set of part.scaleSets) scaleSets.set(set.key, set);
  }
  let made: Derived | undefined;
  const whole = () => (made ??= wholeOf(saved, scaleSets));
  const records = [...saved.subscriptions].map(
    ([key, { subscription }]) => [key, unread(subscription)] as const,
  );
  const snapshot: Snapshot = {
    ...nothing.snapshot,
    origin: saved.origin,
    subscriptions: inOrder(new Map(records)),
    scaleSets,
    get configurations() {
      return whole().snapshot.configurations;
    },
    get referenced() {
      return whole().snapshot.referenced;
    },
    hiddenSubscriptions: saved.hidden.size,
    ...(savedAt !== undefined && { savedAt }),
  };
  return {
    snapshot,
    change: { ids: "all" },
    get facts() {
      return saved.facts;
    },
    rules: undefined,
    get uses() {
      return whole().uses;
    },
    get associated() {
      return whole().associated;
    },
  };
}

function wholeOf({ withoutSets: facts, subscriptions }: SavedFleet, records: Snapshot["scaleSets"]): Derived {
  const associations = new AssociationIndex(nothing.associated);
  for (const { scaleSets } of subscriptions.values())
    for (const set of scaleSets) associations.replace(set.key, undefined, set.named);
  const associated = associations.after();
  const lists = [...facts.subscriptions.values()].map(({ configurations }) => configurations.items);
  const differ = {
    subscriptions: new Set(facts.subscriptions.keys()),
    configurations: new Set([...lists, facts.referenced].flatMap((of) => [...of.keys()])),
  };
  const uses = new Map([...associated.keys()].map((key) => [key, knownConfiguration(facts, key)] as const));
  const sets = { records, changed: new Map<IdKey, string>() };
  return atOnce(completing({ facts, rules: undefined, differ, uses, sets, associated }, nothing));
}
