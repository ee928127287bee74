import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { patchScaleSet, type Writing } from "../clients/compute.ts";
import {
  deleteAssignment,
  deleteConfiguration,
  putAssignment,
  putConfiguration,
} from "../clients/maintenanceControl.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  putExtension,
  startUpgrade,
  updateInstances,
} from "../clients/upgrades.ts";
import type { Operation } from "../http/operations.ts";

/** The REST call of a kind of change. The preview makes the same call over a transport that only records. */
export interface Call {
  /** Resolves when Azure has accepted it, to the operation that brings it about if there is one. */
  send(target: string, body: JsonObject, writing: Writing): Promise<Operation | undefined>;
  /** Whether it is a DELETE, for which Resource Manager has buckets of their own. */
  readonly isDeletion?: boolean;
  /**
   * How long its operation is followed: to its end where absent, for some seconds where it lives as long as an upgrade, or, for a set in mode
   * Rolling, whose operation lasts a whole roll-out of the model, not at all.
   */
  readonly follows?: "firstSeconds" | "unlessRolling";
  /** How long a read may take to show it, in milliseconds, where that is longer than lists lag. */
  readonly showsWithinMs?: number;
}

/** With exactly the members that the change names. */
const patch: Call = { send: patchScaleSet, follows: "unlessRolling" };

/** The call of each kind; everything else about a kind is in `src/core/plans/kinds`. */
export const calls: Readonly<Record<ChangeKind, Call>> = {
  createResourceGroup: {
    send: (id, body, { clients, signal }) => clients.resourceManager.putResourceGroup(id, body, signal),
  },
  // A registration has no operation to follow: it takes minutes, and its subscription shows when it is done.
  registerProvider: {
    send: (id, _, { clients, signal }) => clients.resourceManager.registerProvider(id, signal),
    showsWithinMs: 15 * 60_000,
  },
  createConfiguration: { send: putConfiguration },
  updateConfiguration: { send: putConfiguration },
  deleteConfiguration: { send: deleteConfiguration, isDeletion: true },
  associate: { send: putAssignment },
  dissociate: { send: deleteAssignment, isDeletion: true },
  setUpgradePolicy: patch,
  setImageReference: patch,
  setAutomaticUpdates: patch,
  setPatchSettings: patch,
  addHealthExtension: { send: putExtension, follows: "unlessRolling" },
  updateInstances: { send: updateInstances },
  // Its operation lives as long as the upgrade, and can fail within a second (FACTS §9.3); afterwards the upgrade is watched.
  startUpgrade: { send: startUpgrade, follows: "firstSeconds" },
  cancelUpgrade: { send: cancelUpgrade },
  approveUpgrade: { send: approveUpgrade, follows: "firstSeconds" },
};
