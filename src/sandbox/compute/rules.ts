import { refuse } from "../errors.ts";
import { at, type JsonObject, listAt, objectAt, textAt } from "../json.ts";
import { ours } from "../ours.ts";
import { supportsAutomaticUpgrades } from "./images.ts";

const bad = (message: string) => refuse(400, "BadRequest", message);

const same = (value: string | undefined, wanted: string): boolean =>
  value?.toLowerCase() === wanted.toLowerCase();

export const upgradesOn = (set: JsonObject): boolean =>
  at(set, "properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade") === true;

function hasProbe(set: JsonObject): boolean {
  const profile = objectAt(set, "properties", "virtualMachineProfile", "networkProfile");
  return (
    !same(textAt(set, "properties", "orchestrationMode"), "Flexible") &&
    textAt(profile, "healthProbe", "id") !== undefined
  );
}

function hasHealthExtension(set: JsonObject): boolean {
  const extensions = listAt(set, "properties", "virtualMachineProfile", "extensionProfile", "extensions");
  return extensions.some(
    (extension) =>
      same(textAt(extension, "properties", "publisher"), "Microsoft.ManagedServices") &&
      /^ApplicationHealth(Linux|Windows)$/i.test(textAt(extension, "properties", "type") ?? ""),
  );
}

function checkImage(set: JsonObject): void {
  const image = objectAt(set, "properties", "virtualMachineProfile", "storageProfile", "imageReference");
  const id =
    textAt(image, "id") ?? textAt(image, "sharedGalleryImageId") ?? textAt(image, "communityGalleryImageId");
  const latest =
    id === undefined
      ? same(textAt(image, "version"), "latest")
      : /\/images\/[^/]+\/?$/i.test(id) && /\/galleries\//i.test(id);
  if (!latest) {
    throw bad(
      "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to 'latest'.",
    );
  }
  if (id !== undefined) return;
  const [publisher = "", offer = "", sku = ""] = ["publisher", "offer", "sku"].map((field) =>
    textAt(image, field),
  );
  if (!supportsAutomaticUpgrades(publisher, offer, sku)) {
    throw bad(
      "Automatic OS Upgrade cannot be enabled on virtualMachineScaleSets configured with a Platform Image.",
    );
  }
}

function checkHealth(set: JsonObject): void {
  const [probe, extension] = [hasProbe(set), hasHealthExtension(set)];
  const why = "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because";
  if (!probe && !extension) throw bad(`${why} a health probe or health extension was not specified.`);
  if (probe && extension) {
    throw bad(
      `${why} both a health probe and a health extension were provided. Remove the health probe or health extension prior to enabling automatic OS upgrade.`,
    );
  }
}

function checkPatching(set: JsonObject): void {
  const profile = objectAt(set, "properties", "virtualMachineProfile", "osProfile");
  if (at(profile, "windowsConfiguration", "enableAutomaticUpdates") === true) {
    throw bad(
      "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
    );
  }
  for (const system of ["windowsConfiguration", "linuxConfiguration"]) {
    if (same(textAt(profile, system, "patchSettings", "patchMode"), "AutomaticByPlatform")) {
      throw ours.patchMode();
    }
  }
}

/** Refuses a scale set model that Azure would refuse: the rules of automatic OS upgrades and of mode Rolling. */
export function checkModel(set: JsonObject): void {
  if (upgradesOn(set)) {
    checkImage(set);
    checkHealth(set);
    checkPatching(set);
  }
  if (
    same(textAt(set, "properties", "upgradePolicy", "mode"), "Rolling") &&
    !hasProbe(set) &&
    !hasHealthExtension(set)
  ) {
    throw bad(
      "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.",
    );
  }
}
