import { dayMs } from "../clock.ts";
import { guidOf, keyOf, resourceId } from "../ids.ts";
import type { Json, JsonObject } from "../json.ts";

/** One scale set in short; everything else of its model follows from this. */
export interface ScaleSetSeed {
  readonly name: string;
  readonly group: string;
  readonly location: string;
  /** An image of `images`, or the id of a gallery image. */
  readonly image: string;
  /** Version of a platform image; `latest` when absent. */
  readonly version?: string;
  readonly health?: "extension" | "probe" | "both" | "none";
  /** Automatic OS upgrades: the whole object is absent from the model if they were never set. */
  readonly upgrades?: boolean;
  readonly capacity?: number;
  readonly size?: string;
  readonly mode?: "Automatic" | "Manual" | "Rolling";
  readonly flexible?: boolean;
  /**
   * Windows updates inside the system: as Azure leaves them when absent, which is on, and off once upgrades were on (recorded 2020-12-30).
   * `unset` is a set that does not name them, which means the same as on.
   */
  readonly windowsUpdates?: boolean | "unset";
  readonly patchMode?: string;
  readonly tags?: JsonObject;
  /** Age in days. */
  readonly age?: number;
  /** Laid over the finished body, for what only this set has. */
  readonly extra?: JsonObject;
}

const images: Readonly<Record<string, JsonObject>> = {
  ubuntu22: { publisher: "Canonical", offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts-gen2" },
  ubuntu20: { publisher: "Canonical", offer: "0001-com-ubuntu-server-focal", sku: "20_04-lts-gen2" },
  azureLinux: { publisher: "MicrosoftCblMariner", offer: "azure-linux", sku: "azure-linux-3" },
  windows2022: {
    publisher: "MicrosoftWindowsServer",
    offer: "WindowsServer",
    sku: "2022-datacenter-azure-edition",
  },
  windows2019: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2019-Datacenter" },
  sql2022: { publisher: "MicrosoftSQLServer", offer: "sql2022-ws2022", sku: "enterprise-gen2" },
};

const isWindows = (seed: ScaleSetSeed): boolean => /^(windows|sql)/.test(seed.image);

function imageReference(seed: ScaleSetSeed): JsonObject {
  const image = images[seed.image];
  return image === undefined ? { id: seed.image } : { ...image, version: seed.version ?? "latest" };
}

function osProfile(seed: ScaleSetSeed, prefix: string): JsonObject {
  const { windowsUpdates = seed.upgrades === undefined } = seed;
  const windowsMode = windowsUpdates === false ? "Manual" : "AutomaticByOS";
  const patchSettings = {
    patchMode: seed.patchMode ?? (isWindows(seed) ? windowsMode : "ImageDefault"),
    assessmentMode: "ImageDefault",
  };
  const system: JsonObject = isWindows(seed)
    ? {
        windowsConfiguration: {
          provisionVMAgent: true,
          ...(windowsUpdates !== "unset" && { enableAutomaticUpdates: windowsUpdates }),
          patchSettings,
        },
      }
    : {
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          ssh: {
            publicKeys: [
              {
                path: "/home/azureadmin/.ssh/authorized_keys",
                keyData: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIContoso azureadmin",
              },
            ],
          },
          provisionVMAgent: true,
          patchSettings,
        },
      };
  return {
    computerNamePrefix: prefix,
    adminUsername: "azureadmin",
    ...system,
    secrets: [],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  };
}

function extensions(seed: ScaleSetSeed): JsonObject[] {
  const system = isWindows(seed) ? "Windows" : "Linux";
  const agent: JsonObject = {
    name: `AzureMonitor${system}Agent`,
    properties: {
      autoUpgradeMinorVersion: true,
      enableAutomaticUpgrade: true,
      publisher: "Microsoft.Azure.Monitor",
      type: `AzureMonitor${system}Agent`,
      typeHandlerVersion: "1.0",
      settings: {},
    },
  };
  if (seed.health === "probe" || seed.health === "none") return [agent];
  const health: JsonObject = {
    name: "HealthExtension",
    properties: {
      autoUpgradeMinorVersion: true,
      publisher: "Microsoft.ManagedServices",
      type: `ApplicationHealth${system}`,
      typeHandlerVersion: "2.0",
      settings: { protocol: "http", port: 8080, requestPath: "/healthz" },
    },
  };
  return [health, agent];
}

