import type { Coverage } from "../../core/associations/coverage.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import { onceFor } from "../../core/memo.ts";
import { assignmentId, groupOf, idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { ownMembers, propertiesOf, sharedMembers } from "../../core/resources/scaleSetModel.ts";
import { noAssignments, noneInGraph } from "../snapshot/facts.ts";
import type { AssignmentsOf } from "../snapshot/snapshot.ts";
import { scaleSetType } from "./format.ts";
import type { ConfigurationRow, SavedAnswer, SavedBody, SavedLink, ScaleSetRow } from "./format.ts";
import type { SavedSet } from "./recall.ts";

type Parts = SavedBody["parts"];

/** A resource's id and what follows from it. */
export interface Identity {
  readonly id: string;
  readonly key: IdKey;
  readonly name: string;
}

/** Tells the rows of one subscription's resources of a type; those of one group follow each other. */
export function identities(
  parts: Parts,
  subscriptionId: string,
  type: string,
): (row: ConfigurationRow | ScaleSetRow) => Identity {
  let [group, prefix, keyPrefix] = [-1, "", ""];
  return (row) => {
    // By its places, as it is done for each of thousands of rows.
    const name = row[0];
    const place = row[1];
    if (place === 0) return { id: name, key: idKey(name), name: nameOf(name) };
    if (place !== group) {
      group = place;
      prefix = `/subscriptions/${subscriptionId}/resourceGroups/${parts[place] as string}/providers/${type}/`;
      keyPrefix = idKey(prefix);
    }
    return { id: prefix + name, key: (keyPrefix + name.toLowerCase()) as IdKey, name };
  };
}

/** The resource of a row. */
export function resourceOf(
  parts: Parts,
  row: ConfigurationRow | ScaleSetRow,
  { id, name }: Identity,
  type: string,
  properties: JsonObject,
): Resource {
  const [, , location, tags, sku, zones] = row;
  const resource: Record<string, Json> = { id, name, type };
  for (const [member, place] of Object.entries({ location, tags, sku, zones })) {
    if (place > 0) resource[member] = parts[place] ?? null;
  }
  return { ...resource, properties } as Resource;
}

const none: readonly Finding[] = [];
const members = [...sharedMembers, ...ownMembers];

/** The key of the configuration that a link names. */
const keyIn = onceFor(([, configuration]: SavedLink) => idKey(configuration));

/** The record of a row. Thousands of sets are shown by their coverage alone: all else is made of one when it is asked for. */
export class SavedScaleSet implements SavedSet {
  readonly subscriptionId: string;
  readonly coverage: Coverage;
  readonly #identity: Identity;
  readonly #parts: Parts;
  readonly #row: ScaleSetRow;
  #resource: Resource | undefined;
  #assignments: AssignmentsOf | undefined;

  constructor(parts: Parts, row: ScaleSetRow, subscriptionId: string, identity: Identity) {
    this.subscriptionId = subscriptionId;
    this.coverage = parts[row[9]] as object as Coverage;
    this.#identity = identity;
    this.#parts = parts;
    this.#row = row;
  }

  get key(): IdKey {
    return this.#identity.key;
  }

  get id(): string {
    return this.#identity.id;
  }

  get name(): string {
    return this.#identity.name;
  }

  get resourceGroup(): string {
    return groupOf(this.id);
  }

  get resource(): Resource {
    this.#resource ??= this.#madeResource();
    return this.#resource;
  }

  get assignments(): AssignmentsOf {
    this.#assignments ??= this.#madeAssignments();
    return this.#assignments;
  }

  get named(): readonly IdKey[] {
    // An assignment need not say which configuration it is for.
    return this.#links.map(keyIn).filter((key) => key !== "");
  }

  /** Rules have not been asked yet. */
  get findings(): readonly Finding[] {
    return none;
  }

  get #answer(): SavedAnswer {
    return this.#parts[this.#row[10]] as object as SavedAnswer;
  }

  get #links(): readonly SavedLink[] {
    const answer = this.#answer;
    if (answer === null || "problem" in answer) return [];
    return answer.links.map((place) => this.#parts[place] as object as SavedLink);
  }

  #madeResource(): Resource {
    const [, , , , , , managedBy, model, own] = this.#row;
    const parts = this.#parts;
    const shared = (parts[model] as readonly number[]).map((place) => parts[place]);
    const properties = propertiesOf([...shared, ...(parts[own] as readonly Json[])], members);
    const resource = resourceOf(parts, this.#row, this.#identity, scaleSetType, properties);
    return managedBy === 0 ? resource : { ...resource, managedBy: parts[managedBy] };
  }

  #madeAssignments(): AssignmentsOf {
    const answer = this.#answer;
    if (answer === null) return { unknown: "loading" };
    if ("problem" in answer) return { unknown: answer.problem };
    const { fromGraph } = answer;
    const links = this.#links;
    if (links.length === 0) return fromGraph ? noneInGraph : noAssignments;
    const known = links.map(([name, maintenanceConfigurationId]) => ({
      id: assignmentId(this.id, name),
      name,
      properties: { maintenanceConfigurationId, resourceId: this.id },
    }));
    return fromGraph ? { known, source: "graph" } : { known };
  }
}
