import { isObject } from "../../core/resources/json.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";

/** What scale sets have in common with others: policies, images, sizes and tags. Their networks name themselves. */
const common: ReadonlySet<string> = new Set([
  "sku",
  "tags",
  "zones",
  "upgradePolicy",
  "automaticRepairsPolicy",
  "storageProfile",
  "extensionProfile",
  "osProfile",
  "maintenanceWindow",
]);

/** Gives resources the same object for equal parts, since thousands of sets have few policies and images: for as long as the function is kept. */
export function sharing(): (resource: Resource) => Resource {
  const known = new Map<string, Json>();
  const one = (value: Json): Json => {
    const text = JSON.stringify(value);
    const same = known.get(text);
    if (same === undefined) known.set(text, value);
    return same ?? value;
  };
  const within = (parts: JsonObject): JsonObject => {
    const shared: Record<string, Json | undefined> = {};
    for (const [name, value] of Object.entries(parts)) {
      if (value === undefined || value === null || typeof value !== "object") {
        shared[name] = typeof value === "string" ? one(value) : value;
      } else if (common.has(name)) shared[name] = one(value);
      else shared[name] = isObject(value) ? within(value) : value;
    }
    return shared;
  };
  return (resource) => ({ ...resource, ...within(resource) }) as Resource;
}
