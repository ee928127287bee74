/** What the model of a scale set says. Readers for the rules, the instances and the upgrades. */
import { at, type JsonObject, listAt, objectAt, textAt } from "../json.ts";

export const same = (value: string | undefined, wanted: string): boolean =>
  value?.toLowerCase() === wanted.toLowerCase();

export const profileOf = (set: JsonObject): JsonObject =>
  objectAt(set, "properties", "virtualMachineProfile");

export const imageReferenceOf = (profile: JsonObject): JsonObject =>
  objectAt(profile, "storageProfile", "imageReference");

export const extensionsOf = (profile: JsonObject): readonly JsonObject[] =>
  listAt(profile, "extensionProfile", "extensions").map((extension) => objectAt({ extension }, "extension"));

export const modeOf = (set: JsonObject): string =>
  textAt(set, "properties", "upgradePolicy", "mode")?.toLowerCase() ?? "manual";

export const automaticPolicyOf = (set: JsonObject): JsonObject =>
  objectAt(set, "properties", "upgradePolicy", "automaticOSUpgradePolicy");

export const upgradesOn = (set: JsonObject): boolean =>
  automaticPolicyOf(set)["enableAutomaticOSUpgrade"] === true;

export const isFlexible = (set: JsonObject): boolean =>
  same(textAt(set, "properties", "orchestrationMode"), "Flexible");

const givenProbe = (profile: JsonObject): string | undefined =>
  textAt(profile, "networkProfile", "healthProbe", "id");

/** The probe of a load balancer; a Flexible scale set cannot have its health from one. */
export function probeOf(set: JsonObject, profile = profileOf(set)): string | undefined {
  return isFlexible(set) ? undefined : givenProbe(profile);
}

/** The one for the other operating system reports nothing. */
function hasHealthExtension(profile: JsonObject): boolean {
  const system = textAt(profile, "storageProfile", "osDisk", "osType");
  const systems = system === undefined ? ["Linux", "Windows"] : [system];
  return extensionsOf(profile).some(
    ({ properties }) =>
      same(textAt(properties, "publisher"), "Microsoft.ManagedServices") &&
      systems.some((one) => same(textAt(properties, "type"), `ApplicationHealth${one}`)),
  );
}

/** Whether health is to come from two places, which is refused even where one of them counts for nothing. */
export const hasBothSources = (profile: JsonObject): boolean =>
  givenProbe(profile) !== undefined && hasHealthExtension(profile);

/** The extension that makes the instances nodes of a Service Fabric cluster. */
export const serviceFabricOf = (profile: JsonObject): JsonObject | undefined =>
  extensionsOf(profile)
    .map(({ properties }) => objectAt({ properties }, "properties"))
    .find(
      (extension) =>
        same(textAt(extension, "publisher"), "Microsoft.Azure.ServiceFabric") &&
        /^ServiceFabric(Linux)?Node$/i.test(textAt(extension, "type") ?? ""),
    );

export const durabilityOf = (serviceFabric: JsonObject): string =>
  textAt(serviceFabric, "settings", "durabilityLevel") ?? "Bronze";

/** Whether anything would tell of an instance's health under the profile that was applied to it. */
export const hasHealthSource = (set: JsonObject, profile = profileOf(set)): boolean => {
  const serviceFabric = serviceFabricOf(profile);
  return (
    probeOf(set, profile) !== undefined ||
    hasHealthExtension(profile) ||
    (serviceFabric !== undefined && !same(durabilityOf(serviceFabric), "Bronze"))
  );
};

export function capacityOf(set: JsonObject): number {
  const capacity = at(set, "sku", "capacity");
  return typeof capacity === "number" ? capacity : 0;
}

/** What Azure takes where a rolling upgrade policy does not say. */
const usualPolicy = {
  maxBatchInstancePercent: 20,
  maxUnhealthyInstancePercent: 20,
  maxUnhealthyUpgradedInstancePercent: 20,
  pauseTimeBetweenBatches: "PT0S",
  enableCrossZoneUpgrade: false,
  prioritizeUnhealthyInstances: false,
  rollbackFailedInstancesOnPolicyBreach: false,
  maxSurge: false,
};

export type RollingPolicy = Readonly<typeof usualPolicy>;

/**
 * Automatic OS upgrades follow the rolling upgrade policy:
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades
 */
export function rollingPolicyOf(set: JsonObject): RollingPolicy {
  const policy = objectAt(set, "properties", "upgradePolicy", "rollingUpgradePolicy");
  const whole = Object.entries(usualPolicy).map(([name, usual]) => [name, at(policy, name) ?? usual]);
  return Object.fromEntries(whole) as RollingPolicy;
}
