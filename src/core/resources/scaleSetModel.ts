import { at } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

/** A member of a scale set's `properties` that rules, plans, estimates or views look into. */
export interface ModelMember {
  /** Below `properties`. */
  readonly path: readonly string[];
  /** Of a section only that it is there is kept; what is in it is declared member by member. */
  readonly isSection?: true;
  /** It is each set's own, while most members are the same in thousands of sets. */
  readonly isOwn?: true;
  /** It may hold signed URLs, commands or names of secrets, so that it is not written to a file as it is. */
  readonly mayHoldSecrets?: true;
}

const profile = "virtualMachineProfile";
const system = [profile, "osProfile"] as const;
const windows = [...system, "windowsConfiguration"] as const;
const linux = [...system, "linuxConfiguration"] as const;

/**
 * All of a scale set's `properties` that matters here: what the query asks Resource Graph for, what is made of its answer and what is saved
 * of a fleet follow from it, so that none of them lacks what another has. A section stands before what is in it.
 */
export const modelMembers: readonly ModelMember[] = [
  { path: ["provisioningState"] },
  { path: ["orchestrationMode"] },
  { path: ["singlePlacementGroup"] },
  { path: ["upgradePolicy"] },
  { path: ["lifecycleHooksProfile"] },
  { path: [profile], isSection: true },
  { path: [profile, "storageProfile", "osDisk", "osType"] },
  { path: [profile, "storageProfile", "imageReference"] },
  { path: [profile, "extensionProfile", "extensions"], mayHoldSecrets: true },
  { path: [profile, "applicationProfile"], mayHoldSecrets: true },
  { path: [profile, "scheduledEventsProfile"] },
  { path: [profile, "networkProfile", "healthProbe"], isOwn: true },
  { path: [...system, "secrets"], mayHoldSecrets: true },
  { path: [...system, "allowExtensionOperations"] },
  { path: windows, isSection: true },
  { path: [...windows, "enableAutomaticUpdates"] },
  { path: [...windows, "provisionVMAgent"] },
  { path: [...windows, "patchSettings"] },
  { path: [...windows, "winRM"], mayHoldSecrets: true },
  { path: linux, isSection: true },
  { path: [...linux, "provisionVMAgent"] },
  { path: [...linux, "patchSettings"] },
];

/** Those that thousands of sets have alike, in the declared order. */
export const sharedMembers = modelMembers.filter(({ isOwn }) => isOwn !== true);

/** What `properties` say of a member: of a section whether it is there, of others the value; null where there is none. */
export function valueOf(properties: Json | undefined, { path, isSection }: ModelMember): Json {
  const value = at(properties, ...path);
  return isSection === true ? value !== undefined : (value ?? null);
}

/**
 * The `properties` that have these values, each of the member in the same place of `members`. Null and empty text are nothing, as Resource
 * Graph has them where ARM has nothing.
 */
export function propertiesOf(
  values: readonly (Json | undefined)[],
  members: readonly ModelMember[] = modelMembers,
): JsonObject {
  const properties: Draft = {};
  members.forEach(({ path, isSection }, index) => {
    const value = values[index];
    if (value === undefined || value === null || value === "") return;
    if (isSection !== true) put(properties, path, value);
    else if (value === true) put(properties, path, {});
  });
  return properties as JsonObject;
}

interface Draft {
  [name: string]: Json | Draft;
}

function put(properties: Draft, path: readonly string[], value: Json | Draft): void {
  let section = properties;
  path.forEach((name, depth) => {
    if (depth === path.length - 1) section[name] = value;
    else section = (section[name] ??= {}) as Draft;
  });
}
