import {
  type Draft,
  dropHealthExtension,
  extensions,
  hasHealthExtension,
  hasProbe,
  healthExtension,
  image,
  isFlexible,
  isRolling,
  isWindows,
  profile,
  serviceFabric,
} from "./model.ts";

/** One thing that is wrong with a scale set. */
export interface Defect {
  readonly what: string;
  /** The eligibility rule that it breaks. */
  readonly rule: string;
  /** What of the scale set it changes: two defects of one part do not go together. */
  readonly part: string;
  /** The service's words; absent where it takes the scale set all the same and one is only to be warned. */
  readonly refusal?: string;
  /** Whether the scale set has what the defect is about. */
  readonly fits: (draft: Draft) => boolean;
  readonly apply: (draft: Draft) => void;
}

const always = (): boolean => true;
const isPlatform = (draft: Draft): boolean => image(draft).publisher !== undefined;

const notLatest =
  "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to 'latest'.";
const because = "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because";
const noSource = `${because} a health probe or health extension was not specified.`;
const policyInvalid = (name: string, rule: string): string =>
  `The value of parameter upgradePolicy.rollingUpgradePolicy.${name} is invalid. It must be ${rule}.`;

function unsupported(publisher: string, offer: string, sku: string): Defect {
  return {
    what: `the platform image ${publisher}/${offer}/${sku}`,
    rule: "image-supported",
    part: "image",
    refusal:
      "Automatic OS Upgrade cannot be enabled on virtualMachineScaleSets configured with a Platform Image.",
    fits: (draft) => isPlatform(draft) && !isWindows(draft),
    apply: ({ set, facts }) => {
      const reference = set.properties.virtualMachineProfile.storageProfile.imageReference;
      Object.assign(reference, { publisher, offer, sku });
      facts.imageVersion = {
        properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: false } },
      };
    },
  };
}

function policy(name: string, value: unknown, rule: string): Defect {
  return {
    what: `${name} ${String(value)}`,
    rule: "rolling-policy",
    part: "policy",
    refusal: policyInvalid(name, rule),
    fits: isRolling,
    apply: ({ set }) => {
      set.properties.upgradePolicy.rollingUpgradePolicy[name] = value;
    },
  };
}

function patchMode(system: "windowsConfiguration" | "linuxConfiguration"): Defect {
  return {
    what: `patches by the platform (${system})`,
    rule: "patch-mode",
    part: "patching",
    refusal: `${because} patchSettings.patchMode is AutomaticByPlatform.`,
    fits: (draft) => profile(draft).osProfile[system] !== undefined,
    apply: (draft) => {
      profile(draft).osProfile[system].patchSettings = { patchMode: "AutomaticByPlatform" };
    },
  };
}

function serviceFabricDefect(what: string, refusal: string, apply: (draft: Draft) => void): Defect {
  return {
    what,
    rule: "service-fabric-durability",
    part: "health",
    refusal,
    fits: (draft) => serviceFabric(draft) !== undefined,
    apply: (draft) => {
      apply(draft);
      // Another source, so that only Service Fabric is what is wrong.
      extensions(draft).push(healthExtension(isWindows(draft) ? "Windows" : "Linux"));
    },
  };
}

