import type { Condition } from "../../core/plans/change.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import { kinds } from "../../core/plans/kinds/kinds.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { isAssignmentId, isConfigurationId, isScaleSetId, parseId } from "../../core/resources/ids.ts";
import { isObject, isTooDeep } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";
import { inOrder } from "./order.ts";

/**
 * What is exported. Of a change whose body was not kept (`bodyNotKept`) only the name is known: scripts say so in a comment and stop there.
 */
export interface CodeInput extends Plan {
  /** It describes what Azure has already, as changes that would create it: declarative languages import that and create nothing. */
  readonly isThere?: true;
}

/** What a text holds as it is exported: a plan as JSON, or a file of the journal. `problem`: why it is neither, in one line. */
export function readCodeInput(text: string): CodeInput | { readonly problem: Message } {
  const whole = text.replace(/^\uFEFF/, "");
  const value = parsed(whole) ?? parsed(whole.split("\n", 1)[0] ?? "");
  if (value === undefined) return { problem: message("This isn't JSON.") };
  if (isTooDeep(value)) return { problem: message("This JSON is nested too deeply.") };
  if (!isObject(value)) return { problem: message("A plan is a JSON object.") };
  if (value["line"] !== "plan") return planIn(value);
  if (value["version"] !== 1) return { problem: message("Another version wrote this file of a plan.") };
  return planIn(value["plan"]);
}

function planIn(value: unknown): CodeInput | { readonly problem: Message } {
  if (!isObject(value)) return { problem: message("A plan is a JSON object.") };
  const { title, changes, leftOut, warnings, isThere } = value as { readonly [name: string]: unknown };
  if (!isMessage(title)) return { problem: message("The plan has no usable {0}.", "title") };
  if (!Array.isArray(leftOut) || !leftOut.every(isLeftOut))
    return { problem: message("The plan has no usable {0}.", "leftOut") };
  if (!Array.isArray(warnings) || !warnings.every(isMessage))
    return { problem: message("The plan has no usable {0}.", "warnings") };
  if (!Array.isArray(changes)) return { problem: message("The plan has no usable {0}.", "changes") };
  const wrong = changes.findIndex((change) => !isChange(change));
  if (wrong !== -1) return { problem: message("Change {0} of the plan can't be used.", wrong + 1) };
  const usable = changes as readonly Change[];
  if (new Set(usable.map(({ id }) => id)).size < usable.length)
    return { problem: message("Two changes of the plan have the same id.") };
  if (inOrder(usable) === undefined)
    return {
      problem: message("The changes of the plan depend on each other in a circle, or on a missing one."),
    };
  return { title, changes: usable, leftOut, warnings, ...(isThere === true && { isThere }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Of several lines the first one may be JSON.
  }
}

function isMessage(value: unknown): value is Message {
  if (!isObject(value)) return false;
  const { template, args } = value;
  return typeof template === "string" && Array.isArray(args) && args.every(isMessageArgument);
}

function isMessageArgument(value: unknown): boolean {
  if (typeof value === "string" || typeof value === "number") return true;
  return isMessage(value) || (isObject(value) && typeof value["timeOfDay"] === "string");
}

function isLeftOut(value: unknown): value is Plan["leftOut"][number] {
  return isObject(value) && typeof value["target"] === "string" && isMessage(value["reason"]);
}

/** What each kind is done to. */
const isTarget: Readonly<Record<ChangeKind, (id: string) => boolean>> = {
  registerProvider: (id) => /^Microsoft\.Maintenance$/i.test(providerAlone(id) ?? ""),
  createResourceGroup: (id) => {
    const { resourceGroup, provider } = parseId(id) ?? {};
    return resourceGroup !== undefined && provider === undefined;
  },
  createConfiguration: isConfigurationOfGroup,
  updateConfiguration: isConfigurationOfGroup,
  deleteConfiguration: isConfigurationOfGroup,
  associate: isAssignmentOfSet,
  dissociate: isAssignmentOfSet,
  setUpgradePolicy: isSetOfGroup,
  setImageReference: isSetOfGroup,
  setAutomaticUpdates: isSetOfGroup,
  setPatchSettings: isSetOfGroup,
  addHealthExtension: (id) => {
    const set = /^(.+)\/extensions\/[^/]+$/i.exec(id)?.[1];
    return set !== undefined && parseId(id) !== undefined && isSetOfGroup(set);
  },
  updateInstances: isSetOfGroup,
  startUpgrade: isSetOfGroup,
  cancelUpgrade: isSetOfGroup,
  approveUpgrade: isSetOfGroup,
};

function providerAlone(id: string): string | undefined {
  const { provider, types = [] } = parseId(id) ?? {};
  return types.length === 0 ? provider : undefined;
}

function isConfigurationOfGroup(id: string): boolean {
  return isConfigurationId(id) && parseId(id)?.resourceGroup !== undefined;
}

function isSetOfGroup(id: string): boolean {
  return isScaleSetId(id) && parseId(id)?.resourceGroup !== undefined;
}

function isAssignmentOfSet(id: string): boolean {
  return isAssignmentId(id) && isSetOfGroup(parseId(id)?.scope ?? "");
}

/** Kinds whose call has a body. */
const needsBody: ReadonlySet<ChangeKind> = new Set([
  "createResourceGroup",
  "createConfiguration",
  "updateConfiguration",
  "associate",
  "setUpgradePolicy",
  "setImageReference",
  "setAutomaticUpdates",
  "setPatchSettings",
  "addHealthExtension",
  "updateInstances",
]);

function isChange(value: unknown): value is Change {
  if (!isObject(value)) return false;
  const { id, kind, target, title, needs, before, after, provided, takesAlong, onFailureOf, bodyNotKept } =
    value as { readonly [name: string]: unknown };
  if (typeof id !== "string" || typeof target !== "string" || !isMessage(title)) return false;
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) return false;
  const known = kind as ChangeKind;
  return (
    target === target.trim() &&
    isTarget[known](target) &&
    isListOf(needs, (need) => typeof need === "string") &&
    isAbsentOr(before, isObject) &&
    isAbsentOr(after, isObject) &&
    isAbsentOr(onFailureOf, (need) => typeof need === "string") &&
    isAbsentOr(provided, (all) => isListOf(all, isCondition)) &&
    isAbsentOr(takesAlong, (all) => isListOf(all, isObject)) &&
    isAbsentOr(bodyNotKept, (said) => said === true) &&
    (after !== undefined || bodyNotKept === true || !needsBody.has(known))
  );
}

function isCondition(value: unknown): value is Condition {
  if (!isObject(value) || typeof value["id"] !== "string") return false;
  const isText = (text: unknown) => typeof text === "string";
  const { id } = value;
  switch (value["is"]) {
    case "gone":
      return isSetOfGroup(id) || isConfigurationOfGroup(id) || isAssignmentOfSet(id);
    case "there":
      return isSetOfGroup(id) || isConfigurationOfGroup(id);
    case "off":
      return isSetOfGroup(id);
    case "associated":
      return isAssignmentOfSet(id) && isText(value["configurationId"]);
    case "unused":
      return (
        isConfigurationOfGroup(id) &&
        isListOf(value["named"], isText) &&
        isListOf(value["scaleSets"], (set) => typeof set === "string" && isSetOfGroup(set))
      );
    default:
      return false;
  }
}

function isAbsentOr(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

function isListOf(value: unknown, is: (value: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}
