import type { AccountName, Subscription } from "../../azure/contracts.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { SubscriptionFilter } from "../events.ts";
import { newSubscription, noFacts } from "../snapshot/facts.ts";
import type { Facts, Referenced, Schedule, SubscriptionFacts } from "../snapshot/facts.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import {
  bodyEnds,
  bodyFollows,
  configurationType,
  format,
  hashOf,
  maxAgeMs,
  maxCharacters,
  scaleSetType,
} from "./format.ts";
import type { SavedBody, SavedHead, SavedSubscription } from "./format.ts";
import type { SavedFleet, SavedPart } from "./recall.ts";
import { identities, resourceOf, SavedScaleSet } from "./scaleSet.ts";

/** A file's text and what it must be. */
export interface Saved extends Pick<SavedHead, "version" | "key"> {
  readonly text: string;
  /** Through whom its subscriptions were reached; undefined in the sandbox. */
  readonly account: AccountName | undefined;
}

/**
 * What a file holds of the fleet, of those subscriptions that are `wanted`. Throws an Error that says what is wrong with it: it is no such
 * file, another version's, too old, or not whole. After that all that it holds can be asked for.
 */
export function decode(
  saved: Saved,
  origin: Snapshot["origin"],
  now: string,
  wanted: SubscriptionFilter,
): SavedFleet {
  const { text } = saved;
  if (text.length > maxCharacters) throw new Error("It is too large.");
  const end = text.indexOf(bodyFollows);
  const head = headOf(JSON.parse(`${text.slice(0, end)}}`) as SavedHead, saved, now);
  const body = text.slice(end + bodyFollows.length, -bodyEnds.length);
  if (!text.endsWith(bodyEnds) || hashOf(body) !== head.hash) throw new Error("It is not whole.");
  return new Decoded(JSON.parse(body) as SavedBody, head.at, origin, saved.account, wanted);
}

/** What several accounts reach, as one fleet. */
export function together(all: readonly SavedFleet[]): SavedFleet | undefined {
  return all.reduce<SavedFleet | undefined>(
    (sum, one) => (sum === undefined ? one : both(sum, one)),
    undefined,
  );
}

function both(one: SavedFleet, other: SavedFleet): SavedFleet {
  const hidden = new Set([...one.hidden, ...other.hidden]);
  const made = (a: Facts, b: Facts): Facts => ({
    ...a,
    subscriptions: new Map([...a.subscriptions, ...b.subscriptions]),
    hidden,
    referenced: new Map([...a.referenced, ...b.referenced]),
    schedules: new Map([...a.schedules, ...b.schedules]),
  });
  let facts: Facts | undefined;
  return {
    origin: one.origin,
    subscriptions: new Map([...one.subscriptions, ...other.subscriptions]),
    hidden,
    get withoutSets() {
      return made(one.withoutSets, other.withoutSets);
    },
    get facts() {
      return (facts ??= made(one.facts, other.facts));
    },
  };
}

function headOf(head: SavedHead, { version, key }: Saved, now: string): SavedHead {
  if (head.format !== format || head.version !== version) throw new Error("It is another version's.");
  if (head.key !== key) throw new Error("It is someone else's.");
  const age = Date.parse(now) - Date.parse(head.at);
  if (!(age <= maxAgeMs)) throw new Error("It is too old.");
  return head;
}

/** A file that is whole, and of which objects are made as they are asked for. */
class Decoded implements SavedFleet {
  readonly origin: Snapshot["origin"];
  readonly subscriptions = new Map<string, SavedPart>();
  readonly hidden = new Set<string>();
  readonly #file: SavedBody;
  readonly #saved = new Map<string, SavedSubscription>();
  #withoutSets: Facts | undefined;
  #facts: Facts | undefined;

  constructor(
    file: SavedBody,
    savedAt: string,
    origin: Snapshot["origin"],
    account: AccountName | undefined,
    wanted: SubscriptionFilter,
  ) {
    this.origin = origin;
    this.#file = file;
    for (const saved of file.subscriptions) {
      const key = saved.id.toLowerCase();
      if (!wanted({ subscriptionId: saved.id, displayName: saved.name })) this.hidden.add(key);
      else {
        const identity = identities(file.parts, saved.id, scaleSetType);
        this.#saved.set(key, saved);
        this.subscriptions.set(key, {
          subscription: subscriptionOf(saved, account),
          at: saved.at ?? savedAt,
          scaleSets: saved.scaleSets.map((row) => new SavedScaleSet(file.parts, row, key, identity(row))),
        });
      }
    }
  }

  get withoutSets(): Facts {
    this.#withoutSets ??= this.#madeWithoutSets();
    return this.#withoutSets;
  }

  get facts(): Facts {
    this.#facts ??= this.#madeFacts();
    return this.#facts;
  }

  #madeWithoutSets(): Facts {
    const { hidden } = this;
    const { parts } = this.#file;
    const subscriptions = new Map<string, SubscriptionFacts>();
    const schedules = new Map<IdKey, Schedule>();
    const take = (key: IdKey, resource: Resource, place: number) => {
      if (place > 0) schedules.set(key, { resource, facts: parts[place] as object as ScheduleFacts });
      return resource;
    };
    for (const [key, { subscription, at }] of this.subscriptions) {
      const reading = { awaited: true, outcome: "ready", savedAt: at } as const;
      const items = new Map<IdKey, Resource>();
      const identity = identities(parts, subscription.subscriptionId, configurationType);
      for (const row of this.#saved.get(key)?.configurations ?? []) {
        const of = identity(row);
        const properties = parts[row[6]] as JsonObject;
        items.set(of.key, take(of.key, resourceOf(parts, row, of, configurationType, properties), row[7]));
      }
      subscriptions.set(key, {
        ...newSubscription,
        subscription,
        configurations: { ...reading, items, malformed: [] },
        scaleSets: { ...newSubscription.scaleSets, ...reading },
        assignments: { ...newSubscription.assignments, ...reading },
      });
    }
    const referenced = new Map(
      this.#file.referenced.map(([id, place, schedule]): [IdKey, Referenced] => {
        if (place === 0) return [idKey(id), { state: "missing" }];
        return [idKey(id), { state: "found", resource: take(idKey(id), parts[place] as Resource, schedule) }];
      }),
    );
    return { ...noFacts(this.origin), subscriptions, hidden, referenced, schedules };
  }

  #madeFacts(): Facts {
    const subscriptions = new Map<string, SubscriptionFacts>();
    for (const [key, known] of this.withoutSets.subscriptions) {
      const sets = this.subscriptions.get(key)?.scaleSets ?? [];
      const items = new Map(sets.map((set) => [set.key, set.resource as Resource]));
      const byScaleSet = new Map(sets.map((set) => [set.key, set.assignments]));
      subscriptions.set(key, {
        ...known,
        scaleSets: { ...known.scaleSets, items },
        assignments: { ...known.assignments, byScaleSet },
      });
    }
    return { ...this.withoutSets, subscriptions };
  }
}

function subscriptionOf(
  { id, name, tenantId, throughId, throughName, state }: SavedSubscription,
  account: AccountName | undefined,
): Subscription {
  const through = { tenantId: throughId, tenantName: throughName, ...(account && { account }) };
  const isKnown = typeof state === "string";
  return { subscriptionId: id, displayName: name, tenantId, through, ...(isKnown && { state }) };
}
