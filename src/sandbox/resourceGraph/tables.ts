import type { Json, JsonObject } from "../json.ts";
import { type Assignment, assignmentId, type State, type Stored } from "../state.ts";
import type { SandboxSubscription } from "../tenancy.ts";
import type { Column, Relation, Row } from "./values.ts";

const texts = [
  "id",
  "name",
  "type",
  "tenantId",
  "kind",
  "location",
  "resourceGroup",
  "subscriptionId",
  "managedBy",
];
const objects = ["sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"];

/** The columns that all tables have. */
const columns: readonly Column[] = [
  ...texts.map((name) => ({ name, type: "string" as const })),
  ...objects.map((name) => ({ name, type: "dynamic" as const })),
];

export const tableNames = ["resources", "resourcecontainers", "maintenanceresources"] as const;
export type TableName = (typeof tableNames)[number];

export function tableNamed(name: string): Relation | undefined {
  const found = tableNames.find((one) => one === name);
  return found === undefined ? undefined : { columns, rows: (source) => source(found) };
}

type Resource = Pick<Stored, "groupKey" | "body">;

/** A resource as a row: `type` and `resourceGroup` are lower-cased, absent texts are empty, absent objects are null. */
function rowOf(
  { subscriptionId, tenantId }: SandboxSubscription,
  { groupKey, body }: Resource,
  type: string,
): Row {
  const resourceGroup = groupKey.slice(groupKey.lastIndexOf("/") + 1);
  const own: JsonObject = { type: type.toLowerCase(), tenantId, resourceGroup, subscriptionId };
  const cell = (name: string): Json | undefined => own[name] ?? body[name];
  return [...texts.map((name) => cell(name) ?? ""), ...objects.map((name) => cell(name) ?? null)];
}

/** What Resource Graph knows of one subscription. */
export interface Known {
  readonly groups: ReadonlyMap<string, JsonObject>;
  readonly scaleSets: ReadonlyMap<string, Stored>;
  readonly configurations: ReadonlyMap<string, Stored>;
  readonly assignments: ReadonlyMap<string, Assignment>;
}

/** The rows of each table in one subscription: only what the caller may read; that something is left out, nothing tells. */
export function tablesOf(
  subscription: SandboxSubscription,
  { groups, scaleSets, configurations, assignments }: Known,
  denials: State["denials"],
): Readonly<Record<TableName, readonly Row[]>> {
  const readable = <T>(
    type: string,
    resources: ReadonlyMap<string, T>,
    resourceOf: (one: T) => Resource,
  ): Row[] =>
    [...resources].flatMap(([key, one]) =>
      denials.allow(`${type}/read`, key) ? [rowOf(subscription, resourceOf(one), type)] : [],
    );
  const itself = (one: Stored): Resource => one;
  return {
    resources: [
      ...readable("Microsoft.Compute/virtualMachineScaleSets", scaleSets, itself),
      ...readable("Microsoft.Maintenance/maintenanceConfigurations", configurations, itself),
    ],
    resourcecontainers: [
      rowOf(
        subscription,
        { groupKey: "", body: containerOf(subscription) },
        "Microsoft.Resources/subscriptions",
      ),
      ...[...groups].map(([groupKey, body]) =>
        rowOf(subscription, { groupKey, body }, "Microsoft.Resources/subscriptions/resourceGroups"),
      ),
    ],
    maintenanceresources: readable("Microsoft.Maintenance/configurationAssignments", assignments, (one) => ({
      groupKey: one.groupKey,
      body: { id: assignmentId(one), name: one.name, properties: assignedBy(one) },
    })),
  };
}

const containerOf = ({ subscriptionId, displayName }: SandboxSubscription): JsonObject => ({
  id: `/subscriptions/${subscriptionId}`,
  name: displayName,
  properties: { state: "Enabled", displayName, managedByTenants: [] },
});

const assignedBy = ({ more, scopeId, configurationId }: Assignment): JsonObject => ({
  ...more,
  resourceId: scopeId.toLowerCase(),
  maintenanceConfigurationId: configurationId.toLowerCase(),
});
