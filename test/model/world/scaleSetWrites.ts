/** What writes of scale sets and their upgrades do, as recorded: pure functions from one state to the next. */
import { keys, lastName } from "./ids.ts";
import { isMembers, leavesOf, merged, valueAt, withEntry, type Members, type WorldState } from "./state.ts";
import { busy, missing, unchanged, type Refusal, type Write } from "./writes.ts";

/** `etag`: what the set must still be, where the caller says so. */
export function patchScaleSet(id: string, body: Members, etag?: string): Write {
  const key = id.toLowerCase();
  const patch = isMembers(body["properties"]) ? body["properties"] : {};
  return {
    what: `patch ${lastName(id)}: ${JSON.stringify(patch)}`,
    refusal: (state) => {
      const set = state.scaleSets.get(key);
      const notFound = missing(set !== undefined, id);
      if (notFound !== undefined || set === undefined) return notFound;
      if (etag !== undefined && etag !== etagOf(set.version))
        return { status: 412, code: "PreconditionFailed", message: "The resource has another etag." };
      if (set.properties["provisioningState"] === "Updating") return busy(id);
      return turnsUpdatesOn(set.properties, patch) ? updatesRefused : undefined;
    },
    apply: (state) => {
      const set = state.scaleSets.get(key);
      if (set === undefined) return unchanged(state);
      const leaves = leavesOf(patch).filter(
        ([path, value]) => valueAt(set.properties, ...path.split(".")) !== value,
      );
      if (leaves.length === 0) return unchanged(state);
      const changesModel = leaves.some(([path]) => path.startsWith("virtualMachineProfile."));
      const patched = {
        ...set,
        version: set.version + 1,
        upToDate: changesModel ? 0 : set.upToDate,
        properties: alongWith(merged(set.properties, patch)),
      };
      return {
        state: { ...state, scaleSets: withEntry(state.scaleSets, key, patched) },
        touched: leaves.map(([path]) => keys.member(id, path)),
      };
    },
  };
}

