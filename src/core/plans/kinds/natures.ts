/** What the first file of the extension asks of kinds of change: it stands beside them, so that their code is not loaded with it. */
import type { ChangeKind } from "./kinds.ts";

const repeatable: Readonly<Record<ChangeKind, boolean>> = {
  createResourceGroup: true,
  registerProvider: true,
  createConfiguration: true,
  updateConfiguration: true,
  deleteConfiguration: false,
  associate: true,
  dissociate: false,
  setUpgradePolicy: true,
  setImageReference: true,
  setAutomaticUpdates: true,
  setPatchSettings: true,
  addHealthExtension: true,
  updateInstances: true,
  startUpgrade: false,
  cancelUpgrade: true,
  approveUpgrade: false,
};

/** Whether sending such a change twice does no more than sending it once. */
export function mayRepeat({ kind }: { readonly kind: ChangeKind }): boolean {
  return repeatable[kind];
}

/** Whether such a change begins or goes on with a rolling upgrade, which is then watched. */
export function beginsUpgrade({ kind }: { readonly kind: ChangeKind }): boolean {
  return kind === "startUpgrade" || kind === "approveUpgrade";
}
