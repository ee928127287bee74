import type { Subscription } from "../../azure/contracts.ts";
import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { unlistedConfigurations } from "../snapshot/configurations.ts";
import { assignmentsOf } from "../snapshot/facts.ts";
import type { Facts, Reading, SubscriptionFacts } from "../snapshot/facts.ts";
import type { AssignmentsOf, Snapshot } from "../snapshot/snapshot.ts";
import { format } from "./format.ts";
import type {
  ConfigurationColumns,
  ResourceColumns,
  SavedAnswer,
  SavedFile,
  SavedSubscription,
  ScaleSetColumns,
} from "./format.ts";
import { PoolWriter } from "./pool.ts";
import { configurationType, scaleSetType } from "./resources.ts";
import {
  configurationProperties,
  coverageOf,
  headOf,
  problemOf,
  scaleSetProperties,
  scheduleOf,
} from "./worth.ts";

export interface SavedAs extends Pick<SavedFile, "version" | "key" | "at"> {
  /** Which subscriptions it holds. */
  readonly isIn: (subscription: Subscription) => boolean;
  /** Resolves when it may go on. */
  readonly pause: () => Promise<void>;
}

/** So many scale sets are written at a time: the window goes on between. */
const setsPerStretch = 200;

/** What is saved of the fleet, as the text of a file. */
export async function encode(
  facts: Facts,
  snapshot: Snapshot,
  { isIn, pause, ...of }: SavedAs,
): Promise<string> {
  const own = new Map(
    [...facts.subscriptions].filter(
      ([, { subscription }]) => subscription !== undefined && isIn(subscription),
    ),
  );
  const writing = new Writing(facts, snapshot);
  let written = 0;
  for (const known of own.values()) {
    writing.addSubscription(known);
    written += known.scaleSets.items.size;
    if (written < setsPerStretch) continue;
    written = 0;
    await pause();
  }
  writing.addReferenced(unlistedConfigurations({ ...facts, subscriptions: own }).keys());
  return inAscii(JSON.stringify({ format, ...of, ...writing.content() } satisfies SavedFile));
}

/** Each text once, and where it stands. */
class Places<T> {
  readonly all: T[] = [];
  readonly #places = new Map<string, number>();

  put(value: T): number {
    const key = JSON.stringify(value);
    const place = this.#places.get(key) ?? this.all.push(value) - 1;
    this.#places.set(key, place);
    return place;
  }
}

type Writable<C> = { [K in keyof C]: C[K] extends readonly (infer V)[] ? V[] : never };

