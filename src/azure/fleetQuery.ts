import type { Json, JsonObject } from "../core/json.ts";
import { parseId } from "../core/ids.ts";
import { memo } from "../core/memo.ts";
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
 *
 * Reading the answer takes longer than all else here. So parts of models that are alike in most sets come as text, of which each different one is
 * parsed once (`PartOf`), and what is in an id is not said again.
 */
export const fleetQuery = `resources
| where type in~ ('${scaleSets.toLowerCase()}', '${configurations.toLowerCase()}')
| extend key = tolower(id)
| join kind=fullouter (
    maintenanceresources
    | where type =~ 'microsoft.maintenance/configurationassignments'
    | extend key = coalesce(tolower(tostring(properties.resourceId)), tostring(split(tolower(id), '/providers/microsoft.maintenance/')[0]))
    | where key contains '/providers/${scaleSets.toLowerCase()}/'
    | summarize assignments = make_list(strcat(name, ' ', tostring(properties.maintenanceConfigurationId))), assignmentId = take_any(id) by key, subscriptionId
  ) on key
| extend profile = properties.virtualMachineProfile
| extend isConfiguration = type =~ '${configurations.toLowerCase()}'
| project id = iff(isempty(id), key1, id), name, location, tags, zones, managedBy, capacity = sku.capacity,
    subscriptionId = iff(isempty(subscriptionId), subscriptionId1, subscriptionId),
    part = case(isempty(id), '', isConfiguration, 'configurations', 'scaleSets'),
    assignments, assignmentId = iff(isempty(id), assignmentId, ''),
    configuration = iff(isConfiguration, properties, dynamic(null)),
    hasProperties = isnotnull(properties),
    provisioningState = properties.provisioningState,
    orchestrationMode = properties.orchestrationMode,
    singlePlacementGroup = properties.singlePlacementGroup,
    upgradePolicy = tostring(properties.upgradePolicy),
    hasProfile = isnotnull(profile),
    osType = profile.storageProfile.osDisk.osType,
    imageReference = tostring(profile.storageProfile.imageReference),
    healthProbe = profile.networkProfile.healthProbe,
    extensions = tostring(profile.extensionProfile.extensions),
    applicationProfile = profile.applicationProfile,
    secrets = profile.osProfile.secrets,
    windowsConfiguration = tostring(profile.osProfile.windowsConfiguration),
    hasLinuxConfiguration = isnotnull(profile.osProfile.linuxConfiguration),
    linuxPatchSettings = tostring(profile.osProfile.linuxConfiguration.patchSettings)
| order by id asc`;

export interface FleetPage {
  readonly rows: readonly GraphRow[];
  readonly orphans: readonly GraphOrphan[];
}

/** What the text of a part of a model says. */
export type PartOf = (text: string) => Json;

/**
 * Parses each different text once. A text that has just come has no hash yet, and working one out takes longer than comparing it with the
 * last of its length, which most often is the same.
 */
export function partsOnce(): PartOf {
  const parse = memo(parsePart);
  const latest = new Map<number, { readonly text: string; readonly part: Json }>();
  return (text) => {
    const last = latest.get(text.length);
    if (last?.text === text) return last.part;
    const part = parse(text);
    latest.set(text.length, { text, part });
    return part;
  };
}

