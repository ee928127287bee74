import { assignmentId, idKey, nameOf, sameId } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { Condition } from "../../core/plans/change.ts";
import { windowConditions, type EnablingWindow } from "../../core/plans/plans.ts";
import { message, type Message } from "../../core/text/message.ts";
import { isOsImage, scopeOf } from "../../core/windows/window.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";

/** One association of a scale set. */
export interface Association {
  readonly id: string;
  /** The assignment as Azure returned it, with its id where the answer lacked one. */
  readonly assignment: JsonObject;
  readonly configurationId: string;
  /** Absent where the configuration was not read: deleted, or out of reach. */
  readonly configuration: ConfigurationRecord | undefined;
  /** Whether a window is known to open, of a configuration that no list has too. */
  readonly opensWindows: boolean;
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
    const opens = opensWindowsIn(snapshot, configurationId);
    return [{ id, assignment: { ...assignment, id }, configurationId, configuration, opensWindows: opens }];
  });
}

/** A configuration that is there, also where no list has it. */
export function knownConfiguration({ configurations, referenced }: Snapshot, id: string) {
  const record = configurations.get(idKey(id));
  if (record !== undefined) return record;
  const answer = referenced.get(idKey(id));
  return answer?.state === "found" ? answer : undefined;
}

/** Whether a window of a configuration is known to open. */
export function opensWindowsIn(snapshot: Snapshot, configurationId: string): boolean {
  return (knownConfiguration(snapshot, configurationId)?.schedule?.next.length ?? 0) > 0;
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

export const opensWindows = (association: Association): boolean => association.opensWindows;

/** Whether the set has exactly one OSImage configuration, and that one has a window to come. */
export function hasUsableConfiguration(snapshot: Snapshot, set: ScaleSetRecord): boolean {
  const [only, second] = osImageAssociations(snapshot, set);
  return only !== undefined && second === undefined && opensWindows(only);
}

/** What holds the upgrades of a set once they are on: the association that opens windows. */
export function windowOf(snapshot: Snapshot, set: ScaleSetRecord): EnablingWindow {
  const held = osImageAssociations(snapshot, set).find(opensWindows);
  return held === undefined ? "none" : { associationId: held.id, configurationId: held.configurationId };
}

export function noWindowKnown(scaleSetName: string): Message {
  return message("No confirmed window for {0}: upgrades may start at any time.", scaleSetName);
}

/** What a removal is provided with: that the association stays which opens windows, or that upgrades are off where none does. */
export function removalConditions(
  { id }: Pick<ScaleSetRecord, "id">,
  rest: readonly Pick<Association, "id" | "configurationId" | "opensWindows">[],
): readonly Condition[] {
  const stays = rest.find(({ opensWindows: opens }) => opens);
  return stays === undefined
    ? [{ is: "off", id }]
    : windowConditions({ associationId: stays.id, configurationId: stays.configurationId });
}

export const configurationNames = (associations: readonly Association[]): string =>
  associations.map(({ configurationId }) => nameOf(configurationId)).join(", ");
