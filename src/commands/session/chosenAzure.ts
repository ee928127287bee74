import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { Session } from "./session.ts";

/** The fleet, and the session that has it read. */
export interface FleetAccess {
  readonly session: Session;
  readonly store: FleetStore;
}

/**
 * The Azure that the window speaks to, its fleet read or not. Where there is none the user chooses: her account or the sandbox.
 * Throws CancellationError when she chooses neither.
 */
export async function connectedAzure(session: Session): Promise<Azure> {
  if (session.azure === undefined) await session.start();
  if (session.azure === undefined) await choose(session);
  if (session.azure === undefined) throw new vscode.CancellationError();
  return session.azure;
}

/** The same, with its fleet read. */
export async function chosenAzure(session: Session): Promise<Azure> {
  await connectedAzure(session);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Reading your fleet…") },
    () => session.whenRead(),
  );
  if (session.azure === undefined) throw new vscode.CancellationError();
  return session.azure;
}

async function choose(session: Session): Promise<void> {
  const signIn = {
    label: `$(sign-in) ${vscode.l10n.t("Sign In to Azure…")}`,
    detail: vscode.l10n.t("Work on your own scale sets."),
    connect: () => session.signIn(),
  };
  const sandbox = {
    label: `$(beaker) ${vscode.l10n.t("Open Sandbox")}`,
    detail: vscode.l10n.t(
      "A small Azure inside this extension to try everything on; nothing leaves your machine.",
    ),
    connect: () => session.openSandbox(),
  };
  const placeHolder = vscode.l10n.t("Which Azure do you want to work with?");
  const chosen = await vscode.window.showQuickPick([signIn, sandbox], { placeHolder });
  if (chosen === undefined) throw new vscode.CancellationError();
  await chosen.connect();
}
