import type { AccountName } from "../../azure/contracts.ts";
import type { Coverage } from "../../core/coverage.ts";
import { idKey, nameOf } from "../../core/ids.ts";
import type { IdKey } from "../../core/ids.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Resource } from "../../core/malformed.ts";
import { memo } from "../../core/memo.ts";
import type { Problem } from "../../core/problem.ts";
import type { ScheduleFacts } from "../../core/windows/types.ts";
import type { SubscriptionFilter } from "../events.ts";
import { newSubscription, noAssignments, noFacts, noneInGraph } from "../facts.ts";
import type { Facts, Referenced, Schedule, SubscriptionFacts } from "../facts.ts";
import type { AssignmentsOf, Snapshot } from "../snapshot.ts";
import { format, mostCharacters, oldest } from "./format.ts";
import type { SavedConfiguration, SavedFile, SavedScaleSet, SavedSubscription } from "./format.ts";
import { readPool } from "./pool.ts";

/** A file's text and what it must be. */
export interface Saved extends Pick<SavedFile, "version" | "key"> {
  readonly text: string;
  /** Through whom its subscriptions were reached; undefined in the sandbox. */
  readonly account: AccountName | undefined;
}

/**
 * What a file holds of the fleet, of those subscriptions that are `wanted`. Throws an Error that says what is wrong with it: it is no such
 * file, another version's, too old, or not whole.
 */
export function decode(
  saved: Saved,
  origin: Snapshot["origin"],
  now: string,
  wanted: SubscriptionFilter,
): Facts {
  const file = fileOf(saved, now);
  const values = readPool(file.pool);
  const subscriptions = new Map<string, SubscriptionFacts>();
  const hidden = new Set<string>();
  const referenced = new Map<IdKey, Referenced>();
  const valueOf = <T>(entry: number) => {
    const value = values[entry - 1];
    if (value === undefined) noLink();
    return value as T;
  };
  const reading: Reading = {
    valueOf,
    coverageOf: memo((entry) => checked(valueOf<Coverage>(entry))),
    links: file.links,
    schedules: new Map(),
    saved: new Map(),
  };
  for (const row of file.subscriptions) {
    const key = row.id.toLowerCase();
    if (!wanted({ subscriptionId: row.id, displayName: row.name })) hidden.add(key);
    else subscriptions.set(key, subscriptionFacts(row, file.at, saved.account, reading));
  }
  for (const [id, entry, schedule] of file.referenced) {
    const key = idKey(id);
    const resource = entry === 0 ? undefined : reading.valueOf<Resource>(entry);
    referenced.set(key, resource === undefined ? { state: "missing" } : { state: "found", resource });
    if (resource !== undefined) takeSchedule(key, resource, schedule, reading);
  }
  const { schedules, saved: coverages } = reading;
  return { ...noFacts(origin), subscriptions, hidden, referenced, schedules, saved: coverages };
}

/** What several accounts reach, as one fleet. */
export function together(all: readonly Facts[]): Facts | undefined {
  return all.reduce<Facts | undefined>(
    (sum, facts) =>
      sum === undefined
        ? facts
        : {
            ...sum,
            subscriptions: new Map([...sum.subscriptions, ...facts.subscriptions]),
            hidden: new Set([...sum.hidden, ...facts.hidden]),
            referenced: new Map([...sum.referenced, ...facts.referenced]),
            schedules: new Map([...sum.schedules, ...facts.schedules]),
            saved: new Map([...sum.saved, ...facts.saved]),
          },
    undefined,
  );
}

const configurationType = "Microsoft.Maintenance/maintenanceConfigurations";
const scaleSetType = "Microsoft.Compute/virtualMachineScaleSets";

interface Reading {
  valueOf<T>(entry: number): T;
  coverageOf(entry: number): Coverage;
  readonly links: SavedFile["links"];
  readonly schedules: Map<IdKey, Schedule>;
  readonly saved: Map<IdKey, Coverage>;
}

function fileOf({ text, version, key }: Saved, now: string): SavedFile {
  if (text.length > mostCharacters) throw new Error("It is too large.");
  const file = JSON.parse(text) as SavedFile;
  if (file.format !== format || file.version !== version) throw new Error("It is another version's.");
  if (file.key !== key) throw new Error("It is someone else's.");
  const age = Date.parse(now) - Date.parse(file.at);
  if (!(age <= oldest)) throw new Error("It is too old.");
  return file;
}

