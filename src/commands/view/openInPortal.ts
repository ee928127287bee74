import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import * as vscode from "vscode";
import { notify } from "../../ui/notify.ts";
import { portalAddress } from "../../ui/portal.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler, Tools } from "../tools.ts";

export const openInPortal: Handler = async (tools, nodes) => {
  const [id = ""] = await chosenResources(tools, nodes);
  const { cloud } = await chosenAzure(tools.session);
  if (cloud.portalUrl === undefined) return explainThatThereIsNone(tools, id);
  const { subscriptions } = tools.store.snapshot;
  const tenantId = subscriptions.get(subscriptionOf(idKey(id)))?.subscription.tenantId ?? "";
  await vscode.env.openExternal(vscode.Uri.parse(portalAddress(cloud.portalUrl, tenantId, id), true));
};

function explainThatThereIsNone(tools: Tools, resourceId: string): void {
  const viewProperties = () =>
    vscode.commands.executeCommand("scaleSetMaintenance.viewProperties", { kind: "resource", resourceId });
  notify(
    vscode.window.showInformationMessage,
    vscode.l10n.t("The sandbox has no portal; the properties show what Azure would return."),
    new Map([[vscode.l10n.t("View Properties"), viewProperties]]),
    tools.log,
  );
}
