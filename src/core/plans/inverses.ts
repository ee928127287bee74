import { withoutPeople } from "./configurationPlans.ts";
import { isObject, textAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Change, ChangeKind } from "./plan.ts";

/** Why changes of a kind can't be undone; undefined for those that can. For previews, as well as for the plan that undoes. */
export function whyNoInverse({ kind, provided }: Pick<Change, "kind" | "provided">): Message | undefined {
  switch (kind) {
    case "createResourceGroup":
      return message(
        "A resource group is not deleted here: others may have put something into it meanwhile.",
      );
    case "registerProvider":
      return message("A resource provider stays registered: others may rely on it.");
    case "addHealthExtension":
      return message("An extension is not taken off again here: remove it from the scale set in the portal.");
    case "updateInstances":
      return message("Instances that have the latest model can't go back to the one before.");
    case "startUpgrade":
    case "approveUpgrade":
      return message("Instances whose OS was upgraded can't go back to the image before.");
    case "cancelUpgrade":
      return message("An upgrade that was cancelled does not go on; start another one.");
    case "dissociate":
      return provided?.is === "gone"
        ? message("An association with what is gone can't be made again.")
        : undefined;
    default:
      return undefined;
  }
}

/** Ids of what a change was done to: of a deletion of a configuration, the assignments too that went with it. */
export function targetsOf({ target, takesAlong = [] }: Change): readonly string[] {
  return [...takesAlong.flatMap((assignment) => textAt(assignment, "id") ?? []), target];
}

/** What Azure may say to the inverse of a change of this kind for a while; undefined where nothing stands against it. */
export function inverseMayBeRefused({ kind }: Pick<Change, "kind">): Message | undefined {
  return kind === "deleteConfiguration"
    ? message("Azure refuses the name of a deleted configuration for about 20 minutes.")
    : undefined;
}

/** The part of what a change left behind that undoing it compares with; undefined where there is nothing to compare. */
export function comparedByUndo(
  { kind, before, after }: Change,
  readBack: JsonObject,
): JsonObject | undefined {
  switch (kind) {
    case "associate":
    case "createConfiguration":
    case "updateConfiguration":
      return withoutPeople(readBack);
    default:
      return isPatch(kind) ? shapedLike(readBack, after ?? before ?? {}) : undefined;
  }
}

/** Whether a change gives members of a scale set's model other values. */
export function isPatch(kind: ChangeKind): boolean {
  return (
    kind === "setUpgradePolicy" ||
    kind === "setImageReference" ||
    kind === "setAutomaticUpdates" ||
    kind === "setPatchSettings"
  );
}

/** The members of `resource` that `shape` has; null is as good as absent. */
export function shapedLike(resource: JsonObject, shape: JsonObject): JsonObject {
  const members = Object.entries(shape).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    const value = resource[name] ?? undefined;
    if (value === undefined) return [];
    return [[name, isObject(inner) && isObject(value) ? shapedLike(value, inner) : value]];
  });
  return Object.fromEntries(members);
}

/** Whether two values are equal; null is as good as absent. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (!isObject(a) || !isObject(b)) return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => sameJson(a[name], b[name]));
}
