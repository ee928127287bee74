import type { RouteTable } from "../http/call.ts";
import { pollOperation } from "../resources/operations.ts";
import { getImageVersion, listImageVersions } from "./images.ts";
import { extensionRoutes } from "./extensions.ts";
import { galleryRoutes } from "./galleries.ts";
import { getInstance, getInstanceView, getInstanceViewOfInstance } from "./instanceViews.ts";
import {
  deleteScaleSet,
  getScaleSet,
  listScaleSets,
  listScaleSetsInGroup,
  listScaleSetsInLocation,
  patchScaleSet,
  putScaleSet,
} from "./scaleSets.ts";
import {
  approveRollingUpgrade,
  cancelRollingUpgrade,
  getLatestRollingUpgrade,
  listUpgrades,
  startUpgrade,
  updateInstances,
} from "./upgrades.ts";
import { listInstances, virtualMachineRoutes } from "./virtualMachines.ts";

const subscription = "/subscriptions/{subscriptionId}";
const location = `${subscription}/providers/Microsoft.Compute/locations/{location}`;
const sets = `${subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachineScaleSets`;
const set = `${sets}/{vmScaleSetName}`;
const versions = `${location}/publishers/{publisher}/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions`;

/** What of Microsoft.Compute maintenance control needs: scale sets, their instances and upgrades, the images. */
export const computeRoutes: RouteTable = {
  [`${subscription}/providers/Microsoft.Compute/virtualMachineScaleSets`]: { GET: listScaleSets },
  [`${location}/virtualMachineScaleSets`]: { GET: listScaleSetsInLocation },
  [sets]: { GET: listScaleSetsInGroup },
  [set]: { GET: getScaleSet, PATCH: patchScaleSet, PUT: putScaleSet, DELETE: deleteScaleSet },
  [`${set}/instanceView`]: { GET: getInstanceView },
  [`${set}/osUpgradeHistory`]: { GET: listUpgrades },
  [`${set}/rollingUpgrades/latest`]: { GET: getLatestRollingUpgrade },
  [`${set}/rollingUpgrades/cancel`]: { POST: cancelRollingUpgrade },
  [`${set}/osRollingUpgrade`]: { POST: startUpgrade },
  [`${set}/approveRollingUpgrade`]: { POST: approveRollingUpgrade },
  [`${set}/manualupgrade`]: { POST: updateInstances },
  [`${set}/virtualMachines`]: { GET: listInstances },
  [`${set}/virtualMachines/{instanceId}`]: { GET: getInstance },
  [`${set}/virtualMachines/{instanceId}/instanceView`]: { GET: getInstanceViewOfInstance },
  [versions]: { GET: listImageVersions },
  [`${versions}/{version}`]: { GET: getImageVersion },
  [`${location}/operations/{operationId}`]: { GET: pollOperation },
  ...virtualMachineRoutes,
  ...extensionRoutes,
  ...galleryRoutes,
};