/** Everything that can be wrong with the model of a scale set, as the documented requirements of automatic OS upgrades have it. */
export const defects: readonly Defect[] = [
  {
    what: "a pinned platform image",
    rule: "image-version-latest",
    part: "image",
    refusal: notLatest,
    fits: isPlatform,
    apply: (draft) => {
      image(draft).version = "22.04.202509030";
    },
  },
  {
    what: "a pinned gallery image",
    rule: "image-version-latest",
    part: "image",
    refusal: notLatest,
    fits: (draft) => !isPlatform(draft),
    apply: (draft) => {
      const reference = image(draft);
      for (const member of Object.keys(reference)) reference[member] += "/versions/1.4.1";
    },
  },
  {
    what: "a custom image",
    rule: "image-version-latest",
    part: "image",
    refusal: notLatest,
    fits: (draft) => image(draft).id !== undefined,
    apply: (draft) => {
      image(draft).id = image(draft).id.replace(/galleries\/.*/, "images/golden-linux");
    },
  },
  unsupported("Canonical", "ubuntu-24_04-lts", "server"),
  unsupported("Debian", "debian-12", "12-gen2"),
  unsupported("RedHat", "RHEL", "9-lvm-gen2"),
  {
    what: "no health source",
    rule: "health-source",
    part: "health",
    refusal: noSource,
    fits: (draft) => !isRolling(draft) && serviceFabric(draft) === undefined,
    apply: (draft) => {
      dropHealthExtension(draft);
      delete profile(draft).networkProfile.healthProbe;
    },
  },
  {
    what: "an extension of another publisher in the place of the health extension",
    rule: "health-source",
    part: "health",
    refusal: noSource,
    fits: (draft) => !isRolling(draft) && hasHealthExtension(draft),
    apply: (draft) => {
      for (const { properties } of extensions(draft)) properties.publisher = "Contoso.Monitoring";
    },
  },
  {
    what: "the health extension for the other operating system",
    rule: "health-source",
    part: "health",
    refusal: noSource,
    fits: (draft) => !isRolling(draft) && hasHealthExtension(draft),
    apply: (draft) => {
      dropHealthExtension(draft);
      extensions(draft).push(healthExtension(isWindows(draft) ? "Linux" : "Windows"));
    },
  },
  {
    what: "two health sources",
    rule: "health-source",
    part: "health",
    refusal: `${because} both a health probe and a health extension were provided. Remove the health probe or health extension prior to enabling automatic OS upgrade.`,
    fits: (draft) => hasProbe(draft) && !hasHealthExtension(draft),
    apply: (draft) => {
      extensions(draft).push(healthExtension(isWindows(draft) ? "Windows" : "Linux"));
    },
  },
  {
    what: "Windows' own updates, which the request insists on",
    rule: "windows-automatic-updates",
    part: "updates",
    refusal:
      "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
    fits: isWindows,
    apply: (draft) => {
      profile(draft).osProfile.windowsConfiguration.enableAutomaticUpdates = true;
      draft.enable.properties.virtualMachineProfile = {
        osProfile: { windowsConfiguration: { enableAutomaticUpdates: true } },
      };
    },
  },
  patchMode("windowsConfiguration"),
  patchMode("linuxConfiguration"),
  serviceFabricDefect(
    "Service Fabric of durability Bronze",
    "Automatic OS Upgrade is not allowed on Virtual Machine Scale Sets having Service Fabric extension with durabilityLevel as 'Bronze'.",
    (draft) => {
      serviceFabric(draft).properties.settings.durabilityLevel = "Bronze";
    },
  ),
  serviceFabricDefect(
    "an old version of the Service Fabric extension",
    "Service Fabric VM Extension version should be 1.1 or above for Auto OS Upgrade support",
    (draft) => {
      serviceFabric(draft).properties.typeHandlerVersion = "1.0";
    },
  ),
  {
    what: "several placement groups with the probe of a Basic load balancer",
    rule: "load-balancer-sku",
    part: "health",
    refusal: `${because} it spans multiple placement groups and its health probe is of the Basic load balancer 'lb-basic': it needs a Standard load balancer.`,
    fits: hasProbe,
    apply: (draft) => {
      const { networkProfile } = profile(draft);
      const id: string = networkProfile.healthProbe.id.replace(
        /loadBalancers\/[^/]+/,
        "loadBalancers/lb-basic",
      );
      networkProfile.healthProbe.id = id;
      draft.set.properties.singlePlacementGroup = false;
      draft.facts.loadBalancer = { id: id.split("/probes/")[0] ?? "", sku: { name: "Basic" } };
    },
  },
  policy("maxBatchInstancePercent", 3, "an integer from 5 to 100"),
  policy("maxUnhealthyInstancePercent", 101, "an integer from 5 to 100"),
  policy("maxUnhealthyUpgradedInstancePercent", -1, "an integer from 0 to 100"),
  policy("pauseTimeBetweenBatches", "5 minutes", "a duration in the format of ISO 8601, such as PT0S"),
  {
    what: "Flexible orchestration",
    rule: "orchestration-mode",
    part: "orchestration",
    fits: (draft) => !isFlexible(draft) && !hasProbe(draft) && serviceFabric(draft) === undefined,
    apply: ({ set }) => {
      set.properties.orchestrationMode = "Flexible";
    },
  },
  {
    what: "a set of AKS",
    rule: "managed-by-other",
    part: "owner",
    fits: (draft) => !isWindows(draft) && serviceFabric(draft) === undefined,
    apply: ({ set }) => {
      set.tags = { ...set.tags, "aks-managed-poolName": "systempool", poolName: "systempool" };
      set.managedBy = set.id.replace(
        /Microsoft\.Compute\/.*/,
        "Microsoft.ContainerService/managedClusters/aks-contoso",
      );
    },
  },
  {
    what: "a script behind a signed URL",
    rule: "external-references",
    part: "secrets",
    fits: always,
    apply: (draft) => {
      extensions(draft).push({
        name: "bootstrap",
        properties: {
          publisher: "Microsoft.Azure.Extensions",
          type: "CustomScript",
          typeHandlerVersion: "2.1",
          settings: { fileUris: ["https://stcontoso.blob.core.windows.net/c/a.sh?se=2027-01-01&sig=x"] },
        },
      });
    },
  },
];
