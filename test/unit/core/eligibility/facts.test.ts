import { describe, it } from "node:test";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import { configurationIdOf, scaleSet } from "../scaleSets.ts";
import { checkFinding } from "./findings.ts";
import type { Expected } from "./findings.ts";

const now = "2026-11-23T09:00:00Z";
const gallery = scaleSet({
  image: {
    id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp/images/base",
  },
});

const platform = (automaticOSUpgradeSupported: boolean): EligibilityFacts => ({
  newestImage: {
    name: "24.04.202611050",
    properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported } },
  },
});
const inGallery = (publishingProfile: JsonObject): EligibilityFacts => ({
  newestImage: { name: "1.5.0", properties: { publishingProfile } },
});
/** By region, the state of the newest version's replication. */
const replicated = (states: Readonly<Record<string, string>>): EligibilityFacts => ({
  newestImage: {
    name: "1.5.0",
    properties: {
      publishingProfile: { targetRegions: Object.keys(states).map((name) => ({ name })) },
      replicationStatus: {
        aggregatedState: "InProgress",
        summary: Object.entries(states).map(([region, state]) => ({ region, state })),
      },
    },
  },
});
const instances = (...latest: readonly boolean[]): EligibilityFacts => ({
  instances: latest.map((latestModelApplied) => ({ properties: { latestModelApplied } })),
});
const summary = (counts: Readonly<Record<string, number>>): EligibilityFacts => ({
  instanceView: {
    virtualMachine: {
      statusesSummary: Object.entries(counts).map(([code, count]) => ({ code, count })),
    },
  },
});
const health = (...codes: readonly string[]): EligibilityFacts => ({
  instances: codes.map((code) => ({
    properties: { instanceView: { vmHealth: { status: { code: `HealthState/${code}` } } } },
  })),
});
/** As recorded of a Uniform set: one entry for each instance. */
const protection = (...policies: readonly JsonObject[]): EligibilityFacts => ({
  instances: policies.map((protectionPolicy) => ({
    properties: { latestModelApplied: true, protectionPolicy },
  })),
});
const configuration = (duration: string, more: JsonObject = {}): EligibilityFacts => {
  const resource: JsonObject = {
    id: configurationIdOf("nightly"),
    name: "nightly",
    properties: {
      maintenanceScope: "OSImage",
      maintenanceWindow: {
        startDateTime: "2026-01-01 22:00",
        duration,
        timeZone: "UTC",
        recurEvery: "Day",
        ...more,
      },
    },
  };
  return { configurations: [{ resource, schedule: scheduleFacts(resource, now) }] };
};
const guest: EligibilityFacts = {
  configurations: [
    { resource: { id: "/x", properties: { maintenanceScope: "InGuestPatch" } }, schedule: undefined },
  ],
};
/** As recorded of a set with scheduled events for OS images. */
const osImageEvents: JsonObject = {
  scheduledEventsProfile: { osImageNotificationProfile: { notBeforeTimeout: "PT15M", enable: true } },
};
const richHealth = (gracePeriod: number): JsonObject => ({
  name: "health",
  properties: {
    publisher: "Microsoft.ManagedServices",
    type: "ApplicationHealthLinux",
    typeHandlerVersion: "2.0",
    settings: { protocol: "http", port: 80, requestPath: "/health", gracePeriod },
  },
});
const completed = (minutes: number, instancesUpgraded: number): JsonObject => ({
  properties: {
    runningStatus: {
      code: "Completed",
      startTime: "2026-10-10T22:00:00Z",
      completedTime: new Date(Date.parse("2026-10-10T22:00:00Z") + minutes * 60_000).toISOString(),
    },
    progress: { successfulInstanceCount: instancesUpgraded },
  },
});

/** Images of Microsoft's table of which a public answer has the flag false (2023–2024). */
const recordedFalse = [
  ["Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2"],
  ["MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-azure-edition"],
  ["MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-g2"],
  ["MicrosoftSQLServer", "sql2022-ws2022", "enterprise-gen2"],
] as const;

