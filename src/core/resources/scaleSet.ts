import { arrayAt, booleanAt, numberAt, objectAt, textAt } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { message, verbatim } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/** Readers over a virtual machine scale set as ARM returns it. Null and absent sections mean "none". */

/**
 * Whether the document holds the whole model, so that what is not in it is not there. Every Uniform set has a profile of its
 * machines, and a Flexible one may do without.
 */
export function hasModel(scaleSet: JsonObject): boolean {
  const properties = objectAt(scaleSet, "properties");
  return properties !== undefined && ("virtualMachineProfile" in properties || isFlexible(scaleSet));
}

/** The image that new instances of the set get. */
export type Image =
  | {
      readonly kind: "platform";
      readonly publisher: string;
      readonly offer: string;
      readonly sku: string;
      readonly version: string;
    }
  /** `version` is undefined for an id without one: the newest. */
  | { readonly kind: "gallery"; readonly id: string; readonly version: string | undefined }
  /** A managed image, which has no versions. */
  | { readonly kind: "managed"; readonly id: string };

/** Undefined when the model has no image reference, as with an unmanaged disk or a Flexible set without a profile. */
export function imageOf(scaleSet: JsonObject): Image | undefined {
  const reference = objectAt(
    scaleSet,
    "properties",
    "virtualMachineProfile",
    "storageProfile",
    "imageReference",
  );
  const gallery = textAt(reference, "sharedGalleryImageId") ?? textAt(reference, "communityGalleryImageId");
  if (gallery !== undefined) return galleryImage(gallery);
  const id = textAt(reference, "id");
  if (id !== undefined) return /galleries\//i.test(id) ? galleryImage(id) : { kind: "managed", id };
  const publisher = textAt(reference, "publisher");
  if (publisher === undefined) return undefined;
  return {
    kind: "platform",
    publisher,
    offer: textAt(reference, "offer") ?? "",
    sku: textAt(reference, "sku") ?? "",
    version: textAt(reference, "version") ?? "",
  };
}

function galleryImage(id: string): Image {
  return { kind: "gallery", id, version: /\/versions\/([^/]+)/i.exec(id)?.[1] };
}

/** The image in one line: `Canonical ubuntu-24_04-lts server latest`. */
export function imageInWords(scaleSet: JsonObject): Message {
  const image = imageOf(scaleSet);
  if (image === undefined) return message("no image");
  if (image.kind === "platform") {
    return verbatim(
      [image.publisher, image.offer, image.sku, image.version].filter((part) => part !== "").join(" "),
    );
  }
  const name = /\/images\/([^/]+)/i.exec(image.id)?.[1] ?? image.id;
  if (image.kind === "managed") return message("managed image {0}", name);
  return message("gallery image {0} {1}", name, image.version ?? "latest");
}

export type OsType = "Windows" | "Linux";

/** Undefined when neither the disk nor the profile says. */
export function osTypeOf(scaleSet: JsonObject): OsType | undefined {
  const profile = objectAt(scaleSet, "properties", "virtualMachineProfile");
  const word = textAt(profile, "storageProfile", "osDisk", "osType")?.toLowerCase();
  if (word === "windows") return "Windows";
  if (word === "linux") return "Linux";
  if (objectAt(profile, "osProfile", "windowsConfiguration") !== undefined) return "Windows";
  if (objectAt(profile, "osProfile", "linuxConfiguration") !== undefined) return "Linux";
  return undefined;
}

/** An extension of the model. */
export interface Extension {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  /** Everything that the model says of it but its name. */
  readonly properties: JsonObject;
}

export function extensionsOf(scaleSet: JsonObject): readonly Extension[] {
  return arrayAt(scaleSet, "properties", "virtualMachineProfile", "extensionProfile", "extensions").flatMap(
    (extension) => {
      // ARM nests them; what SDKs and tools print has them flat.
      const properties = objectAt(extension, "properties") ?? objectAt(extension);
      const publisher = textAt(properties, "publisher");
      const type = textAt(properties, "type");
      if (properties === undefined || publisher === undefined || type === undefined) return [];
      return [{ name: textAt(extension, "name") ?? type, publisher, type, properties }];
    },
  );
}

/**
 * Whether extensions can run on the machines, as far as the model says: they need the VM agent, and extension operations that are allowed
 * (https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/get, provisionVMAgent and allowExtensionOperations).
 */
export function takesExtensions(scaleSet: JsonObject): boolean {
  const profile = objectAt(scaleSet, "properties", "virtualMachineProfile", "osProfile");
  return (
    booleanAt(profile, "allowExtensionOperations") !== false &&
    booleanAt(profile, "windowsConfiguration", "provisionVMAgent") !== false &&
    booleanAt(profile, "linuxConfiguration", "provisionVMAgent") !== false
  );
}

