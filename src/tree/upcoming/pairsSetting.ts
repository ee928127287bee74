import * as vscode from "vscode";

/** The setting that notes windows which upgrade paired regions at the same time. */
export const pairsSetting = "scaleSetMaintenance.upcoming.pairedRegions";

/** Whether the user wants to know of paired regions that upgrade at the same time. */
export function wantsPairs(): boolean {
  return vscode.workspace.getConfiguration().get(pairsSetting) === true;
}
