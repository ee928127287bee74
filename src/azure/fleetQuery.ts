import { at, type Json, type JsonObject, textAt } from "../core/json.ts";
import { parseId } from "../core/ids.ts";
import type { GraphOrphan, GraphRow } from "./contracts.ts";
import type { GraphPage } from "./resourceGraph.ts";

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
export function fleetPage({ columns, rows }: Pick<GraphPage, "columns" | "rows">): FleetPage {
  const places = placesOf(columns);
  const page: { rows: GraphRow[]; orphans: GraphOrphan[] } = { rows: [], orphans: [] };
  for (const cells of rows) {
    const subscriptionId = textOf(cells[places.subscriptionId]);
    const assignments = assignmentsOf(cells[places.assignments]);
    const type = textOf(cells[places.type]).toLowerCase();
    if (type === "") {
      const scaleSetId = namedBy(assignments) ?? textOf(cells[places.id]);
      page.orphans.push({ subscriptionId, scaleSetId, assignments });
    } else if (type === configurationsInGraph) {
      const resource = baseOf(cells, places, configurations);
      const properties = cells[places.configuration];
      if (isThere(properties)) resource["properties"] = properties;
      page.rows.push({ subscriptionId, part: "configurations", resource, assignments });
    } else {
      const resource = baseOf(cells, places, scaleSets);
      if (cells[places.hasProperties] !== false) resource["properties"] = propertiesOf(cells, places);
      page.rows.push({ subscriptionId, part: "scaleSets", resource, assignments });
    }
  }
  return page;
}

const configurationsInGraph = configurations.toLowerCase();

const columnNames = [
  "id",
  "type",
  "name",
  "location",
  "tags",
  "sku",
  "zones",
  "managedBy",
  "subscriptionId",
  "assignments",
  "configuration",
  "hasProperties",
  "provisioningState",
  "orchestrationMode",
  "singlePlacementGroup",
  "upgradePolicy",
  "hasProfile",
  "osType",
  "imageReference",
  "healthProbe",
  "extensions",
  "applicationProfile",
  "secrets",
  "windowsConfiguration",
  "hasLinuxConfiguration",
  "linuxPatchSettings",
] as const;

/** Where in a row each column is. */
type Places = Readonly<Record<(typeof columnNames)[number], number>>;
type Cells = readonly Json[];
/** A resource, or a section of one, that is being put together: member by member, since that is done for each of thousands of rows. */
type Draft = Record<string, Json>;

function placesOf(columns: readonly string[]): Places {
  return Object.fromEntries(columnNames.map((name) => [name, columns.indexOf(name)])) as unknown as Places;
}

/** Resource Graph has null where ARM has nothing, and empty text in columns of text. */
function isThere(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "";
}

function baseOf(cells: Cells, places: Places, type: string): Draft {
  const base: Draft = {};
  const id = cells[places.id];
  if (isThere(id)) base["id"] = id;
  const name = cells[places.name];
  if (isThere(name)) base["name"] = name;
  base["type"] = type;
  const location = cells[places.location];
  if (isThere(location)) base["location"] = location;
  const tags = cells[places.tags];
  if (isThere(tags)) base["tags"] = tags;
  const sku = cells[places.sku];
  if (isThere(sku)) base["sku"] = sku;
  const zones = cells[places.zones];
  if (isThere(zones)) base["zones"] = zones;
  const managedBy = cells[places.managedBy];
  if (isThere(managedBy)) base["managedBy"] = managedBy;
  return base;
}

function propertiesOf(cells: Cells, places: Places): JsonObject {
  const properties: Draft = {};
  const provisioningState = cells[places.provisioningState];
  if (isThere(provisioningState)) properties["provisioningState"] = provisioningState;
  const orchestrationMode = cells[places.orchestrationMode];
  if (isThere(orchestrationMode)) properties["orchestrationMode"] = orchestrationMode;
  const singlePlacementGroup = cells[places.singlePlacementGroup];
  if (isThere(singlePlacementGroup)) properties["singlePlacementGroup"] = singlePlacementGroup;
  const upgradePolicy = cells[places.upgradePolicy];
  if (isThere(upgradePolicy)) properties["upgradePolicy"] = upgradePolicy;
  if (cells[places.hasProfile] === true) properties["virtualMachineProfile"] = profileOf(cells, places);
  return properties;
}

function profileOf(cells: Cells, places: Places): JsonObject {
  const profile: Draft = {};
  const osType = cells[places.osType];
  const imageReference = cells[places.imageReference];
  if (isThere(osType) || isThere(imageReference)) {
    const storageProfile: Draft = {};
    if (isThere(osType)) storageProfile["osDisk"] = { osType };
    if (isThere(imageReference)) storageProfile["imageReference"] = imageReference;
    profile["storageProfile"] = storageProfile;
  }
  const healthProbe = cells[places.healthProbe];
  if (isThere(healthProbe)) profile["networkProfile"] = { healthProbe };
  const extensions = cells[places.extensions];
  if (isThere(extensions)) profile["extensionProfile"] = { extensions };
  const applicationProfile = cells[places.applicationProfile];
  if (isThere(applicationProfile)) profile["applicationProfile"] = applicationProfile;
  const osProfile = osProfileOf(cells, places);
  if (osProfile !== undefined) profile["osProfile"] = osProfile;
  return profile;
}

/** Undefined where nothing is known of it. */
function osProfileOf(cells: Cells, places: Places): JsonObject | undefined {
  const secrets = cells[places.secrets];
  const windowsConfiguration = cells[places.windowsConfiguration];
  const isLinux = cells[places.hasLinuxConfiguration] === true;
  if (!isThere(secrets) && !isThere(windowsConfiguration) && !isLinux) return undefined;
  const osProfile: Draft = {};
  if (isThere(secrets)) osProfile["secrets"] = secrets;
  if (isThere(windowsConfiguration)) osProfile["windowsConfiguration"] = windowsConfiguration;
  const patchSettings = cells[places.linuxPatchSettings];
  if (isLinux) osProfile["linuxConfiguration"] = isThere(patchSettings) ? { patchSettings } : {};
  return osProfile;
}

/** As ARM has them, of pairs of an assignment's id and that of its configuration: the rest of an assignment is in its id. */
function assignmentsOf(pairs: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(pairs) || pairs.length === 0) return none;
  return pairs.map((pair) => {
    const id = textAt(pair, 0) ?? "";
    const resourceId = id.slice(0, Math.max(0, id.toLowerCase().lastIndexOf("/providers/")));
    const maintenanceConfigurationId = at(pair, 1);
    const properties: JsonObject = {
      resourceId,
      ...(maintenanceConfigurationId !== undefined && { maintenanceConfigurationId }),
    };
    return { id, name: id.slice(id.lastIndexOf("/") + 1), properties };
  });
}

const none: readonly JsonObject[] = [];

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The scale set that assignments hang under, in the casing of their ids. */
function namedBy(assignments: readonly JsonObject[]): string | undefined {
  const [first] = assignments;
  return parseId(textOf(first?.["id"]))?.scope;
}
