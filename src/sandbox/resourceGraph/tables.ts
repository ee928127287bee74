import type { Json } from "../json.ts";
import { allowed, assignmentId, type Stored } from "../state.ts";
import type { Indexed } from "./lag.ts";
import { type Row, textOf } from "./expression.ts";
import type { Table, Tables } from "./query.ts";

const columns: ReadonlySet<string> = new Set(
  `id name type tenantId kind location resourceGroup subscriptionId managedBy sku plan properties tags identity zones
  extendedLocation`.split(/\s+/),
);

/** A resource as a row: `type` and `resourceGroup` are lower-cased, absent texts are empty, absent objects are null. */
function row(state: Indexed, { subscriptionId, groupKey, body }: Stored, type: string): Row {
  const field = (name: string, absent: Json): Json => body[name] ?? absent;
  return {
    id: field("id", ""),
    name: field("name", ""),
    type: type.toLowerCase(),
    tenantId: state.subscriptions.get(subscriptionId)?.tenantId ?? "",
    kind: field("kind", ""),
    location: field("location", ""),
    resourceGroup: groupKey.split("/").at(-1) ?? "",
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

function* resources(state: Indexed): Iterable<Row> {
  for (const one of state.scaleSets.values())
    yield row(state, one, "Microsoft.Compute/virtualMachineScaleSets");
  for (const one of state.configurations.values())
    yield row(state, one, "Microsoft.Maintenance/maintenanceConfigurations");
}

function* containers(state: Indexed): Iterable<Row> {
  for (const { subscriptionId, displayName, tenantId } of state.subscriptions.values()) {
    const body = {
      id: `/subscriptions/${subscriptionId}`,
      name: displayName,
      properties: { state: "Enabled", displayName, managedByTenants: [] },
    };
    yield {
      ...row(state, { subscriptionId, groupKey: "", body }, "Microsoft.Resources/subscriptions"),
      tenantId,
    };
  }
  for (const [groupKey, body] of state.groups) {
    const subscriptionId = groupKey.split("/")[2] ?? "";
    yield row(state, { subscriptionId, groupKey, body }, "Microsoft.Resources/subscriptions/resourceGroups");
  }
}

/** Assignments; those that the caller may not read are left out, and nothing tells so. */
function* maintenance(state: Indexed): Iterable<Row> {
  const read = "Microsoft.Maintenance/configurationAssignments/read";
  for (const one of state.assignments.values()) {
    const id = assignmentId(one);
    if (!allowed(state, read, id)) continue;
    const properties = {
      ...one.more,
      resourceId: one.scopeId.toLowerCase(),
      maintenanceConfigurationId: one.configurationId.toLowerCase(),
    };
    const stored = { ...one, body: { id, name: one.name, properties } };
    yield row(state, stored, "Microsoft.Maintenance/configurationAssignments");
  }
}

const sources: Readonly<Record<string, (state: Indexed) => Iterable<Row>>> = {
  resources,
  resourcecontainers: containers,
  maintenanceresources: maintenance,
};

/** The tables of Resource Graph, over the subscriptions that were asked for; all that the caller sees where none were named. */
export function tablesOf(state: Indexed, subscriptionIds: readonly string[]): Tables {
  const wanted = new Set(subscriptionIds.map((id) => id.toLowerCase()));
  return (name): Table | undefined => {
    const source = sources[name];
    if (source === undefined) return undefined;
    const shown = (id: string) => state.subscriptions.has(id) && (wanted.size === 0 || wanted.has(id));
    const rows = [...source(state)].filter(({ subscriptionId }) => shown(textOf(subscriptionId)));
    return { columns, rows };
  };
}