/** What tells Azure that an instance is healthy. */
export type HealthSource =
  | { readonly kind: "probe"; readonly id: string }
  | { readonly kind: "extension"; readonly name: string; readonly os: OsType };

/** The id of the load balancer probe that the model takes health from. */
export function healthProbeOf(scaleSet: JsonObject): string | undefined {
  return textAt(scaleSet, "properties", "virtualMachineProfile", "networkProfile", "healthProbe", "id");
}

/** The load balancer probe and the Application Health extensions of the model, in that order. */
export function healthSourcesOf(scaleSet: JsonObject): readonly HealthSource[] {
  const probe = healthProbeOf(scaleSet);
  const extensions = extensionsOf(scaleSet).flatMap(({ name, publisher, type }): HealthSource[] => {
    const os = /^applicationhealth(windows|linux)$/i.exec(type)?.[1]?.toLowerCase();
    if (publisher.toLowerCase() !== "microsoft.managedservices" || os === undefined) return [];
    return [{ kind: "extension", name, os: os === "windows" ? "Windows" : "Linux" }];
  });
  return probe === undefined ? extensions : [{ kind: "probe", id: probe }, ...extensions];
}

/** The extension that makes the set a Service Fabric node type; undefined where it is not one. */
export function serviceFabricOf(scaleSet: JsonObject): Extension | undefined {
  return extensionsOf(scaleSet).find(
    ({ publisher, type }) =>
      publisher.toLowerCase() === "microsoft.azure.servicefabric" &&
      /^servicefabric(linux|mc)?node$/i.test(type),
  );
}

/** The durability level of a Service Fabric node type (`Bronze`, `Silver`, `Gold`); undefined where the set is not one. */
export function serviceFabricDurabilityOf(scaleSet: JsonObject): string | undefined {
  return textAt(serviceFabricOf(scaleSet)?.properties, "settings", "durabilityLevel");
}

/** Whether Service Fabric itself tells Azure of the instances' health, which it does from durability Silver on. */
export function serviceFabricReportsHealth(scaleSet: JsonObject): boolean {
  return /^(silver|gold)$/i.test(serviceFabricDurabilityOf(scaleSet) ?? "");
}

/** The Service Fabric cluster that the set is a node type of, by the URL of its runtime in lower case; undefined for other sets. */
export function serviceFabricClusterOf(scaleSet: JsonObject): string | undefined {
  const endpoint = textAt(serviceFabricOf(scaleSet)?.properties, "settings", "clusterEndpoint");
  return endpoint?.trim().toLowerCase().replace(/\/$/, "") || undefined;
}

/** Whether automatic OS image upgrades are on. The policy is absent where it was never set: off. */
export function automaticUpgradesOf(scaleSet: JsonObject): boolean {
  const policy = objectAt(scaleSet, "properties", "upgradePolicy", "automaticOSUpgradePolicy");
  return booleanAt(policy, "enableAutomaticOSUpgrade") ?? false;
}

/** Where the model says whether Windows updates itself. */
export const windowsUpdatePath = [
  "properties",
  "virtualMachineProfile",
  "osProfile",
  "windowsConfiguration",
  "enableAutomaticUpdates",
] as const;

/**
 * Whether Windows updates itself: where a Windows model does not say, it does
 * (https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/get, enableAutomaticUpdates). Undefined where the set runs
 * Linux, or does not say what it runs.
 */
export function windowsUpdateOf(scaleSet: JsonObject): boolean | undefined {
  return osTypeOf(scaleSet) === "Windows" ? (booleanAt(scaleSet, ...windowsUpdatePath) ?? true) : undefined;
}

/** Whether the policy lets each upgrade wait until it is approved. */
export function isDeferring(scaleSet: JsonObject): boolean {
  const policy = objectAt(scaleSet, "properties", "upgradePolicy", "automaticOSUpgradePolicy");
  return booleanAt(policy, "osRollingUpgradeDeferral") === true;
}

/** `Uniform` or `Flexible`; sets from before the property are Uniform. */
export function orchestrationModeOf(scaleSet: JsonObject): string {
  return textAt(scaleSet, "properties", "orchestrationMode") ?? "Uniform";
}

export function isFlexible(scaleSet: JsonObject): boolean {
  return orchestrationModeOf(scaleSet).toLowerCase() === "flexible";
}

/** How many instances the set is to have; undefined where the model does not say, as with some Flexible sets. */
export function capacityOf(scaleSet: JsonObject): number | undefined {
  const capacity = numberAt(scaleSet, "sku", "capacity");
  return capacity !== undefined && Number.isSafeInteger(capacity) && capacity >= 0 ? capacity : undefined;
}

/** `Automatic`, `Manual` or `Rolling`; independent of automatic OS upgrades. */
export function upgradeModeOf(scaleSet: JsonObject): string | undefined {
  return textAt(scaleSet, "properties", "upgradePolicy", "mode");
}
