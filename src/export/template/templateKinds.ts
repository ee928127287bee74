import { configurationIdOf } from "../../core/associations/link.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf, parseId, sameId } from "../../core/resources/ids.ts";
import { isObject, objectAt, textAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import type { Declared } from "../code/stages.ts";

/** What a template says of one change: a resource group of its own, or a module deployed into a group that is there. */
export type TemplatePiece =
  | { readonly module: "group"; readonly name: string; readonly location: string }
  | {
      readonly module: "configuration";
      readonly name: string;
      readonly location: string;
      readonly tags: JsonObject;
      readonly properties: JsonObject;
    }
  | {
      readonly module: "association";
      readonly scaleSet: string;
      readonly name: string;
      readonly location: string;
      readonly configurationId: string;
    }
  | {
      readonly module: "extension";
      readonly scaleSet: string;
      readonly name: string;
      readonly properties: JsonObject;
    };

/** A change as Bicep and ARM JSON say it: both are notations of one language. `subscription`: that of the deployment. */
type TemplateKind = (change: Change, subscription: string) => Declared<TemplatePiece>;

// A template has no PATCH, and a PUT of a scale set needs secrets that no GET returns.
const byScript: TemplateKind = () => "script";
const action: TemplateKind = () => "action";

/** Each kind of change. */
export const templateKinds: Readonly<Record<ChangeKind, TemplateKind>> = {
  registerProvider: byScript,
  createResourceGroup: ({ target, after }, subscription) => {
    const location = textAt(after, "location");
    const { subscriptionId = "", resourceGroup } = parseId(target) ?? {};
    // A deployment creates the groups of its own subscription.
    if (location === undefined || resourceGroup === undefined || !sameId(subscriptionId, subscription))
      return "script";
    return hasOnly(after, ["location"]) ? { module: "group", name: resourceGroup, location } : "script";
  },
  createConfiguration: configuration,
  updateConfiguration: configuration,
  deleteConfiguration: byScript,
  associate: ({ target, after }) => {
    const location = textAt(after, "location");
    const configurationId = configurationIdOf(after ?? {});
    const { scope = "" } = parseId(target) ?? {};
    if (location === undefined || configurationId === undefined) return "script";
    if (!hasOnly(after, ["location", "properties"])) return "script";
    if (!hasOnly(objectAt(after, "properties"), ["maintenanceConfigurationId", "resourceId"]))
      return "script";
    if (!sameId(textAt(after, "properties", "resourceId") ?? "", scope)) return "script";
    return {
      module: "association",
      scaleSet: nameOf(scope),
      name: nameOf(target),
      location,
      configurationId,
    };
  },
  dissociate: byScript,
  setUpgradePolicy: byScript,
  setImageReference: byScript,
  setAutomaticUpdates: byScript,
  setPatchSettings: byScript,
  addHealthExtension: ({ target, after }) => {
    const properties = objectAt(after, "properties");
    const [scaleSet] = parseId(target)?.names ?? [];
    if (properties === undefined || scaleSet === undefined) return "script";
    return hasOnly(after, ["properties"])
      ? { module: "extension", scaleSet, name: nameOf(target), properties }
      : "script";
  },
  updateInstances: action,
  startUpgrade: action,
  cancelUpgrade: action,
  approveUpgrade: action,
};

function configuration({ target, after }: Change): Declared<TemplatePiece> {
  const location = textAt(after, "location");
  const properties = objectAt(after, "properties");
  const tags: Json = after?.["tags"] ?? {};
  if (location === undefined || properties === undefined || !isObject(tags)) return "script";
  return hasOnly(after, ["location", "tags", "properties"])
    ? { module: "configuration", name: nameOf(target), location, tags, properties }
    : "script";
}

/** Whether a body has no member that would be lost. */
export function hasOnly(body: JsonObject | undefined, names: readonly string[]): boolean {
  return Object.keys(body ?? {}).every((name) => names.includes(name));
}
