import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import { notify } from "../../ui/notify.ts";
import { portalAddress } from "../../ui/portal.ts";
import { azureKnowing, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler } from "../handler.ts";

interface Options extends FleetAccess {
  readonly log: Log;
}

export const openInPortal =
  ({ session, store, log }: Options): Handler =>
  async (nodes, selected) => {
    const [id = ""] = await chosenResources({ session, store }, nodes, {
      title: vscode.l10n.t("Open in Portal"),
      selected,
    });
    const subscriptionId = subscriptionOf(idKey(id));
    // The portal opens a resource in the tenant of its subscription.
    const { cloud } = await azureKnowing({ session, store }, ({ subscriptions }) =>
      subscriptions.has(subscriptionId),
    );
    if (cloud.portalUrl === undefined) return explainThatThereIsNone(log, id);
    const tenantId = store.snapshot.subscriptions.get(subscriptionId)?.subscription.tenantId ?? "";
    await vscode.env.openExternal(vscode.Uri.parse(portalAddress(cloud.portalUrl, tenantId, id), true));
  };

function explainThatThereIsNone(log: Log, resourceId: string): void {
  const viewProperties = () =>
    vscode.commands.executeCommand("scaleSetMaintenance.viewProperties", { kind: "resource", resourceId });
  notify(
    vscode.window.showInformationMessage,
    vscode.l10n.t("The sandbox has no portal. View the properties instead."),
    new Map([[vscode.l10n.t("View Properties"), viewProperties]]),
    log,
  );
}
