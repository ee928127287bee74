import { at, type Json, type JsonObject, textAt } from "../core/json.ts";
import { parseId } from "../core/ids.ts";
import type { GraphOrphan, GraphRow } from "./contracts.ts";
import type { GraphAnswer } from "./resourceGraph.ts";

const scaleSets = "Microsoft.Compute/virtualMachineScaleSets";
const configurations = "Microsoft.Maintenance/maintenanceConfigurations";

/**
 * Configurations, and scale sets with their assignments, in one query, since a user may ask few. Of a scale set it has the members that
 * the readers in `core` look into (`resourceOf` puts them back where ARM has them), of a configuration everything.
 *
 * Assignments are in another table than resources (https://learn.microsoft.com/azure/update-manager/query-logs), and of the ways to take two
 * tables together only a join may cross from one to the other, once in a query; `union` may not
 * (https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language). It is a full one, so that assignments show whose
 * set is not there; where an assignment lacks the `resourceId`, as some answers of Azure's do, its id says it. Only results with an `id` can be paged, and only sorted ones safely.
 */
export const fleetQuery = `resources
| where type in~ ('${scaleSets.toLowerCase()}', '${configurations.toLowerCase()}')
| extend key = tolower(id)
| join kind=fullouter (
    maintenanceresources
    | where type =~ 'microsoft.maintenance/configurationassignments'
    | extend key = coalesce(tolower(tostring(properties.resourceId)), tostring(split(tolower(id), '/providers/microsoft.maintenance/')[0]))
    | where key contains '/providers/${scaleSets.toLowerCase()}/'
    | summarize assignments = make_list(pack_array(id, properties.maintenanceConfigurationId)) by key, subscriptionId
  ) on key
| extend profile = properties.virtualMachineProfile
| project id = iff(isempty(id), key1, id), type, name, location, tags, sku, zones, managedBy,
    subscriptionId = iff(isempty(subscriptionId), subscriptionId1, subscriptionId),
    assignments,
    configuration = iff(type =~ '${configurations.toLowerCase()}', properties, dynamic(null)),
    hasProperties = isnotnull(properties),
    provisioningState = properties.provisioningState,
    orchestrationMode = properties.orchestrationMode,
    singlePlacementGroup = properties.singlePlacementGroup,
    upgradePolicy = properties.upgradePolicy,
    hasProfile = isnotnull(profile),
    osType = profile.storageProfile.osDisk.osType,
    imageReference = profile.storageProfile.imageReference,
    healthProbe = profile.networkProfile.healthProbe,
    extensions = profile.extensionProfile.extensions,
    applicationProfile = profile.applicationProfile,
    secrets = profile.osProfile.secrets,
    windowsConfiguration = profile.osProfile.windowsConfiguration,
    hasLinuxConfiguration = isnotnull(profile.osProfile.linuxConfiguration),
    linuxPatchSettings = profile.osProfile.linuxConfiguration.patchSettings
| order by id asc`;

export interface FleetPage {
  readonly rows: readonly GraphRow[];
  readonly orphans: readonly GraphOrphan[];
}

/** What a page of the query's answer holds, malformed resources as they came. */
export function fleetPage({ columns, rows }: Pick<GraphAnswer, "columns" | "rows">): FleetPage {
  const places: Readonly<Record<string, number>> = Object.fromEntries(
    columns.map((name, place) => [name, place]),
  );
  const page: { rows: GraphRow[]; orphans: GraphOrphan[] } = { rows: [], orphans: [] };
  for (const cells of rows) {
    const cell: Cell = (name) => {
      const place = places[name];
      return place === undefined ? undefined : cells[place];
    };
    const subscriptionId = textOf(cell("subscriptionId"));
    const assignments = assignmentsOf(cell("assignments"));
    const type = textOf(cell("type")).toLowerCase();
    if (type === "") {
      const scaleSetId = namedBy(assignments) ?? textOf(cell("id"));
      page.orphans.push({ subscriptionId, scaleSetId, assignments });
    } else if (type === configurations.toLowerCase()) {
      const properties = cell("configuration");
      const resource = { ...baseOf(cell, configurations), ...present({ properties }) };
      page.rows.push({ subscriptionId, part: "configurations", resource, assignments });
    } else {
      const resource = { ...baseOf(cell, scaleSets), ...present({ properties: propertiesOf(cell) }) };
      page.rows.push({ subscriptionId, part: "scaleSets", resource, assignments });
    }
  }
  return page;
}

/** As ARM has them, of pairs of an assignment's id and that of its configuration: the rest of an assignment is in its id. */
function assignmentsOf(pairs: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(pairs) || pairs.length === 0) return none;
  return pairs.map((pair) => {
    const id = textAt(pair, 0) ?? "";
    const resourceId = id.slice(0, Math.max(0, id.toLowerCase().lastIndexOf("/providers/")));
    const properties = present({ resourceId, maintenanceConfigurationId: at(pair, 1) });
    return { id, name: id.slice(id.lastIndexOf("/") + 1), properties };
  });
}

const none: readonly JsonObject[] = [];

/** The value in a column of one row. */
type Cell = (column: string) => Json | undefined;

function baseOf(cell: Cell, type: string): JsonObject {
  return present({
    id: cell("id"),
    name: cell("name"),
    type,
    location: cell("location"),
    tags: cell("tags"),
    sku: cell("sku"),
    zones: cell("zones"),
    managedBy: cell("managedBy"),
  });
}

function propertiesOf(cell: Cell): JsonObject | undefined {
  if (cell("hasProperties") === false) return undefined;
  return present({
    provisioningState: cell("provisioningState"),
    orchestrationMode: cell("orchestrationMode"),
    singlePlacementGroup: cell("singlePlacementGroup"),
    upgradePolicy: cell("upgradePolicy"),
    virtualMachineProfile: cell("hasProfile") === true ? profileOf(cell) : undefined,
  });
}

function profileOf(cell: Cell): JsonObject {
  const patchSettings = cell("linuxPatchSettings");
  return present({
    storageProfile: section({
      osDisk: section({ osType: cell("osType") }),
      imageReference: cell("imageReference"),
    }),
    networkProfile: section({ healthProbe: cell("healthProbe") }),
    extensionProfile: section({ extensions: cell("extensions") }),
    applicationProfile: cell("applicationProfile"),
    osProfile: section({
      secrets: cell("secrets"),
      windowsConfiguration: cell("windowsConfiguration"),
      linuxConfiguration: cell("hasLinuxConfiguration") === true ? present({ patchSettings }) : undefined,
    }),
  });
}

/** The members that are there. Resource Graph has null where ARM has nothing, and empty text in columns of text. */
function present(members: JsonObject): JsonObject {
  const found: Record<string, Json> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined && value !== null && value !== "") found[name] = value;
  }
  return found;
}

/** The same, undefined where none is there. */
function section(members: JsonObject): JsonObject | undefined {
  const found = present(members);
  for (const _ in found) return found;
  return undefined;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The scale set that assignments hang under, in the casing of their ids. */
function namedBy(assignments: readonly JsonObject[]): string | undefined {
  const [first] = assignments;
  return parseId(textOf(first?.["id"]))?.scope;
}
