import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import type { ResourceColumns } from "./format.ts";
import type { PoolReader } from "./pool.ts";

export const configurationType = "Microsoft.Maintenance/maintenanceConfigurations";
export const scaleSetType = "Microsoft.Compute/virtualMachineScaleSets";

/** Throws unless the columns have so many rows, each of what is in the pool. */
export function checkColumns(columns: ResourceColumns, rows: number, pool: PoolReader): void {
  const { name, group, location, tags, sku, zones, properties, ...others } = columns;
  const all = [
    name,
    group,
    location,
    tags,
    sku,
    zones,
    properties,
    ...Object.values<readonly unknown[]>(others),
  ];
  const isRight =
    all.every((column) => column.length === rows) &&
    name.every((text) => typeof text === "string") &&
    [group, location].every((column) => pool.areTexts(column)) &&
    [tags, sku, zones].every((column) => pool.areParts(column, 0)) &&
    pool.areParts(properties, 1);
  if (!isRight) noRow();
}

/** Makes the ids of one subscription's resources of a type; rows of one group follow each other. */
export function idsIn(subscriptionId: string, type: string): (group: string, name: string) => string {
  const prefixOf = prefixesIn(subscriptionId, type);
  return (group, name) => prefixOf(group) + name;
}

/** The same for their keys: what many have in common is lower-cased once. */
export function keysIn(subscriptionId: string, type: string): (group: string, name: string) => IdKey {
  const prefixOf = prefixesIn(subscriptionId, type, idKey);
  return (group, name) => (prefixOf(group) + name.toLowerCase()) as IdKey;
}

/** Of a resource without a group the name is the whole id. */
function prefixesIn(subscriptionId: string, type: string, as = (id: string): string => id) {
  let [last, prefix] = ["", ""];
  return (group: string) => {
    if (group === last) return prefix;
    last = group;
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type}/`;
    prefix = group === "" ? "" : as(id);
    return prefix;
  };
}

/** The resource of a row, which has been checked. */
export function resourceIn(
  columns: ResourceColumns,
  row: number,
  id: string,
  type: string,
  pool: PoolReader,
): Resource {
  const place = (column: readonly number[]) => column[row] ?? noRow();
  const part = <T>(column: readonly number[]) => {
    const number = place(column);
    return number === 0 ? undefined : (pool.part(number) as T);
  };
  const location = pool.text(place(columns.location));
  const [tags, sku, zones] = [
    part<JsonObject>(columns.tags),
    part<JsonObject>(columns.sku),
    part<Json>(columns.zones),
  ];
  return {
    id,
    name: pool.text(place(columns.group)) === "" ? nameOf(id) : (columns.name[row] ?? noRow()),
    type,
    ...(location !== "" && { location }),
    ...(tags && { tags }),
    ...(sku && { sku }),
    ...(zones && { zones }),
    properties: pool.part(place(columns.properties)) as JsonObject,
  };
}

export function noRow(): never {
  throw new Error("A row is not there, or names what is not there.");
}