const enabledPath = ["upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];
const updatesPath = ["virtualMachineProfile", "osProfile", "windowsConfiguration", "enableAutomaticUpdates"];

function turnsUpdatesOn(properties: Members, patch: Members): boolean {
  const isEnabled = valueAt(patch, ...enabledPath) ?? valueAt(properties, ...enabledPath);
  return valueAt(patch, ...updatesPath) === true && isEnabled === true;
}

const updatesRefused: Refusal = {
  status: 400,
  code: "BadRequest",
  message:
    "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
};

/** Recorded: upgrades that are enabled turn Windows' own updates off and fill the rolling policy in. */
function alongWith(properties: Members): Members {
  if (valueAt(properties, ...enabledPath) !== true) return properties;
  const policy = {
    maxBatchInstancePercent: 20,
    maxUnhealthyInstancePercent: 20,
    maxUnhealthyUpgradedInstancePercent: 20,
    pauseTimeBetweenBatches: "PT0S",
  };
  const filled = merged(
    {
      upgradePolicy: {
        automaticOSUpgradePolicy: { useRollingUpgradePolicy: false },
        rollingUpgradePolicy: policy,
      },
    },
    properties,
  );
  const windows = ["virtualMachineProfile", "osProfile", "windowsConfiguration"];
  if (valueAt(filled, ...windows) === undefined) return filled;
  return merged(filled, {
    virtualMachineProfile: { osProfile: { windowsConfiguration: { enableAutomaticUpdates: false } } },
  });
}

export function tagScaleSet(id: string, tags: Members): Write {
  const key = id.toLowerCase();
  return {
    what: `tag ${lastName(id)}`,
    apply: (state) => {
      const set = state.scaleSets.get(key);
      if (set === undefined) return unchanged(state);
      const tagged = { ...set, version: set.version + 1, tags: { ...set.tags, ...tags } };
      return {
        state: { ...state, scaleSets: withEntry(state.scaleSets, key, tagged) },
        touched: [keys.member(id, "tags")],
      };
    },
  };
}

export function putExtension(scaleSet: string, name: string, body: Members): Write {
  const key = scaleSet.toLowerCase();
  return {
    what: `put the extension ${name} of ${lastName(scaleSet)}`,
    refusal: (state) => missing(state.scaleSets.has(key), scaleSet),
    apply: (state) => {
      const set = state.scaleSets.get(key);
      if (set === undefined) return unchanged(state);
      const path = ["virtualMachineProfile", "extensionProfile", "extensions"];
      const known = valueAt(set.properties, ...path);
      const others = (Array.isArray(known) ? known : []).filter((one) => valueAt(one, "name") !== name);
      const extensions = [...others, { name, properties: body["properties"] }];
      const changed = {
        ...set,
        version: set.version + 1,
        upToDate: 0,
        properties: merged(set.properties, { virtualMachineProfile: { extensionProfile: { extensions } } }),
      };
      return {
        state: { ...state, scaleSets: withEntry(state.scaleSets, key, changed) },
        touched: [keys.member(scaleSet, `extensions.${name}`)],
      };
    },
  };
}

export function updateInstances(id: string, count: number): Write {
  const key = id.toLowerCase();
  return {
    what: `bring the instances of ${lastName(id)} to the latest model`,
    refusal: (state) => missing(state.scaleSets.has(key), id),
    apply: (state) => {
      const set = state.scaleSets.get(key);
      if (set === undefined || set.upToDate === count) return unchanged(state);
      return {
        state: { ...state, scaleSets: withEntry(state.scaleSets, key, { ...set, upToDate: count }) },
        touched: [keys.member(id, "instances")],
      };
    },
  };
}

export function startUpgrade(id: string, startedBy: "User" | "Platform"): Write {
  const key = id.toLowerCase();
  return {
    what: `start an upgrade of ${lastName(id)} (${startedBy})`,
    refusal: (state) =>
      missing(state.scaleSets.has(key), id) ??
      (state.scaleSets.get(key)?.upgrade?.code === "RollingForward" ? busy(id) : undefined),
    apply: (state, now) => {
      const set = state.scaleSets.get(key);
      if (set === undefined || set.upgrade?.code === "RollingForward") return unchanged(state);
      const upgrade = { code: "RollingForward", startedBy, startedAt: now } as const;
      return {
        state: { ...state, scaleSets: withEntry(state.scaleSets, key, { ...set, upgrade }) },
        touched: [keys.upgrade(id)],
      };
    },
  };
}

export function cancelUpgrade(id: string): Write {
  const key = id.toLowerCase();
  return {
    what: `cancel the upgrade of ${lastName(id)}`,
    refusal: (state) =>
      missing(state.scaleSets.has(key), id) ??
      (state.scaleSets.get(key)?.upgrade?.code === "RollingForward"
        ? undefined
        : { status: 409, code: "OperationNotAllowed", message: "There is no rolling upgrade in progress." }),
    apply: (state) => {
      const set = state.scaleSets.get(key);
      if (set?.upgrade?.code !== "RollingForward") return unchanged(state);
      const upgrade = { ...set.upgrade, code: "Cancelled" } as const;
      return {
        state: { ...state, scaleSets: withEntry(state.scaleSets, key, { ...set, upgrade }) },
        touched: [keys.upgrade(id)],
      };
    },
  };
}

/** Whether Azure now brings a set's changed model to its instances batch by batch. */
export function rollsOut(state: WorldState, id: string): boolean {
  const set = state.scaleSets.get(id.toLowerCase());
  return set?.upToDate === 0 && valueAt(set.properties, "upgradePolicy", "mode") === "Rolling";
}

/** Marks a set as one that Azure works on, or no longer does: nobody's write. */
export function withWork(state: WorldState, id: string, provisioningState: string): WorldState {
  const set = state.scaleSets.get(id.toLowerCase());
  if (set === undefined) return state;
  const properties = { ...set.properties, provisioningState };
  return { ...state, scaleSets: withEntry(state.scaleSets, id.toLowerCase(), { ...set, properties }) };
}

/** As the service counts the states of a set. */
export const etagOf = (version: number) => `"${version}"`;
