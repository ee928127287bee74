import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { SharedRun } from "../../core/sharedRun.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { withProgress } from "../../ui/run.ts";
import type { Knows } from "../known.ts";
import type { Session } from "./session.ts";

/** The fleet, and the session that has it read. */
export interface FleetAccess {
  readonly session: Session;
  readonly store: FleetStore;
}

/**
 * The Azure that the window speaks to, its fleet read or not. Where there is none the user chooses: an account or the sandbox.
 * Throws CancellationError where neither is chosen.
 */
export async function connectedAzure(session: Session): Promise<Azure> {
  const azure = (await session.connected()) ?? (await chosenConnection(session));
  if (azure === undefined) throw new vscode.CancellationError();
  return azure;
}

/** The same, with its fleet read; waiting for that can be cancelled. */
export async function chosenAzure(session: Session): Promise<Azure> {
  await connectedAzure(session);
  if (session.isReading) {
    const title = vscode.l10n.t("Loading your fleet…");
    await withProgress(title, (_, signal) => new SharedRun(() => session.whenRead()).join(signal));
  }
  if (session.azure === undefined) throw new vscode.CancellationError();
  return session.azure;
}

/** The same, but where the fleet `knows` enough already, the rest of it is not waited for. */
export async function azureKnowing({ session, store }: FleetAccess, knows: Knows): Promise<Azure> {
  const azure = await connectedAzure(session);
  return knows(store.snapshot) ? azure : chosenAzure(session);
}

async function chosenConnection(session: Session): Promise<Azure | undefined> {
  const signIn = {
    label: vscode.l10n.t("Sign In to Azure…"),
    iconPath: new vscode.ThemeIcon("sign-in"),
    detail: vscode.l10n.t("Work on your own scale sets."),
    connect: () => session.signIn(),
  };
  const sandbox = {
    label: vscode.l10n.t("Open Sandbox"),
    iconPath: new vscode.ThemeIcon("beaker"),
    detail: vscode.l10n.t("Try everything on sample data. No account needed."),
    connect: () => session.openSandbox(),
  };
  const chosen = await pickOne([signIn, sandbox], {
    title: vscode.l10n.t("Connect to Azure"),
    placeHolder: vscode.l10n.t("Connect to Azure or open the sandbox"),
  });
  return session.connected(chosen.connect());
}
