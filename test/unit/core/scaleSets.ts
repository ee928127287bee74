import type { JsonObject } from "../../../src/core/json.ts";

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

export const serviceFabric = (durabilityLevel: string): JsonObject => ({
  name: "fabric",
  properties: {
    publisher: "Microsoft.Azure.ServiceFabric",
    type: "ServiceFabricNode",
    settings: { durabilityLevel },
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
    properties: {
      provisioningState: "Succeeded",
      orchestrationMode: wish.mode ?? "Uniform",
      ...(wish.upgrades === null ? {} : { upgradePolicy: { mode: "Manual", ...policy } }),
      virtualMachineProfile: {
        storageProfile: {
          imageReference: "image" in wish ? wish.image : ubuntu,
          osDisk: { ...(os && { osType: os }) },
        },
        osProfile: "osProfile" in wish ? wish.osProfile : os && profiles[os],
        networkProfile: { healthProbe: wish.probe === undefined ? null : { id: wish.probe } },
        extensionProfile:
          wish.extensions === null
            ? null
            : { extensions: wish.extensions ?? [healthExtension(os ?? "Linux")] },
      },
    },
  };
}
