import type { ChangeKind } from "../../../src/core/plans/kinds/kinds.ts";
import type { Change } from "../../../src/core/plans/plan.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { message } from "../../../src/core/text/message.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-00000000000a";
const group = `${subscription}/resourceGroups/rg-web`;
const set = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web`;
const configuration = `${group}/providers/Microsoft.Maintenance/maintenanceConfigurations/nightly`;
const assignment = `${set}/providers/Microsoft.Maintenance/configurationAssignments/nightly`;

export const sampleIds = { subscription, group, set, configuration, assignment };

export const configurationBody: JsonObject = {
  location: "westeurope",
  tags: { env: "prod" },
  properties: {
    maintenanceScope: "OSImage",
    visibility: "Custom",
    maintenanceWindow: {
      startDateTime: "2027-01-10 22:00",
      duration: "05:00",
      timeZone: "W. Europe Standard Time",
      recurEvery: "Day",
    },
  },
};

const running = {
  properties: { runningStatus: { startTime: "2026-11-23T09:00:00.0000000+00:00", code: "RollingForward" } },
};
const leadsTo = (id: string): JsonObject => ({
  location: "westeurope",
  properties: { maintenanceConfigurationId: id, resourceId: set },
});

function sample(kind: ChangeKind, target: string, bodies: Partial<Change>): Change {
  return { id: kind, kind, target, title: message("Do {0}", kind), needs: [], ...bodies };
}

const profile = (value: JsonObject): JsonObject => ({ properties: { virtualMachineProfile: value } });
const policy = (value: JsonObject): JsonObject => ({ properties: { upgradePolicy: value } });

/** Changes of each kind: what cmdlets and commands can say, what only a request can, and what holds more than it has to. */
export const samples: Readonly<Record<ChangeKind, readonly Change[]>> = {
  createResourceGroup: [
    sample("createResourceGroup", group, { after: { location: "westeurope" } }),
    sample("createResourceGroup", group, { after: { location: "West Europe", tags: { a: "b" } } }),
  ],
  registerProvider: [sample("registerProvider", `${subscription}/providers/Microsoft.Maintenance`, {})],
  createConfiguration: [
    sample("createConfiguration", configuration, { after: configurationBody }),
    sample("createConfiguration", configuration, {
      after: { ...configurationBody, tags: { A: "1", a: "2" } },
    }),
    sample("createConfiguration", configuration, {
      after: { location: "westeurope", properties: { maintenanceScope: "OSImage" } },
    }),
  ],
  updateConfiguration: [
    sample("updateConfiguration", configuration, { before: configurationBody, after: configurationBody }),
    sample("updateConfiguration", configuration, {
      before: { ...configurationBody, systemData: { createdBy: "x" } },
      after: { ...configurationBody, properties: { extensionProperties: { "a.b": "c" } } },
    }),
  ],
  deleteConfiguration: [
    sample("deleteConfiguration", configuration, {
      before: configurationBody,
      provided: [
        { is: "unused", id: configuration, named: [assignment], scaleSets: [set] },
        { is: "off", id: set },
      ],
    }),
    sample("deleteConfiguration", configuration, {}),
  ],
  associate: [
    sample("associate", assignment, { after: leadsTo(configuration) }),
    sample("associate", assignment, {
      before: leadsTo(`${configuration}-old`),
      after: leadsTo(configuration),
    }),
    sample("associate", assignment, { after: { properties: { maintenanceConfigurationId: configuration } } }),
  ],
  dissociate: [
    sample("dissociate", assignment, {
      before: leadsTo(configuration),
      provided: [
        { is: "associated", id: `${assignment}2`, configurationId: configuration },
        { is: "there", id: configuration },
        { is: "there", id: set },
        { is: "gone", id: `${configuration}-old` },
        { is: "gone", id: `${assignment}3` },
      ],
    }),
    sample("dissociate", assignment, {}),
  ],
  setUpgradePolicy: [
    sample("setUpgradePolicy", set, {
      after: policy({ automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } }),
    }),
    sample("setUpgradePolicy", set, {
      before: policy({ mode: "Manual" }),
      after: policy({
        mode: "Rolling",
        rollingUpgradePolicy: { maxBatchInstancePercent: 20, maxSurge: true },
      }),
    }),
  ],
  setImageReference: [
    sample("setImageReference", set, {
      after: profile({
        storageProfile: { imageReference: { publisher: "p", offer: "o", sku: "s", version: "latest" } },
      }),
    }),
    sample("setImageReference", set, {
      after: profile({
        storageProfile: { imageReference: { communityGalleryImageId: "/c", version: null } },
      }),
    }),
  ],
  setAutomaticUpdates: [
    sample("setAutomaticUpdates", set, {
      after: profile({ osProfile: { windowsConfiguration: { enableAutomaticUpdates: false } } }),
    }),
  ],
  setPatchSettings: [
    sample("setPatchSettings", set, {
      after: profile({ osProfile: { linuxConfiguration: { patchSettings: { patchMode: "ImageDefault" } } } }),
    }),
  ],
  addHealthExtension: [
    sample("addHealthExtension", `${set}/extensions/ApplicationHealthLinux`, {
      after: {
        properties: { publisher: "Microsoft.ManagedServices", settings: { protocol: "http", port: 80 } },
      },
    }),
  ],
  updateInstances: [
    sample("updateInstances", set, { after: { instanceIds: ["*"] } }),
    sample("updateInstances", set, { after: { instanceIds: ["0", "vmss-web_1a2b"] } }),
    sample("updateInstances", set, { after: { instanceIds: ["-x y"] } }),
  ],
  startUpgrade: [
    sample("startUpgrade", set, {}),
    sample("startUpgrade", set, { before: {} }),
    sample("startUpgrade", set, { before: running }),
  ],
  cancelUpgrade: [sample("cancelUpgrade", set, { before: running }), sample("cancelUpgrade", set, {})],
  approveUpgrade: [
    sample("approveUpgrade", set, {}),
    sample("approveUpgrade", set, { after: { instanceIds: ["0"] } }),
  ],
};
