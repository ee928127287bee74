import type { Call, RouteTable } from "../call.ts";
import { ok, type Reply } from "../http.ts";
import { pollOperation } from "../operations.ts";
import { getImageVersion, listImageVersions } from "./images.ts";
import {
  getInstance,
  getInstanceView,
  getLatestRollingUpgrade,
  listInstances,
  listUpgrades,
} from "./instances.ts";
import {
  deleteScaleSet,
  getScaleSet,
  listScaleSets,
  listScaleSetsInGroup,
  listScaleSetsInLocation,
  patchScaleSet,
  putScaleSet,
} from "./scaleSets.ts";

function getOperation(call: Call): Reply {
  return pollOperation(call, (key) => {
    const stored = call.state.scaleSets.get(key);
    return stored === undefined ? undefined : ok(stored.body);
  });
}

const subscription = "/subscriptions/{subscriptionId}";
const location = `${subscription}/providers/Microsoft.Compute/locations/{location}`;
const sets = `${subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachineScaleSets`;
const set = `${sets}/{vmScaleSetName}`;
const versions = `${location}/publishers/{publisher}/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions`;

/** What of Microsoft.Compute the three steps and their read-back need. */
export const computeRoutes: RouteTable = {
  [`${subscription}/providers/Microsoft.Compute/virtualMachineScaleSets`]: { GET: listScaleSets },
  [`${location}/virtualMachineScaleSets`]: { GET: listScaleSetsInLocation },
  [sets]: { GET: listScaleSetsInGroup },
  [set]: { GET: getScaleSet, PATCH: patchScaleSet, PUT: putScaleSet, DELETE: deleteScaleSet },
  [`${set}/instanceView`]: { GET: getInstanceView },
  [`${set}/osUpgradeHistory`]: { GET: listUpgrades },
  [`${set}/rollingUpgrades/latest`]: { GET: getLatestRollingUpgrade },
  [`${set}/virtualMachines`]: { GET: listInstances },
  [`${set}/virtualMachines/{instanceId}`]: { GET: getInstance },
  [versions]: { GET: listImageVersions },
  [`${versions}/{version}`]: { GET: getImageVersion },
  [`${location}/operations/{operationId}`]: { GET: getOperation },
};
