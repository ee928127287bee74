import type { Json, JsonObject } from "../json.ts";
import { type Assignment, assignmentId, type State, type Stored } from "../state.ts";
import type { Column, Relation } from "./values.ts";

/** A resource as every table has it. */
export type TableRow = Readonly<Record<string, Json>>;

const columnNames =
  "id name type tenantId kind location resourceGroup subscriptionId managedBy sku plan properties tags identity zones extendedLocation".split(
    " ",
  );
const objects = new Set(["sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"]);

const columns = columnNames.map((name): Column => ({
  name,
  type: objects.has(name) ? "dynamic" : "string",
  value: (row) => (row as TableRow)[name],
}));

const relation = (table: TableName): Relation => ({ columns, rows: (source) => source(table) });

export const tableNames = ["resources", "resourcecontainers", "maintenanceresources"] as const;
export type TableName = (typeof tableNames)[number];

/** The table of that name, with the columns that all of them have. */
export function tableNamed(name: string): Relation | undefined {
  const found = tableNames.find((one) => one === name);
  return found === undefined ? undefined : relation(found);
}

type Resource = Pick<Stored, "subscriptionId" | "groupKey" | "body">;

/** A resource as a row: `type` and `resourceGroup` are lower-cased, absent texts are empty, absent objects are null. */
function row(tenantId: string, { subscriptionId, groupKey, body }: Resource, type: string): TableRow {
  const field = (name: string, absent: Json): Json => body[name] ?? absent;
  return {
    id: field("id", ""),
    name: field("name", ""),
    type,
    tenantId,
    kind: field("kind", ""),
    location: field("location", ""),
    resourceGroup: groupKey.slice(groupKey.lastIndexOf("/") + 1),
    subscriptionId,
    managedBy: field("managedBy", ""),
    sku: field("sku", null),
    plan: field("plan", null),
    properties: field("properties", null),
    tags: field("tags", null),
    identity: field("identity", null),
    zones: field("zones", null),
    extendedLocation: field("extendedLocation", null),
  };
}

/** What Resource Graph knows of one subscription. */
export interface Known {
  readonly groups: ReadonlyMap<string, JsonObject>;
  readonly scaleSets: ReadonlyMap<string, Stored>;
  readonly configurations: ReadonlyMap<string, Stored>;
  readonly assignments: ReadonlyMap<string, Assignment>;
}

type Rows = (
  subscription: Subscription,
  known: Known,
  may: (action: string, key: string) => boolean,
) => TableRow[];
type Subscription = NonNullable<ReturnType<State["subscriptions"]["get"]>>;

/** Only what the caller may read; that something is left out, nothing tells. */
const readable = <T>(
  resources: ReadonlyMap<string, T>,
  may: (key: string) => boolean,
  rowOf: (one: T) => TableRow,
): TableRow[] => [...resources].flatMap(([key, one]) => (may(key) ? [rowOf(one)] : []));

const resources: Rows = ({ tenantId }, { scaleSets, configurations }, may) => [
  ...readable(
    scaleSets,
    (key) => may("Microsoft.Compute/virtualMachineScaleSets/read", key),
    (one) => row(tenantId, one, "microsoft.compute/virtualmachinescalesets"),
  ),
  ...readable(
    configurations,
    (key) => may("Microsoft.Maintenance/maintenanceConfigurations/read", key),
    (one) => row(tenantId, one, "microsoft.maintenance/maintenanceconfigurations"),
  ),
];

const containers: Rows = ({ subscriptionId, displayName, tenantId }, { groups }) => {
  const properties: JsonObject = { state: "Enabled", displayName, managedByTenants: [] };
  const body = { id: `/subscriptions/${subscriptionId}`, name: displayName, properties };
  return [
    row(tenantId, { subscriptionId, groupKey: "", body }, "microsoft.resources/subscriptions"),
    ...[...groups].map(([groupKey, group]) =>
      row(
        tenantId,
        { subscriptionId, groupKey, body: group },
        "microsoft.resources/subscriptions/resourcegroups",
      ),
    ),
  ];
};

const maintenance: Rows = ({ tenantId }, { assignments }, may) =>
  readable(
    assignments,
    (key) => may("Microsoft.Maintenance/configurationAssignments/read", key),
    (one) => {
      const properties = {
        ...one.more,
        resourceId: one.scopeId.toLowerCase(),
        maintenanceConfigurationId: one.configurationId.toLowerCase(),
      };
      const body = { id: assignmentId(one), name: one.name, properties };
      return row(tenantId, { ...one, body }, "microsoft.maintenance/configurationassignments");
    },
  );

/** The rows of each table in one subscription. */
export const rowsOf: Readonly<Record<TableName, Rows>> = {
  resources,
  resourcecontainers: containers,
  maintenanceresources: maintenance,
};