/** A file while it is written. */
class Writing {
  readonly #facts: Facts;
  readonly #snapshot: Snapshot;
  readonly #pool = new PoolWriter();
  readonly #links = new Places<readonly [name: string, configuration: string]>();
  readonly #answers = new Places<SavedAnswer>();
  readonly #subscriptions: SavedSubscription[] = [];
  readonly #configurations: Writable<ConfigurationColumns> = { ...noColumns(), schedule: [] };
  readonly #scaleSets: Writable<ScaleSetColumns> = {
    ...noColumns(),
    coverage: [],
    assignments: [],
    managedBy: [],
  };
  #referenced: SavedFile["referenced"] = [];

  constructor(facts: Facts, snapshot: Snapshot) {
    this.#facts = facts;
    this.#snapshot = snapshot;
  }

  content(): Omit<SavedFile, "format" | "version" | "key" | "at"> {
    return {
      pool: this.#pool.pool,
      links: this.#links.all,
      answers: this.#answers.all,
      subscriptions: this.#subscriptions,
      configurations: this.#configurations,
      scaleSets: this.#scaleSets,
      referenced: this.#referenced,
    };
  }

  addSubscription({ subscription, configurations, scaleSets, assignments }: SubscriptionFacts): void {
    if (subscription === undefined) return;
    const { subscriptionId, displayName, tenantId, through, state } = subscription;
    const at = oldestOf([configurations, scaleSets, assignments]);
    let count = 0;
    for (const [key, resource] of configurations.items) this.#addConfiguration(key, resource, subscriptionId);
    for (const [key, resource] of scaleSets.items) {
      const record = this.#snapshot.scaleSets.get(key);
      if (record === undefined) continue;
      count += 1;
      this.#addResource(this.#scaleSets, resource, subscriptionId, scaleSetType, scaleSetProperties);
      this.#scaleSets.coverage.push(this.#put(coverageOf(record.coverage)));
      this.#scaleSets.assignments.push(this.#answers.put(this.#answerOf(assignmentsOf(assignments, key))));
      this.#scaleSets.managedBy.push(this.#pool.putScalar(textAt(resource, "managedBy") ?? ""));
    }
    this.#subscriptions.push({
      id: subscriptionId,
      name: displayName,
      tenantId,
      throughId: through.tenantId,
      throughName: through.tenantName,
      ...(state !== undefined && { state }),
      ...(at !== undefined && { at }),
      configurations: configurations.items.size,
      scaleSets: count,
    });
  }

  /** Those that no list has and that are known to be there or to be gone. */
  addReferenced(keys: Iterable<IdKey>): void {
    this.#referenced = [...keys].flatMap((key) => {
      const answer = this.#facts.referenced.get(key);
      if (answer === undefined || answer.state === "unknown") return [];
      if (answer.state === "missing") return [[key, 0, 0] as const];
      const { id, name, type = "", location = "" } = answer.resource;
      const resource = { id, name, type, location, properties: configurationProperties(answer.resource) };
      return [[key, this.#put(resource), this.#schedulePart(key)] as const];
    });
  }

  #addConfiguration(key: IdKey, resource: Resource, subscriptionId: string): void {
    this.#addResource(
      this.#configurations,
      resource,
      subscriptionId,
      configurationType,
      configurationProperties,
    );
    this.#configurations.schedule.push(this.#schedulePart(key));
  }

  #addResource(
    columns: Writable<ResourceColumns>,
    resource: Resource,
    subscriptionId: string,
    type: string,
    propertiesOf: (resource: Resource) => JsonObject,
  ): void {
    const { location, tags, sku, zones } = headOf(resource);
    const [group, name] = identityOf(resource, subscriptionId, type);
    columns.group.push(this.#pool.putScalar(group));
    columns.name.push(name);
    columns.location.push(this.#pool.putScalar(location));
    columns.tags.push(this.#put(tags));
    columns.sku.push(this.#put(sku));
    columns.zones.push(this.#put(zones));
    columns.properties.push(this.#put(propertiesOf(resource)));
  }

  #put(value: object | undefined): number {
    return value === undefined ? 0 : this.#pool.put(value as JsonObject);
  }

  #schedulePart(key: IdKey): number {
    const schedule = this.#facts.schedules.get(key)?.facts;
    return this.#put(schedule && scheduleOf(schedule));
  }

  #answerOf(assignments: AssignmentsOf): SavedAnswer {
    if ("unknown" in assignments)
      return assignments.unknown === "loading" ? 0 : this.#put(problemOf(assignments.unknown));
    const all = assignments.known.map((one) => this.#links.put([nameIn(one), configurationIdOf(one) ?? ""]));
    return [assignments.source === "graph" ? 1 : 0, ...all];
  }
}

function noColumns(): Writable<ResourceColumns> {
  return { group: [], name: [], location: [], tags: [], sku: [], zones: [], properties: [] };
}

function oldestOf(parts: readonly Reading[]): string | undefined {
  return parts.flatMap(({ savedAt }) => savedAt ?? []).sort()[0];
}

function nameIn(assignment: JsonObject): string {
  return textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "");
}

function identityOf(
  { id, name }: Resource,
  subscriptionId: string,
  type: string,
): readonly [group: string, name: string] {
  const group = id.split("/", 5)[4] ?? "";
  const usual = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type}/${name}`;
  return id === usual ? [group, name] : ["", id];
}

/** A text of one byte for each character is read in half of the time. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
