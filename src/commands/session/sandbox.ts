import * as vscode from "vscode";
import type { Handler } from "../handler.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import type { Session } from "./session.ts";

export const openSandbox =
  ({ session }: { readonly session: Session }): Handler =>
  async () => {
    await vscode.commands.executeCommand("scaleSetMaintenance.fleet.focus");
    await session.openSandbox();
  };

/** The sandbox keeps its state, so that opening it again goes on where it was left. */
export const leaveSandbox =
  ({ session }: { readonly session: Session }): Handler =>
  () =>
    session.leaveSandbox();

export const resetSandbox =
  ({ session, sandbox }: { readonly session: Session; readonly sandbox: SandboxHost }): Handler =>
  async () => {
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
