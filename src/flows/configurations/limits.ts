import { idKey, type IdKey } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import type { Message } from "../../core/text/message.ts";
import type { Change } from "../../core/plans/plan.ts";
import { regionOf } from "../../core/resources/regions.ts";
import { problemsOf } from "../../core/text/rule.ts";
import { limitRules } from "../../core/windows/rules/limits.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";

/** How many configurations the subscription has in the region of a new one, itself included. */
export function countInRegion(snapshot: Snapshot, subscriptionId: string, configuration: JsonObject): number {
  const region = regionOf(configuration);
  const there = [...snapshot.configurations.values()].filter(
    (record) =>
      record.subscriptionId === subscriptionId.toLowerCase() && regionOf(record.resource) === region,
  );
  return there.length + 1;
}

/** What the rules say of the number of scale sets that configurations have once these changes are made. */
export function associationWarnings(snapshot: Snapshot, changes: readonly Change[]): readonly Message[] {
  const added = changes.filter(({ kind }) => kind === "associate");
  const byConfiguration = Map.groupBy(added, ({ after }): IdKey =>
    idKey(textAt(after, "properties", "maintenanceConfigurationId") ?? ""),
  );
  return [...byConfiguration].flatMap(([key, { length }]) => {
    const present = snapshot.configurations.get(key)?.scaleSets.length ?? 0;
    return problemsOf(limitRules, { associations: present + length }).map((problem) => problem.message);
  });
}
