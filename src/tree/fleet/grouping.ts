import { objectAt, textAt } from "../../core/resources/json.ts";
import { regionKey } from "../../core/resources/regions.ts";
import { configurationsNamedBy } from "../../fleet/snapshot/configurations.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";

/** What the scale sets of the Fleet view are grouped by. */
export type Grouping =
  | { readonly by: "subscription" | "state" | "configuration" | "region" }
  /** The tag's name, which Azure compares without case. */
  | { readonly by: "tag"; readonly tag: string };

/** The group of those that have no value: no configuration, no region, not the tag. */
export const none = "none";
/** The group of those whose configuration is not known. */
export const unknown = "unknown";
/** The group of those that other services manage; the user's own are grouped by state. */
export const managed = "managed";

/**
 * The groups that a scale set is in, each once: lower-cased id of the subscription, state or `managed`, key of a configuration or region, `=value` of
 * a tag. A set with two configurations is in two groups.
 */
export function groupsOf(record: ScaleSetRecord, grouping: Grouping): readonly string[] {
  switch (grouping.by) {
    case "subscription":
      return [record.subscriptionId];
    case "state":
      return [record.coverage.managedBy === undefined ? record.coverage.state : managed];
    case "configuration":
      return configurationGroups(record);
    case "region":
      return [regionKey(textAt(record.resource, "location") ?? none)];
    case "tag": {
      const value = tagOf(record, grouping.tag);
      return [value === undefined ? none : `=${value}`];
    }
  }
}

function configurationGroups({ assignments }: ScaleSetRecord): readonly string[] {
  if ("unknown" in assignments) return [unknown];
  const named = configurationsNamedBy(assignments);
  if (named.length < assignments.known.length) return [...new Set([...named, unknown])];
  return named.length === 0 ? [none] : [...new Set(named)];
}

/** The value of a tag, which may be empty; undefined where the set does not have it. */
export function tagOf({ resource }: ScaleSetRecord, tag: string): string | undefined {
  const wanted = tag.toLowerCase();
  const tags = objectAt(resource, "tags");
  for (const name in tags) {
    const value = tags[name];
    if (name.toLowerCase() === wanted) return typeof value === "string" ? value : "";
  }
  return undefined;
}

/** A grouping that was kept, however it was; by subscription where it can't be understood. */
export function readGrouping(kept: unknown): Grouping {
  const by = textAt(kept, "by");
  const tag = textAt(kept, "tag");
  if (by === "tag" && tag !== undefined) return { by, tag };
  if (by === "state" || by === "configuration" || by === "region") return { by };
  return { by: "subscription" };
}

/** Names a grouping among all, in ids. */
export function groupingKey(grouping: Grouping): string {
  return grouping.by === "tag" ? `tag:${grouping.tag.toLowerCase()}` : grouping.by;
}
