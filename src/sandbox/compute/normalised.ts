/** What the service itself writes into a model that it is sent (recorded 2020-12-30, api 2020-12-01, for PUT; documented alike for PATCH). */
import { at, isObject, type Json, type JsonObject, objectAt, textAt, withAt } from "../json.ts";
import {
  automaticPolicyOf,
  extensionsOf,
  imageReferenceOf,
  profileOf,
  rollingPolicyOf,
  same,
  upgradesOn,
} from "./model.ts";

const windowsConfiguration = ["properties", "virtualMachineProfile", "osProfile", "windowsConfiguration"];
const automaticUpdates = [...windowsConfiguration, "enableAutomaticUpdates"];

/** Whether the instances run Windows: a body that is sent need not name it. */
function isWindows(set: JsonObject): boolean {
  const profile = profileOf(set);
  const publisher = textAt(imageReferenceOf(profile), "publisher") ?? "";
  return (
    at(set, ...windowsConfiguration) !== undefined ||
    same(textAt(profile, "storageProfile", "osDisk", "osType"), "Windows") ||
    /^MicrosoftWindows/i.test(publisher)
  );
}

/** A model for specialized images has none. */
const hasOsProfile = (set: JsonObject): boolean =>
  isObject(at(set, "properties", "virtualMachineProfile", "osProfile"));

/**
 * A PUT that says nothing of Windows' configuration leaves it as it is: recorded with both of its members. A new set gets the documented
 * defaults of the contract. That a configuration without the one member keeps it, too, is ours.
 */
export function withWindowsConfiguration(before: JsonObject | undefined, model: JsonObject): JsonObject {
  const isKnown = at(before, ...windowsConfiguration) !== undefined;
  if (!isKnown && (!hasOsProfile(model) || !isWindows(model))) return model;
  const sent = at(model, ...windowsConfiguration);
  const known = objectAt(before, ...windowsConfiguration);
  if (!isObject(sent)) {
    const defaults: JsonObject = { provisionVMAgent: true, enableAutomaticUpdates: true };
    return withAt(model, windowsConfiguration, isKnown ? known : defaults);
  }
  if (at(sent, "enableAutomaticUpdates") !== undefined) return model;
  return withAt(model, automaticUpdates, at(known, "enableAutomaticUpdates") ?? true);
}

/**
 * With upgrades on, Windows' own updates are switched off by the service, and stay off once upgrades are off again; a request that itself
 * says true is refused by the rules.
 */
export function withoutWindowsUpdates(model: JsonObject, sent: Json): JsonObject {
  const asksForUpdates = at(sent, ...automaticUpdates) === true;
  if (!upgradesOn(model) || asksForUpdates || !hasOsProfile(model) || !isWindows(model)) return model;
  return withAt(model, automaticUpdates, false);
}

/** The policies that the service fills in once upgrades are on. */
export function withPolicies(model: JsonObject): JsonObject {
  if (!upgradesOn(model)) return model;
  const policy = objectAt(model, "properties", "upgradePolicy");
  const { maxBatchInstancePercent, maxUnhealthyInstancePercent, maxUnhealthyUpgradedInstancePercent } =
    rollingPolicyOf(model);
  const { pauseTimeBetweenBatches } = rollingPolicyOf(model);
  return withAt(model, ["properties", "upgradePolicy"], {
    ...policy,
    rollingUpgradePolicy: {
      maxBatchInstancePercent,
      maxUnhealthyInstancePercent,
      maxUnhealthyUpgradedInstancePercent,
      pauseTimeBetweenBatches,
      ...objectAt(policy, "rollingUpgradePolicy"),
    },
    automaticOSUpgradePolicy: { useRollingUpgradePolicy: false, ...automaticPolicyOf(model) },
  });
}

/** What GET never returns. */
export function withoutSecrets(set: JsonObject): JsonObject {
  const { adminPassword: password, ...osProfile } = objectAt(profileOf(set), "osProfile");
  const extensions = extensionsOf(profileOf(set)).map((extension) => {
    const { protectedSettings: _secret, ...properties } = objectAt(extension, "properties");
    return { ...extension, properties };
  });
  const path = (...steps: string[]) => ["properties", "virtualMachineProfile", ...steps];
  const named = password === undefined ? set : withAt(set, path("osProfile"), osProfile);
  return extensions.length === 0 ? named : withAt(named, path("extensionProfile", "extensions"), extensions);
}
