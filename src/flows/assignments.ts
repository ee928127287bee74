import { idKey, nameOf, sameId } from "../core/ids.ts";
import { textAt, type JsonObject } from "../core/json.ts";
import { isOsImage, scopeOf } from "../core/windows/window.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../fleet/snapshot.ts";

/** One association of a scale set. */
export interface Association {
  /** The assignment as Azure returned it. */
  readonly assignment: JsonObject;
  readonly configurationId: string;
  /** Absent where the configuration was not read: gone, or out of reach. */
  readonly configuration: ConfigurationRecord | undefined;
}

/** The associations of a set as far as they are known. */
export function associationsOf(snapshot: Snapshot, { assignments }: ScaleSetRecord): readonly Association[] {
  if (!("known" in assignments)) return [];
  return assignments.known.flatMap((assignment) => {
    const configurationId = textAt(assignment, "properties", "maintenanceConfigurationId");
    if (configurationId === undefined) return [];
    const configuration = snapshot.configurations.get(idKey(configurationId));
    return [{ assignment, configurationId, configuration }];
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

/** Whether the set has exactly one OSImage configuration, and that one has a window to come. */
export function hasUsableConfiguration(snapshot: Snapshot, set: ScaleSetRecord): boolean {
  const [only, second] = osImageAssociations(snapshot, set);
  return second === undefined && (only?.configuration?.schedule?.next.length ?? 0) > 0;
}

export const configurationNames = (associations: readonly Association[]): string =>
  associations.map(({ configurationId }) => nameOf(configurationId)).join(", ");
