import { configurationIdOf } from "../../core/associations/link.ts";
import { association } from "../../core/plans/kinds/association.ts";
import { createConfiguration } from "../../core/plans/kinds/createConfiguration.ts";
import { writable } from "../../core/plans/kinds/configuration.ts";
import type { Change, LeftOut } from "../../core/plans/plan.ts";
import { setUpgradePolicy } from "../../core/plans/upgradePlans.ts";
import { assignmentId, idKey, nameOf } from "../../core/resources/ids.ts";
import { isObject, objectAt, textAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import { managedByOf } from "../../core/resources/managedBy.ts";
import type { Sliced } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import type { CodeInput } from "./input.ts";

/** What of a fleet is exported as it is: resources as Azure returned them. */
export interface CurrentResources {
  readonly configurations: readonly CurrentResource[];
  readonly scaleSets: readonly CurrentScaleSet[];
}

export interface CurrentResource {
  readonly id: string;
  readonly resource: JsonObject;
}

export interface CurrentScaleSet extends CurrentResource {
  /** Absent where they could not be read. */
  readonly assignments?: readonly JsonObject[];
}

/** What Azure has, as the changes that would create it: configurations, associations, and the upgrade policies of the scale sets. */
export function* currentInput({ configurations, scaleSets }: CurrentResources): Sliced<CodeInput> {
  const changes: Change[] = [];
  const leftOut: LeftOut[] = [];
  const byKey = new Map<string, Change>();
  for (const { id, resource } of configurations) {
    const created = createConfiguration(id, configurationBody(resource));
    byKey.set(idKey(id), created);
    changes.push(created);
    yield;
  }
  for (const scaleSet of scaleSets) {
    const { id, resource, assignments } = scaleSet;
    const manager = managedByOf(resource);
    if (manager !== undefined) {
      leftOut.push({ target: id, reason: message("It is managed by {0}.", manager) });
      continue;
    }
    if (assignments === undefined)
      leftOut.push({ target: id, reason: message("Its associations couldn't be read.") });
    const associated = (assignments ?? []).flatMap((one) => associationOf(scaleSet, one, byKey));
    const policy = objectAt(resource, "properties", "upgradePolicy");
    changes.push(...associated);
    if (policy !== undefined)
      changes.push({
        ...setUpgradePolicy({ id, resource: {} }, withoutNulls(policy)),
        needs: associated.map((change) => change.id),
      });
    yield;
  }
  const title = message("Maintenance configurations, associations and upgrade policies as Azure has them");
  return { title, changes, leftOut, warnings: [], isThere: true };
}

/** What a PUT of a configuration would carry. */
function configurationBody(resource: JsonObject): JsonObject {
  const { location, tags, properties } = withoutNulls(writable(resource));
  return { location, ...(tags !== undefined && { tags }), properties };
}

function associationOf(
  { id, resource }: CurrentScaleSet,
  assignment: JsonObject,
  configurations: ReadonlyMap<string, Change>,
): readonly Change[] {
  const configurationId = configurationIdOf(assignment);
  const name = textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "");
  if (configurationId === undefined) return [];
  const configuration = configurations.get(idKey(configurationId));
  // Assignments come in lower case: the configuration's own id has its casing.
  const target = configuration?.target ?? configurationId;
  const location = textAt(resource, "location");
  const associated = association(assignmentId(id, name), target, location, undefined);
  return [{ ...associated, needs: configuration === undefined ? [] : [configuration.id] }];
}

/** Null is as good as absent, and some lists have it where others have nothing. */
function withoutNulls(object: JsonObject): JsonObject {
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] =>
    value === null || value === undefined ? [] : [[name, isObject(value) ? withoutNulls(value) : value]],
  );
  return Object.fromEntries(members);
}
