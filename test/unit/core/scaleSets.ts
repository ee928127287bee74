import type { Json, JsonObject } from "../../../src/core/resources/json.ts";

export const subscriptionId = "11111111-1111-1111-1111-111111111111";
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-web`;

export const scaleSetId = (name = "web") =>
  `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
export const configurationIdOf = (name: string, inGroup = "rg-ops") =>
  `/subscriptions/${subscriptionId}/resourceGroups/${inGroup}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`;

export const healthExtension = (os: "Linux" | "Windows", name = "health"): JsonObject => ({
  name,
  properties: {
    publisher: "Microsoft.ManagedServices",
    type: `ApplicationHealth${os}`,
    typeHandlerVersion: "1.0",
    settings: { protocol: "http", port: "80", requestPath: "/health" },
  },
});

export const serviceFabric = (durabilityLevel?: string, typeHandlerVersion: Json = "1.1"): JsonObject => ({
  name: "fabric",
  properties: {
    publisher: "Microsoft.Azure.ServiceFabric",
    type: "ServiceFabricNode",
    typeHandlerVersion,
    settings: { nodeTypeRef: "nt1", ...(durabilityLevel !== undefined && { durabilityLevel }) },
  },
});

export const ubuntu: JsonObject = {
  publisher: "Canonical",
  offer: "ubuntu-24_04-lts",
  sku: "server",
  version: "latest",
};

/** What a test asks of the set; everything else makes it eligible. */
export interface Wish {
  readonly name?: string;
  readonly id?: string;
  readonly os?: "Linux" | "Windows" | undefined;
  readonly image?: JsonObject | null;
  readonly extensions?: readonly JsonObject[] | null;
  readonly probe?: string;
  readonly osProfile?: JsonObject | null;
  readonly mode?: string;
  readonly upgrades?: boolean | null;
  readonly tags?: JsonObject;
  readonly managedBy?: string;
  readonly capacity?: Json;
  readonly zones?: readonly string[];
  readonly upgradeMode?: string;
  readonly rollingPolicy?: Json;
  /** Laid over `properties`. */
  readonly properties?: JsonObject;
  /** Laid over `properties.virtualMachineProfile`. */
  readonly profile?: JsonObject;
}

/** A scale set as ARM returns it. */
export function scaleSet(wish: Wish = {}): JsonObject & { readonly id: string } {
  const os = "os" in wish ? wish.os : "Linux";
  const profiles = {
    Linux: { linuxConfiguration: {} },
    Windows: { windowsConfiguration: { enableAutomaticUpdates: false } },
  };
  const policy =
    wish.upgrades === undefined
      ? {}
      : { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: wish.upgrades } };
  return {
    id: wish.id ?? scaleSetId(wish.name),
    name: wish.name ?? "web",
    type: "Microsoft.Compute/virtualMachineScaleSets",
    location: "westeurope",
    ...(wish.tags && { tags: wish.tags }),
    ...(wish.managedBy !== undefined && { managedBy: wish.managedBy }),
    ...(wish.zones && { zones: wish.zones }),
    sku: { name: "Standard_D4s_v5", tier: "Standard", capacity: "capacity" in wish ? wish.capacity : 10 },
    properties: {
      singlePlacementGroup: true,
      provisioningState: "Succeeded",
      uniqueId: "0b6f1a8e-5a51-4d2b-9f6e-2d8c7a4e1f30",
      timeCreated: "2025-10-18T09:12:44.3211+00:00",
      overprovision: false,
      orchestrationMode: wish.mode ?? "Uniform",
      ...(wish.upgrades === null
        ? {}
        : {
            upgradePolicy: {
              mode: wish.upgradeMode ?? "Manual",
              ...(wish.rollingPolicy !== undefined && { rollingUpgradePolicy: wish.rollingPolicy }),
              ...policy,
            },
          }),
      virtualMachineProfile: {
        storageProfile: {
          imageReference: "image" in wish ? wish.image : ubuntu,
          osDisk: { ...(os && { osType: os }) },
        },
        osProfile: "osProfile" in wish ? wish.osProfile : os && profiles[os],
        networkProfile: {
          healthProbe: wish.probe === undefined ? null : { id: wish.probe },
          networkInterfaceConfigurations: [{ name: "nic", properties: { primary: true } }],
        },
        extensionProfile:
          wish.extensions === null
            ? null
            : { extensions: wish.extensions ?? [healthExtension(os ?? "Linux")] },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        ...wish.profile,
      },
      ...wish.properties,
    },
  };
}
