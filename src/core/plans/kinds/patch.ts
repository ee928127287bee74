import { nameOf } from "../../resources/ids.ts";
import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import { change } from "../change.ts";
import { leftUnknown, noLongerExists, otherValues } from "./configuration.ts";
import { alike, type Inverse, type Kind } from "./kind.ts";
import { holds, same, shapedLike } from "./normalForm.ts";

/**
 * A kind that gives members of a scale set's model other values by PATCH. Only the members that it sets are compared: what Azure changes
 * along, or others change beside them, is nobody's conflict.
 */
export function patch(kind: string, step: number, changesModel: boolean): Kind {
  return {
    action: "Microsoft.Compute/virtualMachineScaleSets/write",
    subject: ({ target }) => target,
    step,
    ...alike("resource", ({ before = {}, after = {} }, found) => {
      if (found === undefined) return "other";
      const now = withDefaults(found, after);
      if (holds(now, withoutRemovals(after))) return "after";
      return same(now, withDefaults(before, after)) ? "before" : "other";
    }),
    inverse: (done, left, found): Inverse => {
      const { target, before = {}, after = {} } = done;
      if (found === undefined) return { reason: noLongerExists(done) };
      const now = shapedLike(found, after);
      const wanted = restored(before, after, modelDefaults);
      if (wanted === undefined) {
        return {
          reason: message("It had no value before, and Azure doesn't remove values from a scale set."),
        };
      }
      if (holds(shapedLike(found, wanted), wanted)) return { reason: message("Already restored.") };
      const title = message("Restore earlier settings of scale set {0}", nameOf(target));
      const inverse = change(kind, target, title, { before: now, after: wanted });
      if (left === undefined) return { change: inverse, changed: leftUnknown() };
      return same(left, now) ? { change: inverse } : { change: inverse, changed: otherValues() };
    },
    comparedByUndo: ({ before, after }, readBack) => shapedLike(readBack, after ?? before ?? {}),
    again: (one, found) => {
      if (found === undefined) return { reason: noLongerExists(one) };
      const { after = {} } = one;
      const now = shapedLike(found, after);
      if (holds(withDefaults(found, after), withoutRemovals(after)))
        return { reason: message("Already done.") };
      return { ...one, before: now };
    },
    changesModel,
    showsValues: "leaves",
  };
}

/** What a member of the upgrade policy is where the model does not have it (FACTS §4: Enabling). */
export const modelDefaults: JsonObject = {
  properties: {
    upgradePolicy: {
      mode: "Manual",
      automaticOSUpgradePolicy: {
        enableAutomaticOSUpgrade: false,
        disableAutomaticRollback: false,
        useRollingUpgradePolicy: false,
        osRollingUpgradeDeferral: false,
      },
      rollingUpgradePolicy: {
        maxBatchInstancePercent: 20,
        maxUnhealthyInstancePercent: 20,
        maxUnhealthyUpgradedInstancePercent: 20,
        pauseTimeBetweenBatches: "PT0S",
        enableCrossZoneUpgrade: false,
        prioritizeUnhealthyInstances: false,
        rollbackFailedInstancesOnPolicyBreach: false,
        maxSurge: false,
      },
    },
  },
};

/** What a body sets: whether Azure keeps a member that it is asked to take away is not documented, and nobody's conflict. */
function withoutRemovals(body: JsonObject): JsonObject {
  const members = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    if (value === null || value === undefined) return [];
    return [[name, isObject(value) ? withoutRemovals(value) : value]];
  });
  return Object.fromEntries(members);
}

/** The members that `shape` has, with Azure's default for those that are not there. */
function withDefaults(
  resource: JsonObject,
  shape: JsonObject,
  usual: JsonObject = modelDefaults,
): JsonObject {
  const members = Object.entries(shape).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    const [value, standard] = [resource[name] ?? undefined, usual[name]];
    if (isObject(inner)) {
      const below = withDefaults(isObject(value) ? value : {}, inner, isObject(standard) ? standard : {});
      return [[name, below]];
    }
    const restored = value ?? standard;
    return restored === undefined ? [] : [[name, restored]];
  });
  return Object.fromEntries(members);
}

/** The values that `after` replaced, documented defaults for those that were not there; undefined where one has none. */
function restored(before: JsonObject, after: JsonObject, usual: JsonObject): JsonObject | undefined {
  const members: [string, Json | undefined][] = [];
  for (const [name, value] of Object.entries(after)) {
    const [was, standard] = [before[name] ?? undefined, usual[name]];
    if (isObject(value)) {
      const inner = restored(isObject(was) ? was : {}, value, isObject(standard) ? standard : {});
      if (inner === undefined) return undefined;
      members.push([name, inner]);
    } else if ((was ?? standard) === undefined) return undefined;
    else members.push([name, was ?? standard]);
  }
  return Object.fromEntries(members);
}
