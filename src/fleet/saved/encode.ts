import type { Subscription } from "../../azure/contracts.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { ownMembers, sharedMembers } from "../../core/resources/scaleSetModel.ts";
import { atOnce } from "../../core/slices.ts";
import { unlistedConfigurations } from "../snapshot/configurations.ts";
import { assignmentsOf } from "../snapshot/facts.ts";
import type { Facts, Reading, SubscriptionFacts } from "../snapshot/facts.ts";
import type { AssignmentsOf, Snapshot } from "../snapshot/snapshot.ts";
import { bodyEnds, bodyFollows, configurationType, format, hashOf, scaleSetType } from "./format.ts";
import type {
  ConfigurationRow,
  ResourceRow,
  SavedAnswer,
  SavedBody,
  SavedHead,
  SavedLink,
  SavedSubscription,
  ScaleSetRow,
} from "./format.ts";
import { configurationProperties, coverageOf, headOf, problemOf, scheduleOf, worthOf } from "./worth.ts";

export interface SavedAs extends Pick<SavedHead, "version" | "key" | "at"> {
  /** Which subscriptions it holds. */
  readonly isIn: (subscription: Subscription) => boolean;
  /** Resolves when it may go on. */
  readonly pause: () => Promise<void>;
}

/** So many resources are written at a time: the window goes on between. */
const resourcesPerStretch = 200;

/** What is saved of the fleet, as the text of a file. It is put together of short texts, so that no stretch of the work takes long. */
export async function encode(
  facts: Facts,
  snapshot: Snapshot,
  { isIn, pause, ...of }: SavedAs,
): Promise<string> {
  const writing = new Writing(facts, snapshot);
  const own = new Map<string, SubscriptionFacts>();
  const subscriptions: string[] = [];
  for (const [id, known] of facts.subscriptions) {
    if (known.subscription === undefined || !isIn(known.subscription)) continue;
    own.set(id, known);
    subscriptions.push(await writing.subscription(known, known.subscription, pause));
  }
  const referenced = inAscii(
    writing.referenced(atOnce(unlistedConfigurations({ ...facts, subscriptions: own })).keys()),
  );
  const parts = writing.parts.join();
  const body = `{"referenced":${referenced},"subscriptions":[${subscriptions.join()}],"parts":[${parts}]}`;
  const head = JSON.stringify({ format, ...of, hash: hashOf(body) } satisfies SavedHead);
  return inAscii(head).slice(0, -1) + bodyFollows + body + bodyEnds;
}

/** A file while it is written. */
class Writing {
  /** The text of each different value. */
  readonly parts = ["null"];
  readonly #facts: Facts;
  readonly #snapshot: Snapshot;
  readonly #places = new Map([["null", 0]]);
  /** Those of objects that thousands of sets share. */
  readonly #known = new Map<object, number>();
  #rows = 0;

  constructor(facts: Facts, snapshot: Snapshot) {
    this.#facts = facts;
    this.#snapshot = snapshot;
  }

  async subscription(
    { configurations, scaleSets, assignments }: SubscriptionFacts,
    { subscriptionId, displayName, tenantId, through, state }: Subscription,
    pause: () => Promise<void>,
  ): Promise<string> {
    const at = oldestOf([configurations, scaleSets, assignments]);
    const head: Omit<SavedSubscription, "configurations" | "scaleSets"> = {
      id: subscriptionId,
      name: displayName,
      tenantId,
      throughId: through.tenantId,
      throughName: through.tenantName,
      ...(state !== undefined && { state }),
      ...(at !== undefined && { at }),
    };
    const rows = { configurations: [] as string[], scaleSets: [] as string[] };
    for (const [key, resource] of configurations.items) {
      rows.configurations.push(JSON.stringify(this.#configuration(key, resource, subscriptionId)));
      await this.#written(pause);
    }
    for (const [key, resource] of scaleSets.items) {
      const record = this.#snapshot.scaleSets.get(key);
      if (record === undefined) continue;
      const row: ScaleSetRow = [
        ...this.#resource(resource, subscriptionId, scaleSetType),
        this.#put(textAt(resource, "managedBy")),
        this.#put(sharedMembers.map((member) => this.#put(worthOf(resource.properties, member)))),
        this.#put(ownMembers.map((member) => worthOf(resource.properties, member))),
        this.#put(coverageOf(record.coverage)),
        this.#answer(assignmentsOf(assignments, key)),
      ];
      rows.scaleSets.push(JSON.stringify(row));
      await this.#written(pause);
    }
    const lists = `"configurations":[${rows.configurations.join()}],"scaleSets":[${rows.scaleSets.join()}]`;
    return inAscii(`${JSON.stringify(head).slice(0, -1)},${lists}}`);
  }

  /** Those that no list has and that are known to be there or to be gone. */
  referenced(keys: Iterable<IdKey>): string {
    const rows = [...keys].flatMap((key): SavedBody["referenced"] => {
      const answer = this.#facts.referenced.get(key);
      if (answer === undefined || answer.state === "unknown") return [];
      if (answer.state === "missing") return [[key, 0, 0]];
      const { id, name, type = "", location = "" } = answer.resource;
      const resource = { id, name, type, location, properties: configurationProperties(answer.resource) };
      return [[key, this.#put(resource), this.#schedule(key)]];
    });
    return JSON.stringify(rows);
  }

  #configuration(key: IdKey, resource: Resource, subscriptionId: string): ConfigurationRow {
    const row = this.#resource(resource, subscriptionId, configurationType);
    return [...row, this.#put(configurationProperties(resource)), this.#schedule(key)];
  }

  #resource(resource: Resource, subscriptionId: string, type: string): ResourceRow {
    const [group, name] = identityOf(resource, subscriptionId, type);
    const { location, tags, sku, zones } = headOf(resource);
    return [name, this.#put(group), this.#put(location), this.#put(tags), this.#put(sku), this.#put(zones)];
  }

  #schedule(key: IdKey): number {
    const schedule = this.#facts.schedules.get(key)?.facts;
    return this.#put(schedule && scheduleOf(schedule));
  }

  #answer(assignments: AssignmentsOf): number {
    const put = (answer: SavedAnswer) => this.#put(answer);
    if ("unknown" in assignments)
      return put(assignments.unknown === "loading" ? null : { problem: problemOf(assignments.unknown) });
    const links = assignments.known.map((one) =>
      this.#put([nameIn(one), configurationIdOf(one) ?? ""] satisfies SavedLink),
    );
    return put({ fromGraph: assignments.source === "graph", links });
  }

  /** The place of a value. */
  #put(value: unknown): number {
    if (value === undefined || value === null) return 0;
    const known = typeof value === "object" ? this.#known.get(value) : undefined;
    if (known !== undefined) return known;
    const text = inAscii(JSON.stringify(value));
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.parts.push(text) - 1;
      this.#places.set(text, place);
    }
    if (typeof value === "object") this.#known.set(value, place);
    return place;
  }

  async #written(pause: () => Promise<void>): Promise<void> {
    this.#rows += 1;
    if (this.#rows % resourcesPerStretch === 0) await pause();
  }
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
): readonly [group: string | undefined, name: string] {
  const group = id.split("/", 5)[4] ?? "";
  const usual = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type}/${name}`;
  return id === usual ? [group, name] : [undefined, id];
}

/** A text of one byte for each character is read in half of the time. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
