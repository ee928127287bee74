import type { AccountName } from "../../azure/contracts.ts";
import type { Coverage } from "../../core/associations/coverage.ts";
import { assignmentId, groupOf, idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { propertiesOf } from "../../core/resources/scaleSetModel.ts";
import type { Sliced } from "../../core/slices.ts";
import type { SubscriptionFilter } from "../events.ts";
import { newSubscription, noAssignments, noFacts, noneInGraph } from "../snapshot/facts.ts";
import type { Referenced, Schedule, SubscriptionFacts } from "../snapshot/facts.ts";
import type { AssignmentsOf, ScaleSetRecord, Snapshot } from "../snapshot/snapshot.ts";
import { outerMembers } from "./format.ts";
import type { SavedAnswer, SavedConfiguration, SavedLine, SavedSubscription, ScaleSetRow } from "./format.ts";
import type { SavedFleet } from "./recall.ts";

/** The lines of a file. */
export interface SavedLines {
  readonly lines: readonly string[];
  /** When they were written: an ISO instant. */
  readonly at: string;
  /** Through whom its subscriptions were reached; undefined in the sandbox. */
  readonly account: AccountName | undefined;
}

/** What several files hold of one fleet, of those subscriptions that are `wanted`. */
export function* decode(
  files: readonly SavedLines[],
  origin: Snapshot["origin"],
  wanted: SubscriptionFilter,
): Sliced<SavedFleet> {
  const subscriptions = new Map<string, SubscriptionFacts>();
  const configurations = new Map<string, Map<IdKey, Resource>>();
  const hidden = new Set<string>();
  const referenced = new Map<IdKey, Referenced>();
  const schedules = new Map<IdKey, Schedule>();
  const records = new Map<IdKey, ScaleSetRecord>();
  const taken = (key: IdKey, { resource, schedule }: SavedConfiguration) => {
    if (schedule !== undefined) schedules.set(key, { resource, facts: schedule });
    return resource;
  };
  const listOf = (id: string, subscription: SavedSubscription, of: SavedLines) => {
    const list = configurations.get(id) ?? new Map<IdKey, Resource>();
    if (!configurations.has(id)) subscriptions.set(id, factsOf(subscription, list, of));
    configurations.set(id, list);
    return list;
  };
  for (const file of files) {
    const parts = new Parts();
    for (const text of file.lines) {
      const line = JSON.parse(text) as SavedLine;
      parts.add(line.parts);
      for (const { subscription, ...of } of line.lists) {
        const id = subscription.subscriptionId.toLowerCase();
        if (!wanted(subscription)) {
          hidden.add(id);
          continue;
        }
        const list = listOf(id, subscription, file);
        for (const one of of.configurations) {
          const key = idKey(one.resource.id);
          list.set(key, taken(key, one));
        }
        for (const row of of.scaleSets) records.set(idKey(row[0]), new SavedSet(id, row, parts));
      }
      for (const [id, one] of line.referenced ?? []) {
        const key = idKey(id);
        referenced.set(key, one ? { state: "found", resource: taken(key, one) } : { state: "missing" });
      }
      yield;
    }
  }
  return { facts: { ...noFacts(origin), subscriptions, hidden, referenced, schedules }, records };
}

/** A subscription of which everything counts as still to be read. */
function factsOf(
  { at, ...saved }: SavedSubscription,
  items: ReadonlyMap<IdKey, Resource>,
  { at: writtenAt, account }: SavedLines,
): SubscriptionFacts {
  const reading = { awaited: true, outcome: "ready", savedAt: at ?? writtenAt } as const;
  return {
    ...newSubscription,
    subscription: { ...saved, through: { ...saved.through, ...(account && { account }) } },
    configurations: { ...newSubscription.configurations, ...reading, items },
    scaleSets: { ...newSubscription.scaleSets, ...reading },
    assignments: { ...newSubscription.assignments, ...reading },
  };
}

/** The values that rows name by their places. */
class Parts {
  readonly #values: Json[] = [null];
  /** The `properties` that sets share, by their place. */
  readonly #models = new Map<number, JsonObject>();

  add(values: readonly Json[]): void {
    // One by one: they may be too many for one call.
    for (const value of values) this.#values.push(value);
  }

  of(place: number): Json {
    return this.#values[place] as Json;
  }

  /** The same object for all sets of a model. */
  properties(model: number): JsonObject {
    let properties = this.#models.get(model);
    if (properties === undefined) {
      const places = this.of(model) as readonly number[];
      properties = propertiesOf(places.map((place) => this.of(place)));
      this.#models.set(model, properties);
    }
    return properties;
  }
}

/** A record of which most is made when it is asked for: thousands of sets are shown by what it has itself. A copy lacks the rest. */
class SavedSet implements ScaleSetRecord {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly coverage: Coverage;
  readonly #row: ScaleSetRow;
  readonly #parts: Parts;
  #resource: Resource | undefined;
  #assignments: AssignmentsOf | undefined;

  constructor(subscriptionId: string, row: ScaleSetRow, parts: Parts) {
    this.id = row[0];
    this.name = this.id.slice(this.id.lastIndexOf("/") + 1);
    this.subscriptionId = subscriptionId;
    this.coverage = parts.of(row[2]) as object as Coverage;
    this.#row = row;
    this.#parts = parts;
  }

  get resourceGroup(): string {
    return groupOf(this.id);
  }

  get resource(): Resource {
    return (this.#resource ??= this.#madeResource());
  }

  get assignments(): AssignmentsOf {
    return (this.#assignments ??= this.#madeAssignments());
  }

  /** Rules have not been asked yet. */
  get findings(): readonly [] {
    return [];
  }

  #madeResource(): Resource {
    const { id, name } = this;
    const [, model, , , ...outer] = this.#row;
    const resource: Record<string, Json> = {};
    outer.forEach((place, index) => {
      if (place > 0) resource[outerMembers[index] ?? ""] = this.#parts.of(place);
    });
    return { ...resource, id, name, properties: this.#parts.properties(model) };
  }

  #madeAssignments(): AssignmentsOf {
    const answer = this.#parts.of(this.#row[3]) as object as SavedAnswer;
    if ("unknown" in answer) return answer;
    const { links, source } = answer;
    if (links.length === 0) return source === undefined ? noAssignments : noneInGraph;
    const resourceId = this.id;
    const known = links.map(([name, configuration]) => {
      const id = configuration > 0 && { maintenanceConfigurationId: this.#parts.of(configuration) };
      return { id: assignmentId(resourceId, name), name, properties: { resourceId, ...id } };
    });
    return { known, ...(source && { source }) };
  }
}
