import type { Subscription } from "../../azure/contracts.ts";
import { nameOf } from "../../core/ids.ts";
import type { IdKey } from "../../core/ids.ts";
import { textAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { configurationIdOf } from "../../core/link.ts";
import type { Resource } from "../../core/malformed.ts";
import { unlistedConfigurations } from "../configurations.ts";
import { assignmentsOf } from "../facts.ts";
import type { Facts, Reading, SubscriptionFacts } from "../facts.ts";
import type { AssignmentsOf, ScaleSetRecord, Snapshot } from "../snapshot.ts";
import { format } from "./format.ts";
import type { SavedConfiguration, SavedFile, SavedScaleSet, SavedSubscription } from "./format.ts";
import { PoolWriter } from "./pool.ts";
import { configurationProperties, headOf, problemOf, scaleSetProperties, scheduleOf } from "./worth.ts";
import type { Head } from "./worth.ts";

export interface SavedAs extends Pick<SavedFile, "version" | "key" | "at"> {
  /** Which subscriptions it holds. */
  readonly isIn: (subscription: Subscription) => boolean;
  /** Resolves when it may go on. */
  readonly pause: () => Promise<void>;
}

/** So many scale sets are written at a time: the window goes on between. */
const stretch = 200;

/** What is saved of the fleet, as the text of a file. */
export async function encode(
  facts: Facts,
  snapshot: Snapshot,
  { isIn, pause, ...of }: SavedAs,
): Promise<string> {
  const pool = new PoolWriter();
  const own = new Map(
    [...facts.subscriptions].filter(
      ([, { subscription }]) => subscription !== undefined && isIn(subscription),
    ),
  );
  const links = new Links();
  const put = (value: object) => pool.put(value as JsonObject) + 1;
  const writing: Writing = { facts, snapshot, put, links };
  const subscriptions: SavedSubscription[] = [];
  let written = 0;
  for (const known of own.values()) {
    subscriptions.push(...subscriptionRow(known, writing));
    written += known.scaleSets.items.size;
    if (written < stretch) continue;
    written = 0;
    await pause();
  }
  const referenced = [...unlistedConfigurations({ ...facts, subscriptions: own }).keys()].flatMap((key) => {
    const answer = facts.referenced.get(key);
    if (answer === undefined || answer.state === "unknown") return [];
    if (answer.state === "missing") return [[key, 0, 0] as const];
    const { id, name, type = "", location = "" } = answer.resource;
    const resource = { id, name, type, location, properties: configurationProperties(answer.resource) };
    return [[key, put(resource), scheduleEntry(key, writing)] as const];
  });
  const file: SavedFile = { format, ...of, pool: pool.pool, links: links.all, subscriptions, referenced };
  return JSON.stringify(file);
}

interface Writing {
  readonly facts: Facts;
  readonly snapshot: Snapshot;
  /** The entry of a value, from 1. */
  readonly put: (value: object) => number;
  readonly links: Links;
}

/** Every pair of an assignment's name and its configuration once. */
class Links {
  readonly all: (readonly [name: string, configuration: string])[] = [];
  readonly #places = new Map<string, number>();

  put(name: string, configuration: string): number {
    const key = `${name}\n${configuration}`;
    const place = this.#places.get(key) ?? this.all.push([name, configuration]) - 1;
    this.#places.set(key, place);
    return place;
  }
}

function subscriptionRow(known: SubscriptionFacts, writing: Writing): readonly SavedSubscription[] {
  const { subscription, configurations, scaleSets } = known;
  if (subscription === undefined) return [];
  const { subscriptionId, displayName, tenantId, through } = subscription;
  const at = oldestOf([configurations, scaleSets, known.assignments]);
  return [
    {
      id: subscriptionId,
      name: displayName,
      tenantId,
      throughId: through.tenantId,
      throughName: through.tenantName,
      ...(at !== undefined && { at }),
      configurations: [...configurations.items].map(([key, resource]) =>
        configurationRow(key, resource, subscriptionId, writing),
      ),
      scaleSets: [...scaleSets.items].flatMap(([key, resource]) => {
        const record = writing.snapshot.scaleSets.get(key);
        if (record === undefined) return [];
        return [
          scaleSetRow(resource, record, assignmentsOf(known.assignments, key), subscriptionId, writing),
        ];
      }),
    },
  ];
}

function oldestOf(parts: readonly Reading[]): string | undefined {
  return parts.flatMap(({ savedAt }) => savedAt ?? []).sort()[0];
}

function configurationRow(
  key: IdKey,
  resource: Resource,
  subscriptionId: string,
  writing: Writing,
): SavedConfiguration {
  const type = "Microsoft.Maintenance/maintenanceConfigurations";
  const properties = writing.put(configurationProperties(resource));
  const schedule = scheduleEntry(key, writing);
  return [
    ...identityOf(resource, subscriptionId, type),
    ...headIn(headOf(resource), writing),
    properties,
    schedule,
  ];
}

function headIn({ location, tags, sku, zones }: Head, { put }: Writing) {
  const entry = (value: object | undefined) => (value === undefined ? 0 : put(value));
  return [location, entry(tags), entry(sku), entry(zones)] as const;
}

function scheduleEntry(key: IdKey, { facts, put }: Writing): number {
  const schedule = facts.schedules.get(key)?.facts;
  return schedule === undefined ? 0 : put(scheduleOf(schedule));
}

function scaleSetRow(
  resource: Resource,
  { coverage }: ScaleSetRecord,
  assignments: AssignmentsOf,
  subscriptionId: string,
  writing: Writing,
): SavedScaleSet {
  const { put } = writing;
  const head = headOf(resource);
  const row = [
    ...identityOf(resource, subscriptionId, "Microsoft.Compute/virtualMachineScaleSets"),
    ...headIn(head, writing),
    put(scaleSetProperties(resource)),
    put(coverage),
    assignmentsIn(assignments, writing),
  ] as const;
  return head.managedBy === undefined ? row : [...row, head.managedBy];
}

function assignmentsIn(assignments: AssignmentsOf, { put, links }: Writing): SavedScaleSet[8] {
  if ("unknown" in assignments)
    return assignments.unknown === "loading" ? 0 : put(problemOf(assignments.unknown));
  const all = assignments.known.map((one) => links.put(nameIn(one), configurationIdOf(one) ?? ""));
  return [assignments.source === "graph" ? 1 : 0, ...all];
}

function nameIn(assignment: JsonObject): string {
  return textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "");
}

function identityOf(
  { id, name }: Resource,
  subscriptionId: string,
  type: string,
): readonly [group: string | 0, name: string] {
  const group = id.split("/", 5)[4] ?? "";
  const usual = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type}/${name}`;
  return id === usual ? [group, name] : [0, id];
}
