import { assignmentId, parseId, subscriptionOf } from "../../core/resources/ids.ts";
import { type Json, type JsonObject, objectAt } from "../../core/resources/json.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import type { GraphDangling, GraphRow } from "../contracts.ts";
import { type FleetTexts, isThere, modelText, withoutQuotes } from "./fleetTexts.ts";
import { type GraphPage, unexpectedForm } from "./resourceGraph.ts";

const scaleSets = "Microsoft.Compute/virtualMachineScaleSets";
const configurations = "Microsoft.Maintenance/maintenanceConfigurations";

/**
 * Configurations, and scale sets with their assignments, in one query, since a user may ask few. Of a scale set it has the members that
 * the readers in `core` look into (`fleetPage` puts them back where ARM has them), of a configuration everything.
 *
 * Assignments are in another table than resources (https://learn.microsoft.com/azure/update-manager/query-logs), and of the ways to take two
 * tables together only a join may cross from one to the other, once in a query; `union` may not
 * (https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language). It is a full one, so that assignments show whose
 * set is not there; where an assignment lacks the `resourceId`, as some answers of Azure's do, its id says it. Only results with an `id` can be paged, and only sorted ones safely.
 *
 * Reading the answer takes longer than all else here. So what is alike in most sets comes as one text, of which each different one is
 * parsed once (`FleetTexts`), and what is in an id is not said again.
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
| extend isConfiguration = type =~ '${configurations.toLowerCase()}'
| extend tags = tostring(tags), zones = tostring(zones), model = iff(isConfiguration or isnull(properties), '', ${modelText})
| project id = iff(isempty(id), key1, id), name, location, tags = ${withoutQuotes("tags")}, zones = ${withoutQuotes("zones")}, managedBy, capacity = sku.capacity,
    subscriptionId = iff(id startswith '/subscriptions/', '', iff(isempty(subscriptionId), subscriptionId1, subscriptionId)),
    part = case(isempty(id), '', isConfiguration, 'configurations', 'scaleSets'),
    assignments, assignmentId = iff(isempty(id), assignmentId, ''),
    configuration = iff(isConfiguration, properties, dynamic(null)),
    model = ${withoutQuotes("model")},
    healthProbe = properties.virtualMachineProfile.networkProfile.healthProbe
| order by id asc`;

export interface FleetPage {
  readonly rows: readonly GraphRow[];
  readonly danglingAssociations: readonly GraphDangling[];
}

/** What a page of the query's answer holds, malformed resources as they came. Throws AzureError where nothing tells what a row is. */
export function* fleetPage(
  { columns, rows }: Pick<GraphPage, "columns" | "rows">,
  texts: FleetTexts,
): Sliced<FleetPage> {
  const places = placesOf(columns);
  const page: { rows: GraphRow[]; danglingAssociations: GraphDangling[] } = {
    rows: [],
    danglingAssociations: [],
  };
  yield* inPieces(rows, (cells) => {
    const id = textOf(cells[places.id]);
    const subscriptionId = textOf(cells[places.subscriptionId]) || subscriptionOf(id);
    const part = cells[places.part];
    if (part === "configurations" || part === "scaleSets") {
      const assignments = assignmentsOf(cells[places.assignments], id);
      page.rows.push({ subscriptionId, part, resource: resourceOf(cells, places, part, texts), assignments });
    } else {
      // Without them a resource would pass for an association of a set that is not there.
      if (id === "" || part === undefined) throw unexpectedForm();
      // Of a set that is not there the id of an assignment has the casing, which the key lacks.
      const scaleSetId = parseId(textOf(cells[places.assignmentId]))?.scope ?? id;
      const assignments = assignmentsOf(cells[places.assignments], scaleSetId);
      page.danglingAssociations.push({ subscriptionId, scaleSetId, assignments });
    }
  });
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
  "model",
  "healthProbe",
] as const;

/** Where in a row each column is. */
type Places = Readonly<Record<(typeof columnNames)[number], number>>;
type Cells = readonly Json[];

function placesOf(columns: readonly string[]): Places {
  return Object.fromEntries(columnNames.map((name) => [name, columns.indexOf(name)])) as unknown as Places;
}

/** A resource where ARM has its members, put together one by one, since that is done for each of thousands of rows. */
function resourceOf(cells: Cells, places: Places, part: GraphRow["part"], texts: FleetTexts): JsonObject {
  const resource: Record<string, Json> = {};
  const id = cells[places.id];
  if (isThere(id)) resource["id"] = id;
  const name = cells[places.name];
  if (isThere(name)) resource["name"] = name;
  resource["type"] = part === "configurations" ? configurations : scaleSets;
  const location = cells[places.location];
  if (isThere(location)) resource["location"] = location;
  const tags = textOf(cells[places.tags]);
  if (tags !== "") resource["tags"] = texts.json(tags);
  const capacity = cells[places.capacity];
  if (isThere(capacity)) resource["sku"] = { capacity };
  const zones = textOf(cells[places.zones]);
  if (zones !== "") resource["zones"] = texts.json(zones);
  const managedBy = cells[places.managedBy];
  if (isThere(managedBy)) resource["managedBy"] = managedBy;
  const properties =
    part === "configurations" ? cells[places.configuration] : propertiesOf(cells, places, texts);
  if (isThere(properties)) resource["properties"] = properties;
  return resource;
}

/** The load balancer's probe is each set's own; the rest is shared with all sets of the same model. */
function propertiesOf(cells: Cells, places: Places, texts: FleetTexts): Json | undefined {
  const model = textOf(cells[places.model]);
  if (model === "") return undefined;
  const properties = texts.properties(model);
  const healthProbe = cells[places.healthProbe];
  if (!isThere(healthProbe)) return properties;
  const profile = objectAt(properties, "virtualMachineProfile");
  return { ...objectAt(properties), virtualMachineProfile: { ...profile, networkProfile: { healthProbe } } };
}

/** As ARM has them, of the names of a set's assignments, each with the id of its configuration. */
function assignmentsOf(named: Json | undefined, resourceId: string): readonly JsonObject[] {
  if (!Array.isArray(named) || named.length === 0) return none;
  return named.map((one) => {
    const text = textOf(one);
    const end = text.indexOf(" ");
    const [name, maintenanceConfigurationId] = [text.slice(0, end), text.slice(end + 1)];
    return {
      id: assignmentId(resourceId, name),
      name,
      properties:
        maintenanceConfigurationId === "" ? { resourceId } : { resourceId, maintenanceConfigurationId },
    };
  });
}

const none: readonly JsonObject[] = [];

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
