import { idKey } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import type { Fleet } from "../../../../src/report/plans/nextWindows.ts";
import type { PlanPage } from "../../../../src/report/plans/planPage.ts";

export const now = "2026-11-23T06:00:00Z";

interface Configuration extends JsonObject {
  readonly id: string;
}

/** A fleet of scale sets, each with the configurations that it is associated with, which are all there but those in `gone`. */
export function fleetOf(
  ...sets: readonly (readonly [id: string, configurations: readonly Configuration[]])[]
): PlanPage["snapshot"] {
  const all = sets.flatMap(([, those]) => those);
  const scaleSets = sets.map(([id, those]) => {
    const known = those.map((one) => ({ properties: { maintenanceConfigurationId: one.id.toLowerCase() } }));
    return [idKey(id), { assignments: { known } }] as const;
  });
  const configurations = all.map((resource) => [
    idKey(resource.id),
    { resource, schedule: scheduleFacts(resource, now) },
  ]);
  return {
    subscriptions: new Map(),
    referenced: new Map(),
    scaleSets: new Map(scaleSets) as unknown as Fleet["scaleSets"],
    configurations: new Map(configurations as never),
  };
}