function networkProfile(seed: ScaleSetSeed, subscriptionId: string): JsonObject {
  const network = (type: string, name: string): string =>
    resourceId(subscriptionId, seed.group, `Microsoft.Network/${type}`, name);
  const balancer = network("loadBalancers", `lb-${seed.name}`);
  const probed = seed.health === "probe" || seed.health === "both";
  return {
    ...(probed && { healthProbe: { id: `${balancer}/probes/http-8080` } }),
    ...(seed.flexible === true && { networkApiVersion: "2022-11-01" }),
    networkInterfaceConfigurations: [
      {
        name: `nic-${seed.name}`,
        properties: {
          primary: true,
          enableAcceleratedNetworking: true,
          disableTcpStateTracking: false,
          dnsSettings: { dnsServers: [] },
          enableIPForwarding: false,
          ipConfigurations: [
            {
              name: "ipconfig1",
              properties: {
                primary: true,
                subnet: {
                  id: `${network("virtualNetworks", `vnet-${seed.location}`)}/subnets/snet-${seed.name.slice(0, 40)}`,
                },
                privateIPAddressVersion: "IPv4",
                ...(probed && {
                  loadBalancerBackendAddressPools: [{ id: `${balancer}/backendAddressPools/pool` }],
                }),
              },
            },
          ],
        },
      },
    ],
  };
}

function upgradePolicy({ mode = "Manual", upgrades }: ScaleSetSeed): JsonObject {
  const rolling = {
    maxBatchInstancePercent: 20,
    maxUnhealthyInstancePercent: 20,
    maxUnhealthyUpgradedInstancePercent: 20,
    pauseTimeBetweenBatches: "PT0S",
    maxSurge: false,
    rollbackFailedInstancesOnPolicyBreach: false,
  };
  return {
    mode,
    ...(mode === "Rolling" && { rollingUpgradePolicy: rolling }),
    ...(upgrades !== undefined && {
      automaticOSUpgradePolicy: {
        enableAutomaticOSUpgrade: upgrades,
        useRollingUpgradePolicy: mode === "Rolling",
        disableAutomaticRollback: false,
      },
    }),
  };
}

export const scaleSetId = ({ group, name }: ScaleSetSeed, subscriptionId: string): string =>
  resourceId(subscriptionId, group, "Microsoft.Compute/virtualMachineScaleSets", name);

/** The whole model of a scale set, as a GET returns it. */
export function scaleSetBody(seed: ScaleSetSeed, subscriptionId: string, now: number): JsonObject {
  const { name, location } = seed;
  const id = scaleSetId(seed, subscriptionId);
  const flexible = seed.flexible === true;
  const zones: Json[] = ["1", "2", "3"];
  return {
    name,
    id,
    type: "Microsoft.Compute/virtualMachineScaleSets",
    location,
    tags: { costCenter: "1420", owner: "platform@contoso.com", ...seed.tags },
    zones,
    sku: { name: seed.size ?? "Standard_D4s_v5", tier: "Standard", capacity: seed.capacity ?? 3 },
    properties: {
      singlePlacementGroup: false,
      orchestrationMode: flexible ? "Flexible" : "Uniform",
      ...(!flexible && {
        upgradePolicy: upgradePolicy(seed),
        overprovision: false,
        doNotRunExtensionsOnOverprovisionedVMs: false,
      }),
      ...(flexible && seed.upgrades !== undefined && { upgradePolicy: upgradePolicy(seed) }),
      virtualMachineProfile: {
        osProfile: osProfile(seed, name.replace(/^vmss-/, "").slice(0, 9)),
        storageProfile: {
          osDisk: {
            osType: isWindows(seed) ? "Windows" : "Linux",
            createOption: "FromImage",
            caching: "ReadWrite",
            managedDisk: { storageAccountType: "Premium_LRS" },
            diskSizeGB: isWindows(seed) ? 127 : 30,
          },
          imageReference: imageReference(seed),
        },
        networkProfile: networkProfile(seed, subscriptionId),
        extensionProfile: { extensions: extensions(seed) },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      },
      platformFaultDomainCount: 1,
      zoneBalance: false,
      automaticRepairsPolicy: { enabled: false },
      provisioningState: "Succeeded",
      uniqueId: guidOf(keyOf(id)),
      timeCreated: new Date(now - (seed.age ?? 400) * dayMs).toISOString(),
    },
    ...seed.extra,
  };
}
