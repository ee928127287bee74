import * as vscode from "vscode";
import type { Handler } from "../tools.ts";

export const openSandbox: Handler = async ({ session }) => {
  await vscode.commands.executeCommand("scaleSetMaintenance.fleet.focus");
  await session.openSandbox();
};

/** The sandbox keeps its state, so that opening it again goes on where it was left. */
export const leaveSandbox: Handler = ({ session }) => session.leaveSandbox();

export const resetSandbox: Handler = async ({ session, sandbox }) => {
  const reset = vscode.l10n.t("Reset");
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("Reset the sandbox?"),
    {
      modal: true,
      detail: vscode.l10n.t("Everything that was changed in the sandbox is lost. Azure is not touched."),
    },
    reset,
  );
  if (chosen !== reset) throw new vscode.CancellationError();
  sandbox.reset();
  await session.refresh();
};
