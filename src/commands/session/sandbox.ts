import * as vscode from "vscode";
import { confirm } from "../../ui/confirm.ts";
import type { Handler } from "../handler.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import type { Session } from "./session.ts";

export const openSandbox =
  ({ session }: { readonly session: Session }): Handler =>
  async () => {
    await vscode.commands.executeCommand("scaleSetMaintenance.fleet.focus");
    await session.openSandbox();
  };

export const resetSandbox =
  ({ session, sandbox }: { readonly session: Session; readonly sandbox: SandboxHost }): Handler =>
  async () => {
    await confirm(
      vscode.l10n.t("Reset the sandbox?"),
      vscode.l10n.t("All changes in the sandbox are lost. Azure isn't affected."),
      vscode.l10n.t("Reset"),
    );
    sandbox.reset();
    await session.refresh();
  };
