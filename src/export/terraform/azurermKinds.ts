import { configurationIdOf } from "../../core/associations/link.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf, parseId, resourceGroupId, sameId, subscriptionOf } from "../../core/resources/ids.ts";
import { objectAt, textAt, type JsonObject } from "../../core/resources/json.ts";
import { hasOnly } from "../template/templateKinds.ts";
import { associate, azapiKinds, hclOf, lowerCaseTags, setOfExtension } from "./azapiKinds.ts";
import { jsonEncoded, type Block, type HclValue } from "./hcl.ts";
import { exactId } from "./ids.ts";
import type { TerraformKind, TerraformKinds } from "./piece.ts";

/**
 * Each kind of change as azurerm 4.x and 5.x say it: what is written here has the same names in both. What azurerm can't say, azapi does, beside
 * it.
 */
export const azurermKinds: TerraformKinds = {
  registerProvider: ({ target }) => ({ registersIn: subscriptionOf(target) }),
  createResourceGroup: (change, surroundings) => {
    const { target, after } = change;
    const location = textAt(after, "location");
    if (location === undefined || !hasOnly(after, ["location"]))
      return azapiKinds.createResourceGroup(change, surroundings);
    return {
      type: "azurerm_resource_group",
      name: nameOf(target),
      noun: "group",
      items: ({ provider }) => [
        ["provider", provider(subscriptionOf(target))],
        ["name", nameOf(target)],
        ["location", location],
      ],
    };
  },
  createConfiguration: (change, surroundings) =>
    configuration(change, surroundings.isThere) ?? azapiKinds.createConfiguration(change, surroundings),
  updateConfiguration: (change, surroundings) =>
    configuration(change, true) ?? azapiKinds.updateConfiguration(change, surroundings),
  deleteConfiguration: azapiKinds.deleteConfiguration,
  associate: (change, surroundings) => {
    const { target, before, after } = change;
    const location = textAt(after, "location");
    const configurationId = configurationIdOf(after ?? {}) ?? "";
    const set = exactId(parseId(target)?.scope ?? "");
    // azurerm names an association after its configuration, replaces one to lead it elsewhere, and creates none beside another.
    const isOurs = sameId(nameOf(target), nameOf(configurationId));
    if (location === undefined || before !== undefined || !isOurs || surroundings.hasSeveral(set))
      return associate(change, surroundings);
    if (!hasOnly(objectAt(after, "properties"), ["maintenanceConfigurationId", "resourceId"]))
      return associate(change, surroundings);
    return {
      type: "azurerm_maintenance_assignment_virtual_machine_scale_set",
      name: nameOf(set),
      noun: "association",
      ...(surroundings.isThere && { importId: exactId(target) }),
      items: ({ provider, attribute }) => [
        ["provider", provider(subscriptionOf(target))],
        ["location", location],
        ["maintenance_configuration_id", attribute(configurationId, "id", exactId(configurationId))],
        ["virtual_machine_scale_set_id", set],
      ],
    };
  },
  dissociate: azapiKinds.dissociate,
  // Of a scale set that Terraform doesn't manage: azurerm would need all of it.
  setUpgradePolicy: azapiKinds.setUpgradePolicy,
  setImageReference: azapiKinds.setImageReference,
  setAutomaticUpdates: azapiKinds.setAutomaticUpdates,
  setPatchSettings: azapiKinds.setPatchSettings,
  addHealthExtension: (change, surroundings) => {
    const { target, after } = change;
    const properties = objectAt(after, "properties") ?? {};
    const set = setOfExtension(target);
    const items = extensionItems(nameOf(target), properties);
    if (items === undefined || !hasOnly(after, ["properties"]))
      return azapiKinds.addHealthExtension(change, surroundings);
    return {
      type: "azurerm_virtual_machine_scale_set_extension",
      name: nameOf(set),
      noun: "extension",
      ...(surroundings.isThere && { importId: exactId(target) }),
      items: ({ provider }) => [
        ["provider", provider(subscriptionOf(target))],
        ["virtual_machine_scale_set_id", set],
        ...items,
      ],
    };
  },
  updateInstances: azapiKinds.updateInstances,
  startUpgrade: azapiKinds.startUpgrade,
  cancelUpgrade: azapiKinds.cancelUpgrade,
  approveUpgrade: azapiKinds.approveUpgrade,
};

