import * as vscode from "vscode";
import { nameOf } from "../../core/resources/ids.ts";
import { localize } from "../../ui/messages.ts";
import { chosenAzure } from "../session/chosenAzure.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler } from "../tools.ts";

/** Shows a resource as Azure returns it now, or a malformed item as it came, as read-only JSON. */
export const viewProperties: Handler = async (tools, nodes) => {
  const [node] = nodes;
  if (node?.kind === "malformed") return tools.documents.showJson(localize(node.view.label), node.value);
  const [id = ""] = await chosenResources(tools, nodes);
  const azure = await chosenAzure(tools.session);
  const resource = await vscode.window.withProgress(
    { location: { viewId: "scaleSetMaintenance.fleet" } },
    () => azure.read(id, new AbortController().signal),
  );
  await tools.documents.showJson(`${id}/${nameOf(id)}`, resource);
};
