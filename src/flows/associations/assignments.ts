import { assignmentId, idKey, nameOf, sameId } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { EnablingWindow } from "../../core/plans/plans.ts";
import { isOsImage, scopeOf } from "../../core/windows/window.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";

/** One association of a scale set. */
export interface Association {
  readonly id: string;
  /** The assignment as Azure returned it, with its id where the answer lacked one. */
  readonly assignment: JsonObject;
  readonly configurationId: string;
  /** Absent where the configuration was not read: gone, or out of reach. */
  readonly configuration: ConfigurationRecord | undefined;
}

/** The associations of a set as far as they are known. */
export function associationsOf(
  snapshot: Snapshot,
  { id: set, assignments }: ScaleSetRecord,
): readonly Association[] {
  if (!("known" in assignments)) return [];
  return assignments.known.flatMap((assignment) => {
    const configurationId = configurationIdOf(assignment);
    if (configurationId === undefined) return [];
    const id = textAt(assignment, "id") ?? assignmentId(set, textAt(assignment, "name") ?? "");
    const configuration = snapshot.configurations.get(idKey(configurationId));
    return [{ id, assignment: { ...assignment, id }, configurationId, configuration }];
  });
}

export function isAssociatedWith(snapshot: Snapshot, set: ScaleSetRecord, configurationId: string): boolean {
  return associationsOf(snapshot, set).some((one) => sameId(one.configurationId, configurationId));
}

/** The scope of a configuration by id; undefined where it was not read. */
export function scopeIn(snapshot: Snapshot): (configurationId: string) => string | undefined {
  return (id) => {
    const configuration = snapshot.configurations.get(idKey(id));
    return configuration && scopeOf(configuration.resource);
  };
}

/** Associations that may control OS image upgrades: those whose scope is OSImage or not known. */
export function osImageAssociations(snapshot: Snapshot, set: ScaleSetRecord): readonly Association[] {
  return associationsOf(snapshot, set).filter(
    ({ configuration }) => configuration === undefined || isOsImage(configuration.resource),
  );
}

export const opensWindows = ({ configuration }: Association): boolean =>
  (configuration?.schedule?.next.length ?? 0) > 0;

/** Whether the set has exactly one OSImage configuration, and that one has a window to come. */
export function hasUsableConfiguration(snapshot: Snapshot, set: ScaleSetRecord): boolean {
  const [only, second] = osImageAssociations(snapshot, set);
  return only !== undefined && second === undefined && opensWindows(only);
}

/** What holds the upgrades of a set once they are on, of several the association that opens windows. */
export function windowOf(snapshot: Snapshot, set: ScaleSetRecord): EnablingWindow {
  const all = osImageAssociations(snapshot, set);
  const held = all.find(opensWindows) ?? all[0];
  return held === undefined ? "none" : { associationId: held.id, configurationId: held.configurationId };
}

export const configurationNames = (associations: readonly Association[]): string =>
  associations.map(({ configurationId }) => nameOf(configurationId)).join(", ");