/** The arguments of an extension; undefined where azurerm has none for a member. */
export function extensionItems(name: string, properties: JsonObject): Block["items"] | undefined {
  const names = ["publisher", "type", "typeHandlerVersion", "autoUpgradeMinorVersion", "settings"];
  const settings = objectAt(properties, "settings");
  if (!hasOnly(properties, names) || (settings === undefined) !== (properties["settings"] === undefined))
    return undefined;
  const { publisher, type, typeHandlerVersion, autoUpgradeMinorVersion } = hclOf(properties);
  if (publisher === undefined || type === undefined || typeHandlerVersion === undefined) return undefined;
  return [
    ["name", name],
    ["publisher", publisher],
    ["type", type],
    ["type_handler_version", typeHandlerVersion],
    ["auto_upgrade_minor_version", autoUpgradeMinorVersion],
    ["settings", settings && jsonEncoded(hclOf(settings))],
  ];
}

/** A configuration; undefined where azurerm can't say all of it. */
function configuration({ target, after }: Change, isThere: boolean): ReturnType<TerraformKind> | undefined {
  const location = textAt(after, "location");
  const properties = objectAt(after, "properties");
  const tags = lowerCaseTags(after);
  const { subscriptionId = "", resourceGroup = "" } = parseId(target) ?? {};
  if (location === undefined || properties === undefined || tags === "none of ours") return undefined;
  if (!hasOnly(after, ["location", "tags", "properties"]) || !hasOnly(properties, said)) return undefined;
  const scope = textAt(properties, "maintenanceScope");
  const visibility = textAt(properties, "visibility") ?? "Custom";
  const namespace = textAt(properties, "namespace") ?? "Microsoft.Maintenance";
  const windows = windowBlocks(properties);
  if (scope === undefined || !scopes.includes(scope)) return undefined;
  if (visibility !== "Custom" || windows === undefined) return undefined;
  // azurerm always sends this one.
  if (namespace !== "Microsoft.Maintenance") return undefined;
  const group = resourceGroupId(subscriptionId, resourceGroup);
  return {
    type: "azurerm_maintenance_configuration",
    name: nameOf(target),
    noun: "configuration",
    ...(isThere && { importId: exactId(target) }),
    items: ({ provider, attribute }) => [
      ["provider", provider(subscriptionId)],
      ["name", nameOf(target)],
      ["resource_group_name", attribute(group, "name", resourceGroup)],
      ["location", location],
      ["scope", scope],
      ["visibility", visibility],
      ["tags", tags],
      ["properties", extensionProperties(properties)],
      ...windows,
    ],
  };
}

/** Those that azurerm takes, in this case only. */
const scopes = ["Extension", "Host", "InGuestPatch", "OSImage", "SQLDB", "SQLManagedInstance"];

const said = ["maintenanceScope", "visibility", "namespace", "maintenanceWindow", "extensionProperties"];

function extensionProperties(properties: JsonObject): HclValue | undefined {
  const more = objectAt(properties, "extensionProperties");
  return more && Object.keys(more).length > 0 ? hclOf(more) : undefined;
}

const windowArguments = {
  startDateTime: "start_date_time",
  expirationDateTime: "expiration_date_time",
  duration: "duration",
  timeZone: "time_zone",
  recurEvery: "recur_every",
} as const;

/** azurerm has a closed list of names, all of Windows and so written. */
const zoneOfWindows = /^(?:.+ Standard Time(?: \(Mexico\))?|UTC(?:[+-]\d\d)?|Russia Time Zone \d+)$/;

/** The window, if there is one; undefined where azurerm would refuse it. */
function windowBlocks(properties: JsonObject): readonly Block[] | undefined {
  const window = objectAt(properties, "maintenanceWindow");
  if (window === undefined) return properties["maintenanceWindow"] === undefined ? [] : undefined;
  const { duration, startDateTime, timeZone } = window;
  // It takes two digits, and less than a day.
  const padded = typeof duration === "string" ? duration.replace(/^(?=\d:)/, "0") : duration;
  if (padded !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(String(padded as unknown))) return undefined;
  if (typeof startDateTime !== "string" || typeof timeZone !== "string") return undefined;
  if (!zoneOfWindows.test(timeZone)) return undefined;
  if (!hasOnly(window, Object.keys(windowArguments))) return undefined;
  const values = hclOf({ ...window, ...(padded !== undefined && { duration: padded }) });
  const items = Object.entries(windowArguments).map(([member, name]) => [name, values[member]] as const);
  return [{ head: "window", items }];
}
