import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Call } from "./call.ts";
import { addHealthExtension } from "./calls/addHealthExtension.ts";
import { approveUpgrade } from "./calls/approveUpgrade.ts";
import { associate } from "./calls/associate.ts";
import { cancelUpgrade } from "./calls/cancelUpgrade.ts";
import { createConfiguration } from "./calls/createConfiguration.ts";
import { createResourceGroup } from "./calls/createResourceGroup.ts";
import { deleteConfiguration } from "./calls/deleteConfiguration.ts";
import { dissociate } from "./calls/dissociate.ts";
import { patch } from "./calls/patch.ts";
import { registerProvider } from "./calls/registerProvider.ts";
import { startUpgrade } from "./calls/startUpgrade.ts";
import { updateConfiguration } from "./calls/updateConfiguration.ts";
import { updateInstances } from "./calls/updateInstances.ts";

/** The call of each kind; everything else about a kind is in `src/core/plans/kinds`. */
export const calls: Readonly<Record<ChangeKind, Call>> = {
  createResourceGroup,
  registerProvider,
  createConfiguration,
  updateConfiguration,
  deleteConfiguration,
  associate,
  dissociate,
  setUpgradePolicy: patch,
  setImageReference: patch,
  setAutomaticUpdates: patch,
  setPatchSettings: patch,
  addHealthExtension,
  updateInstances,
  startUpgrade,
  cancelUpgrade,
  approveUpgrade,
};
