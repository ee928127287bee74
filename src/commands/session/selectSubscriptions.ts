import * as vscode from "vscode";
import type { Azure, Subscription, UnreachedTenant } from "../../azure/contracts.ts";
import { filterEntries, subscriptionFilter } from "../../fleet/reading/filter.ts";
import { pickMany, pickOne } from "../../ui/quickPicks.ts";
import { connectedAzure } from "./chosenAzure.ts";
import { subscriptionGroups, unreachedHeading } from "./subscriptionRows.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "./session.ts";

/** Lets the user select the subscriptions to show, and where a workspace is open, which settings keep the selection. */
export const selectSubscriptions =
  ({ session }: { readonly session: Session }): Handler =>
  async () => {
    const azure = await connectedAzure(session);
    const settings = vscode.workspace.getConfiguration("scaleSetMaintenance");
    const before = settings.get<readonly string[]>("subscriptions", []);
    const listed: Subscription[] = [];
    const chosen = await choose(azure, listed, before);
    const entries = filterEntries(chosen, listed, before);
    if (await keptInWorkspace(settings)) {
      await settings.update("subscriptions", entries, vscode.ConfigurationTarget.Workspace);
      return;
    }
    // A selection of the workspace's own would go before the user's.
    if (settings.inspect("subscriptions")?.workspaceValue !== undefined)
      await settings.update("subscriptions", undefined, vscode.ConfigurationTarget.Workspace);
    await settings.update("subscriptions", entries, vscode.ConfigurationTarget.Global);
  };

/** Adds to `listed` every subscription that there is to tick. */
async function choose(
  azure: Azure,
  listed: Subscription[],
  before: readonly string[],
): Promise<readonly Subscription[]> {
  const abort = new AbortController();
  const rows = async () => {
    const unreached: UnreachedTenant[] = [];
    for await (const event of azure.inventory(abort.signal, () => false)) {
      if (event.kind === "subscriptions") listed.push(...event.subscriptions);
      if (event.kind === "tenantFailed") unreached.push(event);
    }
    return [...rowsOf(listed, before), ...unreached.flatMap(rowsOfUnreached)];
  };
  try {
    const picked = await pickMany(rows(), {
      ignoreFocusOut: true,
      title: vscode.l10n.t("Select Subscriptions"),
      placeHolder: vscode.l10n.t("Search by name or ID"),
      none: vscode.l10n.t("None selected shows all"),
      allowsNone: true,
    });
    return picked.flatMap(({ subscription }) => subscription ?? []);
  } finally {
    abort.abort();
  }
}

interface Row extends vscode.QuickPickItem {
  readonly subscription?: Subscription;
}

function rowsOf(listed: readonly Subscription[], before: readonly string[]): readonly Row[] {
  const isShown = subscriptionFilter(before);
  return subscriptionGroups(listed, vscode.env.language).flatMap(({ heading, subscriptions }) => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...subscriptions.map((subscription) => ({
      label: subscription.displayName,
      description: subscription.subscriptionId,
      picked: isShown(subscription),
      subscription,
    })),
  ]);
}

/** Nothing to tick, but nothing hidden either. */
function rowsOfUnreached(tenant: UnreachedTenant): readonly Row[] {
  const label = vscode.l10n.t("Couldn't load {0}", unreachedHeading(tenant));
  return [{ label, kind: vscode.QuickPickItemKind.Separator }];
}

/** Throws CancellationError when the user does not say. */
async function keptInWorkspace(settings: vscode.WorkspaceConfiguration): Promise<boolean> {
  if (vscode.workspace.workspaceFolders === undefined) return false;
  const workspace = {
    label: vscode.l10n.t("This workspace"),
    detail: vscode.l10n.t("Everyone who opens this workspace"),
    inWorkspace: true,
  };
  const everywhere = {
    label: vscode.l10n.t("User settings"),
    detail: vscode.l10n.t("All workspaces without their own selection"),
    inWorkspace: false,
  };
  const hasOwn = settings.inspect("subscriptions")?.workspaceValue !== undefined;
  const chosen = await pickOne(hasOwn ? [workspace, everywhere] : [everywhere, workspace], {
    ignoreFocusOut: true,
    title: vscode.l10n.t("Select Subscriptions"),
    placeHolder: vscode.l10n.t("Save the selection in"),
  });
  return chosen.inWorkspace;
}