const expectations: readonly Expected[] = [
  {
    rule: "image-supported",
    of: "an image that Azure supports and no list names",
    set: scaleSet(),
    facts: platform(true),
    is: "pass",
    says: /Azure's image service says/,
  },
  ...recordedFalse.map(([publisher, offer, sku]): Expected => ({
    rule: "image-supported",
    of: `the listed image ${sku}, whose flag is false`,
    set: scaleSet({ image: { publisher, offer, sku, version: "latest" } }),
    facts: platform(false),
    is: "fail",
    says: /^Microsoft lists the image as supported, but Azure's image service says it isn't\. Not documented: which one decides/,
    severity: "warn",
  })),
  {
    rule: "image-supported",
    of: "a listed image whose flag is true",
    set: scaleSet({
      image: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2016-Datacenter",
        version: "latest",
      },
    }),
    facts: platform(true),
    is: "pass",
  },
  {
    rule: "image-supported",
    of: "an image that neither the list nor the flag has as supported",
    set: scaleSet(),
    facts: platform(false),
    is: "fail",
    says: /^The image isn't supported\. Azure's image service says so, and Microsoft doesn't list it\.$/,
    severity: "block",
  },
  {
    rule: "image-supported",
    of: "a newest version that does not say",
    set: scaleSet(),
    facts: { newestImage: { name: "24.04.202611050" } },
    is: "unknown",
    says: /and Azure's image service doesn't say whether it's supported\.$/,
  },
  {
    rule: "image-supported",
    of: "a gallery image that has no version",
    set: gallery,
    facts: { newestImage: null },
    is: "pass",
    says: /^Gallery images are supported/,
  },
  {
    rule: "image-supported",
    of: "a newest gallery version without a name",
    set: gallery,
    facts: { newestImage: {} },
    is: "pass",
    says: /^Gallery images are supported/,
  },
  {
    rule: "load-balancer-sku",
    of: "a probe whose load balancer Azure does not have",
    set: scaleSet({
      probe: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb/probes/p",
      properties: { singlePlacementGroup: false },
    }),
    facts: { loadBalancer: null },
    is: "unknown",
    says: /^Load balancer lb doesn't exist\.$/,
  },
  {
    rule: "instance-health",
    of: "a set that has no instance view",
    set: scaleSet(),
    facts: { instanceView: null },
    is: "unknown",
    says: /^Azure reports no instance health/,
  },
  {
    rule: "protected-instances",
    of: "instances of a Uniform set without their properties",
    set: scaleSet(),
    facts: { instances: [{ instanceId: "0", properties: null }] },
    is: "unknown",
  },
  {
    rule: "image-supported",
    of: "a gallery image replicated to the set's region",
    set: gallery,
    facts: inGallery({ targetRegions: [{ name: "West Europe" }], excludeFromLatest: false }),
    is: "pass",
  },
  {
    rule: "image-supported",
    of: "a gallery image that is elsewhere",
    set: gallery,
    facts: inGallery({ targetRegions: [{ name: "East US" }] }),
    is: "fail",
    says: /1\.5\.0, isn't replicated to westeurope/,
    severity: "warn",
  },
  {
    rule: "image-supported",
    of: "a gallery image excluded from latest",
    set: gallery,
    facts: inGallery({ targetRegions: [{ name: "westeurope" }], excludeFromLatest: true }),
    is: "fail",
    says: /excluded from latest/,
    severity: "warn",
  },
  {
    rule: "image-supported",
    of: "a gallery image excluded from latest in the set's region",
    set: gallery,
    facts: inGallery({ targetRegions: [{ name: "West Europe", excludeFromLatest: true }] }),
    is: "fail",
    says: /1\.5\.0, is excluded from latest in westeurope/,
    severity: "warn",
  },
  {
    rule: "image-supported",
    of: "a gallery image excluded from latest in another region",
    set: gallery,
    facts: inGallery({
      targetRegions: [{ name: "westeurope" }, { name: "eastus", excludeFromLatest: true }],
    }),
    is: "pass",
  },
  ...(["Replicating", "Failed"] as const).map((state): Expected => ({
    rule: "image-supported",
    of: `a gallery image whose replication to the set's region is ${state}`,
    set: gallery,
    facts: replicated({ westeurope: state, eastus: "Completed" }),
    is: "fail",
    says: new RegExp(`isn't in westeurope yet\\. Replication: ${state}`),
    severity: "warn",
  })),
  {
    rule: "image-supported",
    of: "a gallery image that has reached the set's region and no other yet",
    set: gallery,
    facts: replicated({ westeurope: "completed", eastus: "Replicating" }),
    is: "pass",
  },
  {
    rule: "image-supported",
    of: "a community image excluded from latest, which says so without a publishing profile",
    set: scaleSet({ image: { communityGalleryImageId: "/CommunityGalleries/corp-1/Images/base" } }),
    facts: { newestImage: { name: "1.5.0", properties: { excludeFromLatest: true } } },
    is: "fail",
    says: /excluded from latest/,
    severity: "warn",
  },
  {
    rule: "image-supported",
    of: "a gallery version that says nothing of regions",
    set: gallery,
    facts: { newestImage: { name: "1.5.0" } },
    is: "pass",
  },

  {
    rule: "latest-model",
    of: "Manual and no instances read",
    set: scaleSet(),
    is: "unknown",
    lacks: "facts",
  },
  { rule: "latest-model", of: "no policy at all", set: scaleSet({ upgrades: null }), is: "unknown" },
  { rule: "latest-model", of: "Rolling", set: scaleSet({ upgradeMode: "rolling" }), is: "pass" },
  {
    rule: "latest-model",
    of: "Manual, all latest",
    set: scaleSet(),
    facts: instances(true, true),
    is: "pass",
  },
  {
    rule: "latest-model",
    of: "the ids of a Flexible set's instances",
    set: scaleSet({ mode: "Flexible", upgrades: null }),
    facts: { instances: [{ id: "/vms/web_1" }, { id: "/vms/web_2" }] },
    is: "unknown",
    says: /for 2 of 2 instances whether they have the latest model/,
    lacks: "facts",
  },
  {
    rule: "latest-model",
    of: "one that is not, and one that does not say",
    set: scaleSet(),
    facts: { instances: [...(instances(false).instances ?? []), { id: "/vms/web_2" }] },
    is: "fail",
    says: /1 of 2/,
  },
  { rule: "latest-model", of: "no instances", set: scaleSet(), facts: instances(), is: "pass" },
  {
    rule: "latest-model",
    of: "Manual with one behind",
    set: scaleSet(),
    facts: instances(true, false, true),
    is: "fail",
    says: /1 of 3/,
    severity: "warn",
    repair: "upgradeMode",
  },

  { rule: "instance-health", of: "nothing read", set: scaleSet(), is: "unknown", lacks: "facts" },
  {
    rule: "instance-health",
    of: "exactly 20 % unhealthy",
    set: scaleSet(),
    facts: summary({ "HealthState/healthy": 8, "HealthState/unhealthy": 2, "ProvisioningState/failed": 9 }),
    is: "pass",
  },
  {
    rule: "instance-health",
    of: "more than 20 %",
    set: scaleSet(),
    facts: summary({ "HealthState/healthy": 7, "HealthState/unhealthy": 3 }),
    is: "fail",
    says: /3 of 10 instances unhealthy \(30 %\).*above 20 %/,
    severity: "warn",
  },
  {
    rule: "instance-health",
    of: "as many, where the policy allows them",
    set: scaleSet({ rollingPolicy: { maxUnhealthyInstancePercent: 30 } }),
    facts: summary({ "HealthState/healthy": 7, "HealthState/unhealthy": 3 }),
    is: "pass",
  },
  {
    rule: "instance-health",
    of: "a probe, and a view that tells how the machines were provisioned and no more",
    set: scaleSet({ extensions: null, probe: "/lb/probes/web" }),
    facts: summary({ "ProvisioningState/succeeded": 5 }),
    is: "unknown",
    says: /Azure reports no instance health\. Provisioned doesn't mean healthy\./,
    lacks: "facts",
  },
  {
    rule: "instance-health",
    of: "the same, with instances that say it themselves",
    set: scaleSet({ extensions: null, probe: "/lb/probes/web" }),
    facts: {
      ...summary({ "ProvisioningState/succeeded": 5 }),
      ...health("unhealthy", "unhealthy", "unhealthy", "unhealthy", "unhealthy"),
    },
    is: "fail",
    says: /5 of 5 instances unhealthy \(100 %\)/,
  },
  {
    rule: "instance-health",
    of: "machines that failed where nothing reports health",
    set: scaleSet(),
    facts: summary({ "ProvisioningState/succeeded": 1, "ProvisioningState/failed": 1 }),
    is: "unknown",
  },
  {
    rule: "instance-health",
    of: "too many instances that don't say",
    set: scaleSet(),
    facts: {
      instances: [...(health("healthy", "healthy").instances ?? []), ...(instances(true).instances ?? [])],
    },
    is: "unknown",
    says: /^Health of 1 of 3 instances unknown/,
  },
  {
    rule: "instance-health",
    of: "so few that don't say that it makes no difference",
    set: scaleSet({ rollingPolicy: { maxUnhealthyInstancePercent: 40 } }),
    facts: {
      instances: [...(health("healthy", "healthy").instances ?? []), ...(instances(true).instances ?? [])],
    },
    is: "pass",
    says: /0 of 3/,
  },
  {
    rule: "instance-health",
    of: "instances that tell of themselves, one of them in state Unknown",
    set: scaleSet(),
    facts: health("healthy", "Unknown", "initializing"),
    is: "fail",
    says: /1 of 3/,
  },
  {
    rule: "instance-health",
    of: "instances read without their view",
    set: scaleSet(),
    facts: instances(true),
    is: "unknown",
  },

  { rule: "protected-instances", of: "nothing read", set: scaleSet(), is: "unknown", lacks: "facts" },
  {
    rule: "protected-instances",
    of: "instances that name no protection",
    set: scaleSet(),
    facts: instances(true, true),
    is: "pass",
  },
  {
    rule: "protected-instances",
    of: "instances that are protected from scaling in only",
    set: scaleSet(),
    facts: protection({ protectFromScaleIn: true }, { protectFromScaleSetActions: false }),
    is: "pass",
  },
  {
    rule: "protected-instances",
    of: "one of three",
    set: scaleSet(),
    facts: protection({}, { protectFromScaleSetActions: true }, {}),
    is: "fail",
    says: /^1 of 3 instances is protected from scale set actions, so upgrades skip it\.$/,
    severity: "warn",
  },
  {
    rule: "protected-instances",
    of: "all of them",
    set: scaleSet(),
    facts: protection(
      { protectFromScaleIn: true, protectFromScaleSetActions: true },
      { protectFromScaleIn: true, protectFromScaleSetActions: true },
    ),
    is: "fail",
    says: /^2 of 2 instances are protected from scale set actions, so upgrades skip them\.$/,
    severity: "warn",
  },
  {
    rule: "protected-instances",
    of: "the ids of a Flexible set's instances",
    set: scaleSet({ mode: "Flexible" }),
    facts: { instances: [{ id: "/vms/web_1", name: "web_1" }] },
    is: "unknown",
    lacks: "facts",
  },

  { rule: "maintenance-configuration", of: "nothing read", set: scaleSet(), is: "unknown", lacks: "facts" },
  {
    rule: "maintenance-configuration",
    of: "none",
    set: scaleSet(),
    facts: { configurations: [] },
    is: "fail",
    says: /at any time/,
    severity: "warn",
  },
  {
    rule: "maintenance-configuration",
    of: "one for guest patching only",
    set: scaleSet(),
    facts: guest,
    is: "fail",
  },
  {
    rule: "maintenance-configuration",
    of: "one that opens windows",
    set: scaleSet(),
    facts: configuration("05:00"),
    is: "pass",
    says: /nightly/,
  },
  {
    rule: "maintenance-configuration",
    of: "one that has expired",
    set: scaleSet(),
    facts: configuration("05:00", { expirationDateTime: "2026-02-01 00:00" }),
    is: "fail",
    says: /has no valid window/,
  },
  {
    rule: "maintenance-configuration",
    of: "one whose windows are not worked out yet",
    set: scaleSet(),
    facts: {
      configurations: [
        {
          resource: { id: configurationIdOf("nightly"), properties: { maintenanceScope: "OSImage" } },
          schedule: undefined,
        },
      ],
    },
    is: "unknown",
  },

  { rule: "window-length", of: "nothing read", set: scaleSet(), is: "unknown", lacks: "facts" },
  {
    rule: "window-length",
    of: "no configuration",
    set: scaleSet(),
    facts: { configurations: [] },
    is: "unknown",
  },
  {
    rule: "window-length",
    of: "an unreadable duration",
    set: scaleSet(),
    facts: configuration("5h"),
    is: "unknown",
  },
  {
    rule: "window-length",
    of: "a set that does not say how many instances it has",
    set: scaleSet({ capacity: null }),
    facts: configuration("05:00"),
    is: "unknown",
    lacks: "model",
  },
  {
    rule: "window-length",
    of: "five batches of ten minutes in five hours",
    set: scaleSet({ capacity: 10 }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 50 minutes.*10 instances in 5 batches of 2 \(20 %\), 10 minutes each \(assumed\)/,
  },
  {
    rule: "window-length",
    of: "one instance in one batch",
    set: scaleSet({ capacity: 1 }),
    facts: configuration("05:00"),
    is: "pass",
    says: /Estimate: 1 instance in 1 batch of 1 \(20 %\)/,
  },
  {
    rule: "window-length",
    of: "no instances",
    set: scaleSet({ capacity: 0 }),
    facts: configuration("05:00"),
    is: "pass",
  },
  {
    rule: "window-length",
    of: "long pauses",
    set: scaleSet({
      capacity: 100,
      rollingPolicy: { maxBatchInstancePercent: 5, pauseTimeBetweenBatches: "PT10M" },
    }),
    facts: configuration("05:00"),
    is: "fail",
    says: /about 390 minutes, longer than the window of 300\..*20 batches of 5.*600 s between batches/,
    severity: "warn",
    repair: "rollingPolicy",
  },
  {
    rule: "window-length",
    of: "a last batch that begins in the window and goes on after it",
    set: scaleSet({ capacity: 10, rollingPolicy: { pauseTimeBetweenBatches: "PT1H4M" } }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 306 minutes\. Its last batch starts after 296 minutes, before the window closes after 300 minutes\./,
  },
  {
    rule: "window-length",
    of: "a last batch that is due when the window closes",
    set: scaleSet({ capacity: 10, rollingPolicy: { pauseTimeBetweenBatches: "PT1H5M" } }),
    facts: configuration("05:00"),
    is: "fail",
    says: /about 310 minutes, longer than the window of 300\./,
    repair: "rollingPolicy",
  },
  {
    rule: "window-length",
    of: "batches that do not cross zones",
    set: scaleSet({ capacity: 4, zones: ["1", "2", "3"], rollingPolicy: { maxBatchInstancePercent: 100 } }),
    facts: configuration("05:00"),
    is: "pass",
    says: /4 instances in 3 batches/,
  },
  {
    rule: "window-length",
    of: "instances that may wait for the approval of their scheduled event",
    set: scaleSet({ capacity: 10, profile: osImageEvents }),
    facts: configuration("01:40"),
    is: "fail",
    says: /about 125 minutes, longer than the window of 100\..*Each batch may wait up to 15 min for instances to approve their scheduled event \(osImageNotificationProfile\)/,
  },
  {
    rule: "window-length",
    of: "such events that are off",
    set: scaleSet({
      capacity: 10,
      profile: { scheduledEventsProfile: { osImageNotificationProfile: { enable: false } } },
    }),
    facts: configuration("02:00"),
    is: "pass",
    says: /about 50 minutes/,
  },
  {
    rule: "window-length",
    of: "a pace that was measured, events or not",
    set: scaleSet({ capacity: 10, profile: osImageEvents }),
    facts: { ...configuration("05:00"), upgradeHistory: [completed(100, 10)] },
    is: "pass",
    says: /about 100 minutes.*includes such waits if they were on during that upgrade/,
  },
  {
    rule: "window-length",
    of: "old instances of a surge that are told before they are deleted",
    set: scaleSet({
      capacity: 10,
      rollingPolicy: { maxSurge: true },
      profile: {
        scheduledEventsProfile: { terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT10M" } },
      },
    }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 100 minutes.*up to 10 min before old instances are deleted/,
  },
  {
    rule: "window-length",
    of: "the same without a surge: no instance is deleted",
    set: scaleSet({
      capacity: 10,
      profile: { scheduledEventsProfile: { terminateNotificationProfile: { enable: true } } },
    }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 50 minutes/,
  },
  {
    rule: "window-length",
    of: "a hook that holds each batch back, and one before the whole upgrade",
    set: scaleSet({
      capacity: 10,
      properties: {
        lifecycleHooksProfile: {
          lifecycleHooks: [
            { type: "UpgradeAutoOSScheduling", waitDuration: "PT8H" },
            { type: "UpgradeAutoOSRollingBatchStarting", waitDuration: "PT30M" },
          ],
        },
      },
    }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 200 minutes.*up to 30 min for its lifecycle hook/,
  },
  {
    rule: "window-length",
    of: "rich health states with a grace period",
    set: scaleSet({ capacity: 10, extensions: [richHealth(600)] }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 75 minutes.*5 min more to report their health/,
  },
  {
    rule: "window-length",
    of: "a grace period no longer than Azure waits anyway",
    set: scaleSet({ capacity: 10, extensions: [richHealth(300)] }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 50 minutes/,
  },
  {
    rule: "window-length",
    of: "upgrades that wait for an approval without an end",
    set: scaleSet({
      capacity: 10,
      properties: {
        upgradePolicy: { mode: "Manual", automaticOSUpgradePolicy: { osRollingUpgradeDeferral: true } },
      },
    }),
    facts: configuration("05:00"),
    is: "pass",
    says: /about 50 minutes.*Not counted: upgrades wait for approval \(osRollingUpgradeDeferral\)/,
  },
  {
    rule: "window-length",
    of: "a pace measured at the last upgrade",
    set: scaleSet({ capacity: 10 }),
    facts: { ...configuration("05:00"), upgradeHistory: [completed(400, 10)] },
    is: "fail",
    says: /about 400 minutes.*80 minutes each \(measured/,
  },
];

describe("the rules, from facts that no model holds", () => {
  for (const expected of expectations) {
    it(`${expected.rule}: ${expected.is} for ${expected.of}`, () => checkFinding(expected));
  }
});
