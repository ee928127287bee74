import type { AccountName } from "../../azure/contracts.ts";
import type { Coverage } from "../../core/associations/coverage.ts";
import { assignmentId, groupOf, idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { ownMembers, propertiesOf, sharedMembers } from "../../core/resources/scaleSetModel.ts";
import type { Sliced } from "../../core/slices.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { SubscriptionFilter } from "../events.ts";
import { newSubscription, noAssignments, noFacts, noneInGraph } from "../snapshot/facts.ts";
import type { Referenced, Schedule, SubscriptionFacts } from "../snapshot/facts.ts";
import type { AssignmentsOf, ScaleSetRecord, Snapshot } from "../snapshot/snapshot.ts";
import { outerMembers } from "./format.ts";
import type {
  ConfigurationRow,
  SavedAnswer,
  SavedLine,
  SavedList,
  SavedSubscription,
  ScaleSetRow,
} from "./format.ts";
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
  const reading = new Reading();
  for (const { lines, ...of } of files) {
    const parts = new Parts();
    for (const text of lines) {
      const line = JSON.parse(text) as SavedLine;
      parts.add(line.parts);
      for (const list of line.lists) {
        const subscription = parts.of(list.subscription) as object as SavedSubscription;
        const key = subscription.subscriptionId.toLowerCase();
        if (wanted(subscription)) reading.list(key, reading.begun(key, subscription, of), list, parts);
        else reading.hidden.add(key);
      }
      for (const [key, row] of line.referenced ?? []) reading.answer(key as IdKey, row, parts);
      yield;
    }
  }
  const { records, ...facts } = reading;
  return { facts: { ...noFacts(origin), ...facts }, records };
}

/** A fleet while it is read. */
class Reading {
  readonly subscriptions = new Map<string, SubscriptionFacts>();
  readonly hidden = new Set<string>();
  readonly referenced = new Map<IdKey, Referenced>();
  readonly schedules = new Map<IdKey, Schedule>();
  readonly records = new Map<IdKey, ScaleSetRecord>();
  readonly #items = new Map<string, Map<IdKey, Resource>>();

  /** The configurations of a subscription, of which everything counts as still to be read. */
  begun(
    key: string,
    { at, ...saved }: SavedSubscription,
    { at: writtenAt, account }: Omit<SavedLines, "lines">,
  ): Map<IdKey, Resource> {
    const items = this.#items.get(key) ?? new Map<IdKey, Resource>();
    if (this.#items.has(key)) return items;
    this.#items.set(key, items);
    const reading = { awaited: true, outcome: "ready", savedAt: at ?? writtenAt } as const;
    this.subscriptions.set(key, {
      ...newSubscription,
      subscription: { ...saved, through: { ...saved.through, ...(account && { account }) } },
      configurations: { ...newSubscription.configurations, ...reading, items },
      scaleSets: { ...newSubscription.scaleSets, ...reading },
      assignments: { ...newSubscription.assignments, ...reading },
    });
    return items;
  }

  /** `subscriptionId`: lower-cased. */
  list(
    subscriptionId: string,
    items: Map<IdKey, Resource>,
    { configurations, scaleSets }: SavedList,
    parts: Parts,
  ): void {
    for (const row of configurations) {
      const key = idKey(row[0]);
      items.set(key, this.#configuration(key, row, parts));
    }
    for (const row of scaleSets) this.records.set(idKey(row[0]), new SavedSet(subscriptionId, row, parts));
  }

  answer(key: IdKey, row: ConfigurationRow | null, parts: Parts): void {
    const resource = row && this.#configuration(key, row, parts);
    this.referenced.set(key, resource ? { state: "found", resource } : { state: "missing" });
  }

  #configuration(key: IdKey, row: ConfigurationRow, parts: Parts): Resource {
    const resource = parts.resource(row, parts.of(row[1]) as JsonObject, 3);
    const facts = parts.of(row[2]);
    if (facts !== null) this.schedules.set(key, { resource, facts: facts as object as ScheduleFacts });
    return resource;
  }
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

  /** The resource of a row, whose outer members begin at a place of it. */
  resource(row: ConfigurationRow | ScaleSetRow, properties: JsonObject, outer: number): Resource {
    const id = row[0];
    const resource: Record<string, Json> = { id, name: nameIn(id) };
    outerMembers.forEach((member, index) => {
      const value = this.of(row[outer + index] as number);
      if (value !== null) resource[member] = value;
    });
    return { ...resource, properties } as Resource;
  }

  /** What an answer says of the assignments of a set. */
  assignments(answer: SavedAnswer, resourceId: string): AssignmentsOf {
    if ("unknown" in answer) return answer;
    const { links, source } = answer;
    if (links.length === 0) return source === undefined ? noAssignments : noneInGraph;
    const known = links.map(([name, configuration]) => {
      const id = configuration > 0 && { maintenanceConfigurationId: this.of(configuration) };
      return { id: assignmentId(resourceId, name), name, properties: { resourceId, ...id } };
    });
    return { known, ...(source && { source }) };
  }

  properties(model: number, own: number): JsonObject {
    let properties = this.#models.get(model);
    if (properties === undefined) {
      properties = propertiesOf(this.#valuesAt(model), sharedMembers);
      this.#models.set(model, properties);
    }
    return own === 0 ? properties : propertiesOf(this.#valuesAt(own), ownMembers, properties);
  }

  #valuesAt(place: number): readonly Json[] {
    return (this.of(place) as readonly number[]).map((one) => this.of(one));
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
    this.name = nameIn(this.id);
    this.subscriptionId = subscriptionId;
    this.coverage = parts.of(row[3]) as object as Coverage;
    this.#row = row;
    this.#parts = parts;
  }

  get resourceGroup(): string {
    return groupOf(this.id);
  }

  get resource(): Resource {
    const [, model, own] = this.#row;
    return (this.#resource ??= this.#parts.resource(this.#row, this.#parts.properties(model, own), 5));
  }

  get assignments(): AssignmentsOf {
    const answer = this.#parts.of(this.#row[4]) as object as SavedAnswer;
    return (this.#assignments ??= this.#parts.assignments(answer, this.id));
  }

  /** Rules have not been asked yet. */
  get findings(): readonly [] {
    return [];
  }
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