function subscriptionFacts(
  row: SavedSubscription,
  at: string,
  account: AccountName | undefined,
  reading: Reading,
): SubscriptionFacts {
  const { id, name, tenantId, throughId, throughName } = row;
  const through = { tenantId: throughId, tenantName: throughName, ...(account && { account }) };
  const part = { awaited: true, outcome: "ready", savedAt: row.at ?? at } as const;
  const configurations = new Map<IdKey, Resource>();
  const configurationId = idsIn(id, configurationType);
  for (const one of row.configurations) {
    const resource = resourceOf(one, configurationId(one[0], one[1]), configurationType, reading);
    const key = idKey(resource.id);
    configurations.set(key, resource);
    takeSchedule(key, resource, one[7], reading);
  }
  const scaleSets = new Map<IdKey, Resource>();
  const byScaleSet = new Map<IdKey, AssignmentsOf>();
  const scaleSetId = idsIn(id, scaleSetType);
  for (const one of row.scaleSets) {
    const plain = resourceOf(one, scaleSetId(one[0], one[1]), scaleSetType, reading);
    const resource = one[9] === undefined ? plain : { ...plain, managedBy: one[9] };
    const key = idKey(resource.id);
    scaleSets.set(key, resource);
    reading.saved.set(key, reading.coverageOf(one[7]));
    byScaleSet.set(key, assignmentsIn(one[8], resource.id, reading));
  }
  return {
    ...newSubscription,
    subscription: { subscriptionId: id, displayName: name, tenantId, through },
    configurations: { ...part, items: configurations, malformed: [] },
    scaleSets: { ...part, items: scaleSets, malformed: [] },
    assignments: { ...part, byScaleSet },
  };
}

function takeSchedule(key: IdKey, resource: Resource, entry: number, { valueOf, schedules }: Reading): void {
  if (entry > 0) schedules.set(key, { resource, facts: valueOf<ScheduleFacts>(entry) });
}

/** The ids of one subscription's resources of a type; rows of one group follow each other. */
function idsIn(subscriptionId: string, type: string): (group: string | 0, name: string) => string {
  let last: string | 0 = 0;
  let prefix = "";
  return (group, name) => {
    if (typeof name !== "string") noLink();
    if (group === 0) return name;
    if (group !== last) {
      last = group;
      prefix = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type}/`;
    }
    return prefix + name;
  };
}

function resourceOf(
  [group, name, location, tags, sku, zones, properties]: SavedConfiguration | SavedScaleSet,
  id: string,
  type: string,
  { valueOf }: Reading,
): Resource {
  const own = group === 0 ? nameOf(id) : name;
  const inner = valueOf<JsonObject>(properties);
  if (tags > 0 && sku > 0 && zones > 0) {
    const [of, size, where] = [valueOf<JsonObject>(tags), valueOf<JsonObject>(sku), valueOf<Json>(zones)];
    return { id, name: own, type, location, tags: of, sku: size, zones: where, properties: inner };
  }
  return {
    id,
    name: own,
    type,
    ...(location !== "" && { location }),
    ...(tags > 0 && { tags: valueOf<JsonObject>(tags) }),
    ...(sku > 0 && { sku: valueOf<JsonObject>(sku) }),
    ...(zones > 0 && { zones: valueOf<Json>(zones) }),
    properties: inner,
  };
}

function assignmentsIn(
  saved: SavedScaleSet[8],
  scaleSetId: string,
  { valueOf, links }: Reading,
): AssignmentsOf {
  if (saved === 0) return { unknown: "loading" };
  if (typeof saved === "number") return { unknown: valueOf<Problem>(saved) };
  const [fromGraph, ...places] = saved;
  if (places.length === 0) return fromGraph === 1 ? noneInGraph : noAssignments;
  const known = places.map((place): JsonObject => {
    const [name, maintenanceConfigurationId] = links[place] ?? noLink();
    return {
      id: `${scaleSetId}/providers/Microsoft.Maintenance/configurationAssignments/${name}`,
      name,
      properties: { maintenanceConfigurationId, resourceId: scaleSetId },
    };
  });
  return fromGraph === 1 ? { known, source: "graph" } : { known };
}

function checked(coverage: Coverage): Coverage {
  if (typeof coverage.state !== "string" || !Array.isArray(coverage.reasons)) noLink();
  return coverage;
}

function noLink(): never {
  throw new Error("A row names what is not there.");
}
