import { configurationIdOf } from "../../core/associations/link.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf, parseId, resourceGroupId, subscriptionOf } from "../../core/resources/ids.ts";
import { isObject, objectAt, textAt, type JsonObject } from "../../core/resources/json.ts";
import { apiVersions } from "../code/apiVersions.ts";
import type { Declared } from "../code/stages.ts";
import { hasOnly } from "../template/templateKinds.ts";
import type { HclValue } from "./hcl.ts";
import { exactId } from "./ids.ts";
import type { Surroundings, TerraformKind, TerraformKinds, TerraformPiece } from "./piece.ts";

const sets = "Microsoft.Compute/virtualMachineScaleSets";

// azapi_resource_action could delete, but only once, and what Terraform manages would come back.
const byScript: TerraformKind = () => "script";
const action: TerraformKind = () => "action";

/** Each kind of change as the azapi provider says it. */
export const azapiKinds: TerraformKinds = {
  registerProvider: ({ target }) => ({
    type: "azapi_resource_action",
    name: subscriptionOf(target),
    noun: "registration",
    items: () => [
      ["type", `Microsoft.Resources/providers@${apiVersions.resources}`],
      ["resource_id", `/subscriptions/${subscriptionOf(target)}/providers/Microsoft.Maintenance`],
      ["action", "register"],
      ["method", "POST"],
    ],
  }),
  createResourceGroup: ({ target, after }) => {
    const location = textAt(after, "location");
    if (location === undefined || !hasOnly(after, ["location"])) return "script";
    return {
      type: "azapi_resource",
      name: nameOf(target),
      noun: "group",
      items: () => [
        ["type", `Microsoft.Resources/resourceGroups@${apiVersions.resources}`],
        ["parent_id", `/subscriptions/${subscriptionOf(target)}`],
        ["name", nameOf(target)],
        ["location", location],
      ],
    };
  },
  createConfiguration: (change, { isThere }) => configuration(change, isThere),
  updateConfiguration: (change) => configuration(change, true),
  deleteConfiguration: byScript,
  associate,
  dissociate: byScript,
  setUpgradePolicy: patch("policy"),
  setImageReference: patch("image"),
  setAutomaticUpdates: patch("updates"),
  setPatchSettings: patch("patching"),
  addHealthExtension: ({ target, after }, { isThere }) => {
    const properties = objectAt(after, "properties");
    const set = setOfExtension(target);
    if (properties === undefined || !hasOnly(after, ["properties"])) return "script";
    const type = `${sets}/extensions@${apiVersions.compute}`;
    return {
      type: "azapi_resource",
      name: nameOf(set),
      noun: "extension",
      ...imported(isThere, target, apiVersions.compute),
      items: () => [
        ["type", type],
        ["parent_id", set],
        ["name", nameOf(target)],
        ["body", { properties: hclOf(properties) }],
        ["locks", [set]],
      ],
    };
  },
  updateInstances: action,
  startUpgrade: action,
  cancelUpgrade: action,
  approveUpgrade: action,
};

/** The set that an extension is in, as the providers write its id. */
export function setOfExtension(target: string): string {
  return exactId(target).replace(/\/extensions\/[^/]+$/, "");
}

function configuration({ target, after }: Change, isThere: boolean): Declared<TerraformPiece> {
  const location = textAt(after, "location");
  const properties = objectAt(after, "properties");
  const { subscriptionId = "", resourceGroup = "" } = parseId(target) ?? {};
  const tags = lowerCaseTags(after);
  if (location === undefined || properties === undefined || tags === "none of ours") return "script";
  if (!hasOnly(after, ["location", "tags", "properties"])) return "script";
  const group = resourceGroupId(subscriptionId, resourceGroup);
  return {
    type: "azapi_resource",
    name: nameOf(target),
    noun: "configuration",
    ...imported(isThere, target, apiVersions.maintenance),
    items: ({ attribute }) => [
      ["type", `Microsoft.Maintenance/maintenanceConfigurations@${apiVersions.maintenance}`],
      ["parent_id", attribute(group, "id", group)],
      ["name", nameOf(target)],
      ["location", location],
      ["tags", tags],
      ["body", { properties: hclOf(properties) }],
    ],
  };
}

/** An association; azurerm leaves to this what it can't say itself. */
export function associate(
  { target, before, after }: Change,
  { isThere }: Pick<Surroundings, "isThere">,
): Declared<TerraformPiece> {
  const configurationId = configurationIdOf(after ?? {});
  const set = exactId(parseId(target)?.scope ?? "");
  if (configurationId === undefined || !hasOnly(after, ["location", "properties"])) return "script";
  const properties = objectAt(after, "properties") ?? {};
  return {
    type: "azapi_resource",
    name: nameOf(set),
    noun: "association",
    ...imported(isThere || before !== undefined, target, apiVersions.maintenance),
    items: ({ attribute }) => [
      ["type", `Microsoft.Maintenance/configurationAssignments@${apiVersions.maintenance}`],
      ["parent_id", set],
      ["name", nameOf(target)],
      ["location", textAt(after, "location")],
      [
        "body",
        {
          properties: {
            ...hclOf(properties),
            maintenanceConfigurationId: attribute(configurationId, "id", exactId(configurationId)),
            resourceId: set,
          },
        },
      ],
      // Azure answers with ids in lower case.
      ["ignore_casing", true],
    ],
  };
}

/** A PATCH of a scale set, exactly as the plan sends it. */
function patch(noun: string): TerraformKind {
  return ({ target, after }) => {
    if (after === undefined) return "script";
    return {
      type: "azapi_resource_action",
      name: nameOf(target),
      noun,
      items: () => [
        ["type", `${sets}@${apiVersions.compute}`],
        ["resource_id", exactId(target)],
        ["method", "PATCH"],
        ["body", hclOf(after)],
      ],
    };
  };
}

function imported(isThere: boolean, id: string, version: string): { readonly importId?: string } {
  return isThere ? { importId: `${exactId(id)}?api-version=${version}` } : {};
}

/** The tags of a configuration: Azure returns their names in lower case, and another casing would be a difference for ever. */
export function lowerCaseTags(
  body: JsonObject | undefined,
): Readonly<Record<string, string>> | "none of ours" | undefined {
  const tags = body?.["tags"];
  if (tags === undefined) return undefined;
  if (!isObject(tags)) return "none of ours";
  const entries = Object.entries(tags).flatMap(([name, value]) =>
    typeof value === "string" ? [[name.toLowerCase(), value] as const] : [],
  );
  return entries.length === Object.keys(tags).length ? Object.fromEntries(entries) : "none of ours";
}

/** JSON is a value of HCL as it is. */
export function hclOf(object: JsonObject): { readonly [name: string]: HclValue | undefined } {
  return object as { readonly [name: string]: HclValue | undefined };
}
