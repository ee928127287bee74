import * as vscode from "vscode";
import { parseId } from "../core/ids.ts";
import { message, verbatim } from "../core/message.ts";
import { Failure } from "../ui/failure.ts";
import { portalAddress } from "../ui/portal.ts";
import { chosenAzure } from "./chosenAzure.ts";
import { chosenResources } from "./chosenResources.ts";
import type { Handler } from "./tools.ts";

export const openInPortal: Handler = async (tools, nodes) => {
  const [id = ""] = await chosenResources(tools, nodes);
  const { cloud } = await chosenAzure(tools.session);
  if (cloud.portalUrl === undefined) {
    throw new Failure({
      kind: "notFound",
      summary: message("The sandbox has no portal."),
      wayOut: message("View Properties shows the resource as Azure would return it: {0}", verbatim(id)),
    });
  }
  const { subscriptions } = tools.store.snapshot;
  const tenantId = subscriptions.get(parseId(id)?.subscriptionId ?? "")?.subscription.tenantId ?? "";
  await vscode.env.openExternal(vscode.Uri.parse(portalAddress(cloud.portalUrl, tenantId, id), true));
};
