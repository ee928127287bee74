import { change } from "./change.ts";
import { nameOf } from "../resources/ids.ts";
import { booleanAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { nested } from "./merging.ts";
import type { Change } from "./plan.ts";
import { extensionsOf, imageOf, osTypeOf, takesExtensions } from "../resources/scaleSet.ts";
import type { OsType } from "../resources/scaleSet.ts";

/** A scale set as the plans about its upgrades need it. */
export interface UpgradableScaleSet {
  readonly id: string;
  readonly resource: JsonObject;
  /** Its latest rolling upgrade, as it was last read; absent where there is none, or none was read. */
  readonly upgrade?: JsonObject | undefined;
}

/** What the Application Health extension asks each instance for. */
export interface HealthExtension {
  readonly protocol: "http" | "https" | "tcp";
  /** 1 to 65535. */
  readonly port: number;
  /** Of the request; for http and https only. */
  readonly path?: string;
}

/** Failures that plans of ours can mend, under the names of `Repair`, each with what it is to become. */
export interface Repairs {
  readonly imageLatest?: true;
  readonly automaticUpdatesOff?: true;
  /** `Manual` on Windows, `ImageDefault` on Linux: see `patchModeFor`. */
  readonly patchMode?: string;
  /** `Automatic`, `Manual` or `Rolling`. */
  readonly upgradeMode?: string;
  /** Members of `rollingUpgradePolicy` by their names on the wire; the others stay. */
  readonly rollingPolicy?: JsonObject;
  readonly healthExtension?: HealthExtension;
}

/** The model's image is followed to its newest version from now on. Nothing where it has no versions. */
function setImageLatest({ id, resource }: UpgradableScaleSet): Change | undefined {
  const reference = objectAt(resource, ...imageReference);
  const image = imageOf(resource);
  const latest = image?.kind === "managed" ? undefined : reference && latestReference(reference);
  if (reference === undefined || latest === undefined) return undefined;
  return change("setImageReference", id, message("Use the latest image on scale set {0}", nameOf(id)), {
    before: nested(imageReference, reference),
    after: nested(imageReference, latest),
  });
}

/**
 * What goes with automatic OS upgrades: on Windows only `Manual` may stand beside automatic updates that are off, which these need
 * (https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/create-or-update, WindowsVMGuestPatchMode).
 */
export function patchModeFor(osType: OsType): string {
  return osType === "Windows" ? "Manual" : "ImageDefault";
}

/** The changes that mend a set, each the smallest of its kind; none for what needs no mending or cannot be mended. */
export function repairs(scaleSet: UpgradableScaleSet, wanted: Repairs): readonly Change[] {
  const policy: JsonObject = {
    ...(wanted.upgradeMode !== undefined && { mode: wanted.upgradeMode }),
    ...(wanted.rollingPolicy !== undefined && { rollingUpgradePolicy: wanted.rollingPolicy }),
  };
  return [
    ...(wanted.imageLatest === true ? [setImageLatest(scaleSet)] : []),
    ...patching(scaleSet, wanted),
    ...(wanted.healthExtension === undefined ? [] : [addHealthExtension(scaleSet, wanted.healthExtension)]),
    ...(Object.keys(policy).length === 0 ? [] : [setUpgradePolicy(scaleSet, policy)]),
  ].filter((part) => part !== undefined);
}

/**
 * Changes a set's upgrade policy: `policy` has the members of `upgradePolicy` that are to be different, by their names on the wire, in
 * whatever depth; the others stay.
 */
export function setUpgradePolicy(
  { id, resource }: UpgradableScaleSet,
  policy: JsonObject,
  title = message("Change the upgrade policy of scale set {0}", nameOf(id)),
): Change {
  const known = objectAt(resource, ...upgradePolicy);
  const before = known && Object.fromEntries(Object.keys(policy).map((name) => [name, known[name]]));
  return change("setUpgradePolicy", id, title, {
    ...(before && { before: nested(upgradePolicy, before) }),
    after: nested(upgradePolicy, policy),
  });
}

/** Begins to replace the disks of all instances that do not run the newest image: at once, outside any window. */
export function startUpgrade({ id, upgrade }: UpgradableScaleSet): Change {
  const title = message("Start an OS upgrade of scale set {0} now", nameOf(id));
  return change("startUpgrade", id, title, upgrade && { before: upgrade });
}

/** Ends a rolling upgrade where it is: what has been upgraded stays so. */
export function cancelUpgrade({ id, upgrade }: UpgradableScaleSet): Change {
  const title = message("Cancel the OS upgrade of scale set {0}", nameOf(id));
  return change("cancelUpgrade", id, title, upgrade && { before: upgrade });
}

/** Lets instances be upgraded that wait for an approval; all of them where none are named. */
export function approveUpgrade({ id, upgrade }: UpgradableScaleSet, instanceIds?: readonly string[]): Change {
  const title =
    instanceIds === undefined
      ? message("Approve the deferred OS upgrade of scale set {0}", nameOf(id))
      : message(
          "Approve the deferred OS upgrade of scale set {0} for instances {1}",
          nameOf(id),
          instanceIds.join(", "),
        );
  return change("approveUpgrade", id, title, {
    ...(upgrade && { before: upgrade }),
    ...(instanceIds && { after: { instanceIds } }),
  });
}

/** Brings instances to the latest model, all at once; `["*"]` for all of them. */
export function updateInstances({ id }: UpgradableScaleSet, instanceIds: readonly string[]): Change {
  const title = instanceIds.includes("*")
    ? message("Update all instances of scale set {0} to the latest model", nameOf(id))
    : message(
        "Update instances {1} of scale set {0} to the latest model",
        nameOf(id),
        instanceIds.join(", "),
      );
  return change("updateInstances", id, title, { after: { instanceIds } });
}

const profile = ["properties", "virtualMachineProfile"];
const imageReference = [...profile, "storageProfile", "imageReference"];
const upgradePolicy = ["properties", "upgradePolicy"];

/** The same image without a version. Undefined where it has none already, or no versions at all. */
function latestReference(reference: JsonObject): JsonObject | undefined {
  for (const name of ["sharedGalleryImageId", "communityGalleryImageId", "id"]) {
    const id = textAt(reference, name);
    if (id === undefined) continue;
    const [, definition, version] = /^(.+)\/versions\/([^/]+)\/?$/i.exec(id) ?? [];
    const isPinned = definition !== undefined && version?.toLowerCase() !== "latest";
    return isPinned ? { [name]: definition } : undefined;
  }
  const { publisher, offer, sku } = reference;
  if (publisher === undefined || textAt(reference, "version")?.toLowerCase() === "latest") return undefined;
  return { publisher, offer, sku, version: "latest" };
}

/**
 * The contract ties members to the patch mode, so that one PATCH has to say all of them (PatchSettings, LinuxPatchSettings,
 * WindowsVMGuestPatchMode): on Windows `Manual` goes with updates that are off and the others with updates that are on, hotpatching goes
 * with `AutomaticByPlatform` alone, and so do on both systems the settings named after it. Patch assessment goes with any.
 */
function patching({ id, resource }: UpgradableScaleSet, wanted: Repairs): readonly Change[] {
  const osProfile = [...profile, "osProfile"];
  const { automaticUpdatesOff, patchMode } = wanted;
  if (osTypeOf(resource) === "Windows") {
    const path = [...osProfile, "windowsConfiguration"];
    const known = objectAt(resource, ...path) ?? {};
    const settings = objectAt(known, "patchSettings") ?? {};
    const hasMode = textAt(settings, "patchMode") !== undefined;
    const mode = patchMode ?? (automaticUpdatesOff === true && hasMode ? patchModeFor("Windows") : undefined);
    const patched = mode === undefined ? undefined : settingsWith(mode, settings);
    const after: JsonObject = {
      ...((automaticUpdatesOff === true || mode === "Manual") && { enableAutomaticUpdates: false }),
      ...(patched && { patchSettings: patched }),
    };
    if (Object.keys(after).length === 0) return [];
    const before = Object.fromEntries(Object.keys(after).map((name) => [name, known[name]]));
    const bodies = { before: nested(path, before), after: nested(path, after) };
    return automaticUpdatesOff === true
      ? [change("setAutomaticUpdates", id, updatesTitle(id, mode), bodies)]
      : [change("setPatchSettings", id, patchTitle(id, mode ?? ""), bodies)];
  }
  if (patchMode === undefined) return [];
  const path = [...osProfile, "linuxConfiguration", "patchSettings"];
  const before = objectAt(resource, ...path);
  return [
    change("setPatchSettings", id, patchTitle(id, patchMode), {
      ...(before && { before: nested(path, before) }),
      after: nested(path, settingsWith(patchMode, before ?? {})),
    }),
  ];
}

/** A patch mode, and what does not go with it taken away as far as it is there: null takes a member away. */
function settingsWith(patchMode: string, known: JsonObject): JsonObject {
  const isByPlatform = patchMode.toLowerCase() === "automaticbyplatform";
  return {
    patchMode,
    ...(!isByPlatform && booleanAt(known, "enableHotpatching") === true && { enableHotpatching: false }),
    ...(!isByPlatform &&
      objectAt(known, "automaticByPlatformSettings") && { automaticByPlatformSettings: null }),
  };
}

function updatesTitle(id: string, patchMode: string | undefined): Message {
  return patchMode === undefined
    ? message("Turn off Windows Update on scale set {0}", nameOf(id))
    : message("Turn off Windows Update on scale set {0} and set patch mode {1}", nameOf(id), patchMode);
}

function patchTitle(id: string, patchMode: string): Message {
  return message("Set the patch mode of scale set {0} to {1}", nameOf(id), patchMode);
}

/**
 * Adds the Application Health extension for the set's system; undefined where the model does not say which that is, or takes no extensions:
 * whether machines have an agent is decided when they are made.
 */
export function addHealthExtension(
  { id, resource }: UpgradableScaleSet,
  { protocol, port, path }: HealthExtension,
): Change | undefined {
  const osType = osTypeOf(resource);
  if (osType === undefined || !takesExtensions(resource)) return undefined;
  const type = `ApplicationHealth${osType}`;
  const taken = new Set(extensionsOf(resource).map(({ name }) => name.toLowerCase()));
  const name = [type, `${type}2`, `${type}3`].find((free) => !taken.has(free.toLowerCase())) ?? type;
  const settings = { protocol, port, ...(protocol !== "tcp" && { requestPath: path ?? "/" }) };
  const title = message("Add extension {0} to scale set {1}", type, nameOf(id));
  return change("addHealthExtension", `${id}/extensions/${name}`, title, {
    after: {
      properties: {
        publisher: "Microsoft.ManagedServices",
        type,
        typeHandlerVersion: "1.0",
        autoUpgradeMinorVersion: true,
        settings,
      },
    },
  });
}