/** What is no JSON is a text itself, since a malformed model may hold anything. */
function parsePart(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** What a page of the query's answer holds, malformed resources as they came. */
export function fleetPage({ columns, rows }: Pick<GraphPage, "columns" | "rows">, partOf: PartOf): FleetPage {
  const places = placesOf(columns);
  const page: { rows: GraphRow[]; orphans: GraphOrphan[] } = { rows: [], orphans: [] };
  for (const cells of rows) {
    const subscriptionId = textOf(cells[places.subscriptionId]);
    const part = cells[places.part];
    // Of a set that is not there the id of an assignment has the casing, which the key lacks.
    const id = parseId(textOf(cells[places.assignmentId]))?.scope ?? textOf(cells[places.id]);
    const assignments = assignmentsOf(cells[places.assignments], id);
    if (part !== "configurations" && part !== "scaleSets") {
      page.orphans.push({ subscriptionId, scaleSetId: id, assignments });
    } else if (part === "configurations") {
      const resource = baseOf(cells, places, configurations);
      const properties = cells[places.configuration];
      if (isThere(properties)) resource["properties"] = properties;
      page.rows.push({ subscriptionId, part, resource, assignments });
    } else {
      const resource = baseOf(cells, places, scaleSets);
      if (cells[places.hasProperties] !== false) resource["properties"] = propertiesOf(cells, places, partOf);
      page.rows.push({ subscriptionId, part, resource, assignments });
    }
  }
  return page;
}

const columnNames = [
  "id",
  "name",
  "location",
  "tags",
  "zones",
  "managedBy",
  "capacity",
  "subscriptionId",
  "part",
  "assignments",
  "assignmentId",
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
  const capacity = cells[places.capacity];
  if (isThere(capacity)) base["sku"] = { capacity };
  const zones = cells[places.zones];
  if (isThere(zones)) base["zones"] = zones;
  const managedBy = cells[places.managedBy];
  if (isThere(managedBy)) base["managedBy"] = managedBy;
  return base;
}

function propertiesOf(cells: Cells, places: Places, partOf: PartOf): JsonObject {
  const properties: Draft = {};
  const provisioningState = cells[places.provisioningState];
  if (isThere(provisioningState)) properties["provisioningState"] = provisioningState;
  const orchestrationMode = cells[places.orchestrationMode];
  if (isThere(orchestrationMode)) properties["orchestrationMode"] = orchestrationMode;
  const singlePlacementGroup = cells[places.singlePlacementGroup];
  if (isThere(singlePlacementGroup)) properties["singlePlacementGroup"] = singlePlacementGroup;
  const upgradePolicy = partIn(cells[places.upgradePolicy], partOf);
  if (isThere(upgradePolicy)) properties["upgradePolicy"] = upgradePolicy;
  if (cells[places.hasProfile] === true)
    properties["virtualMachineProfile"] = profileOf(cells, places, partOf);
  return properties;
}

function profileOf(cells: Cells, places: Places, partOf: PartOf): JsonObject {
  const profile: Draft = {};
  const osType = cells[places.osType];
  const imageReference = partIn(cells[places.imageReference], partOf);
  if (isThere(osType) || isThere(imageReference)) {
    const storageProfile: Draft = {};
    if (isThere(osType)) storageProfile["osDisk"] = { osType };
    if (isThere(imageReference)) storageProfile["imageReference"] = imageReference;
    profile["storageProfile"] = storageProfile;
  }
  const healthProbe = cells[places.healthProbe];
  if (isThere(healthProbe)) profile["networkProfile"] = { healthProbe };
  const extensions = partIn(cells[places.extensions], partOf);
  if (isThere(extensions)) profile["extensionProfile"] = { extensions };
  const applicationProfile = cells[places.applicationProfile];
  if (isThere(applicationProfile)) profile["applicationProfile"] = applicationProfile;
  const osProfile = osProfileOf(cells, places, partOf);
  if (osProfile !== undefined) profile["osProfile"] = osProfile;
  return profile;
}

/** Undefined where nothing is known of it. */
function osProfileOf(cells: Cells, places: Places, partOf: PartOf): JsonObject | undefined {
  const secrets = cells[places.secrets];
  const windowsConfiguration = partIn(cells[places.windowsConfiguration], partOf);
  const isLinux = cells[places.hasLinuxConfiguration] === true;
  if (!isThere(secrets) && !isThere(windowsConfiguration) && !isLinux) return undefined;
  const osProfile: Draft = {};
  if (isThere(secrets)) osProfile["secrets"] = secrets;
  if (isThere(windowsConfiguration)) osProfile["windowsConfiguration"] = windowsConfiguration;
  const patchSettings = partIn(cells[places.linuxPatchSettings], partOf);
  if (isLinux) osProfile["linuxConfiguration"] = isThere(patchSettings) ? { patchSettings } : {};
  return osProfile;
}

function partIn(text: Json | undefined, partOf: PartOf): Json | undefined {
  return typeof text === "string" && text !== "" ? partOf(text) : undefined;
}

/** As ARM has them, of the names of a set's assignments, each with the id of its configuration. */
function assignmentsOf(named: Json | undefined, resourceId: string): readonly JsonObject[] {
  if (!Array.isArray(named) || named.length === 0) return none;
  return named.map((one) => {
    const [name = "", maintenanceConfigurationId = ""] = textOf(one).split(" ", 2);
    return {
      id: `${resourceId}/providers/Microsoft.Maintenance/configurationAssignments/${name}`,
      name,
      properties: { resourceId, ...(maintenanceConfigurationId !== "" && { maintenanceConfigurationId }) },
    };
  });
}

const none: readonly JsonObject[] = [];

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
