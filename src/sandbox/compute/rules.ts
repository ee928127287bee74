import { durationOf } from "../clock.ts";
import { refuse } from "../http/errors.ts";
import { keyOf } from "../ids.ts";
import { at, type JsonObject, objectAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import type { State } from "../state.ts";
import {
  durabilityOf,
  hasBothSources,
  hasHealthSource,
  imageReferenceOf,
  modeOf,
  probeOf,
  profileOf,
  same,
  serviceFabricOf,
  upgradesOn,
} from "./model.ts";
import { galleryIdOf, platformImageOf } from "./newestImage.ts";
import { supportsAutomaticUpgrades } from "./platformImages.ts";

const bad = (message: string) => refuse(400, "BadRequest", message);
const notAllowed = (message: string) => refuse(409, "OperationNotAllowed", message);

function checkImage(set: JsonObject): void {
  const image = imageReferenceOf(profileOf(set));
  const id = galleryIdOf(image);
  const latest =
    id === undefined
      ? same(textAt(image, "version"), "latest")
      : /galleries\/[^/]+\/images\/[^/]+(\/versions\/latest)?\/?$/i.test(id);
  if (!latest) {
    throw bad(
      "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to 'latest'.",
    );
  }
  if (id !== undefined) return;
  const platform = platformImageOf(image);
  if (platform === undefined || !supportsAutomaticUpgrades(platform)) {
    throw bad(
      "Automatic OS Upgrade cannot be enabled on virtualMachineScaleSets configured with a Platform Image.",
    );
  }
}

function checkHealth(set: JsonObject): void {
  const why = "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because";
  if (!hasHealthSource(set)) throw bad(`${why} a health probe or health extension was not specified.`);
  if (hasBothSources(profileOf(set))) {
    throw bad(
      `${why} both a health probe and a health extension were provided. Remove the health probe or health extension prior to enabling automatic OS upgrade.`,
    );
  }
}

function checkPatching(set: JsonObject): void {
  const profile = objectAt(profileOf(set), "osProfile");
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

/** Patching without a restart is for machines that the platform patches: the contract says so of `enableHotpatching`. */
function checkHotpatching(set: JsonObject): void {
  const settings = objectAt(profileOf(set), "osProfile", "windowsConfiguration", "patchSettings");
  if (at(settings, "enableHotpatching") !== true) return;
  if (!same(textAt(settings, "patchMode"), "AutomaticByPlatform")) throw ours.hotpatching();
}

/** Codes and words as reported (MicrosoftDocs/azure-docs #18035, microsoft/service-fabric #618); the status is that of the code elsewhere. */
function checkServiceFabric(set: JsonObject): void {
  const extension = serviceFabricOf(profileOf(set));
  if (extension === undefined) return;
  const durability = durabilityOf(extension);
  if (same(durability, "Bronze")) {
    throw notAllowed(
      "Automatic OS Upgrade is not allowed on Virtual Machine Scale Sets having Service Fabric extension with durabilityLevel as 'Bronze'.",
    );
  }
  const version = textAt(extension, "typeHandlerVersion") ?? "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 1)) {
    throw notAllowed(
      "Service Fabric VM Extension version should be 1.1 or above for Auto OS Upgrade support",
    );
  }
}

/** A probe watches a set of several placement groups only from behind a Standard load balancer. */
function checkLoadBalancer({ loadBalancers }: Pick<State, "loadBalancers">, set: JsonObject): void {
  const probe = probeOf(set);
  if (probe === undefined || at(set, "properties", "singlePlacementGroup") !== false) return;
  const balancer = probe.replace(/\/probes\/.*$/i, "");
  const sku = textAt(loadBalancers.get(keyOf(balancer))?.body, "sku", "name");
  if (same(sku, "Basic")) throw ours.basicLoadBalancer(balancer.split("/").at(-1) ?? "");
}

/** The range of each percentage: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets */
const ranges = {
  maxBatchInstancePercent: [5, 100],
  maxUnhealthyInstancePercent: [5, 100],
  maxUnhealthyUpgradedInstancePercent: [0, 100],
} as const;

function checkRollingPolicy(set: JsonObject): void {
  const policy = objectAt(set, "properties", "upgradePolicy", "rollingUpgradePolicy");
  for (const [name, [min, max]] of Object.entries(ranges)) {
    const value = at(policy, name);
    const fits = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
    if (value !== undefined && !fits) throw ours.rollingPolicy(name, `an integer from ${min} to ${max}`);
  }
  const pause = at(policy, "pauseTimeBetweenBatches");
  if (pause !== undefined && (typeof pause !== "string" || durationOf(pause) === undefined)) {
    throw ours.rollingPolicy("pauseTimeBetweenBatches", "a duration in the format of ISO 8601, such as PT0S");
  }
}

/** Refuses a scale set model that Azure would refuse: the rules of automatic OS upgrades and of mode Rolling. */
export function checkModel(state: Pick<State, "loadBalancers">, set: JsonObject): void {
  checkRollingPolicy(set);
  checkHotpatching(set);
  if (upgradesOn(set)) {
    checkImage(set);
    checkServiceFabric(set);
    checkHealth(set);
    checkPatching(set);
    checkLoadBalancer(state, set);
  }
  if (modeOf(set) === "rolling" && !hasHealthSource(set)) {
    throw bad(
      "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.",
    );
  }
}

const imageFields = ["publisher", "offer", "sku"].map((field) => ["imageReference", field] as const);

/**
 * Refuses to change what is set when a scale set is created. Text, code, status and target as recorded for the sku of an image
 * (Azure/azure-powershell #11911), its offer (hashicorp/terraform-provider-azurerm #13657) and fault domains (MicrosoftDocs/azure-docs
 * #108952).
 */
export function checkChanges(before: JsonObject, after: JsonObject): void {
  const [old, wanted] = [before, after].map((set) => ({
    imageReference: imageReferenceOf(profileOf(set)),
    properties: objectAt(set, "properties"),
  }));
  const fixed = [...imageFields, ["properties", "platformFaultDomainCount"] as const];
  for (const path of fixed) {
    const [was, is] = [old, wanted].map((one) => JSON.stringify(at(one, ...path))?.toLowerCase());
    if (was === undefined || is === undefined || was === is) continue;
    const target = path.join(".").replace("properties.", "");
    throw refuse(409, "PropertyChangeNotAllowed", `Changing property '${target}' is not allowed.`, {
      target,
    });
  }
}
