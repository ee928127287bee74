import * as vscode from "vscode";
import { nameOf } from "../core/ids.ts";
import { chosenAzure } from "./chosenAzure.ts";
import { chosenResources } from "./chosenResources.ts";
import type { Handler } from "./tools.ts";

/** Shows a resource as Azure returns it now, as read-only JSON. */
export const viewProperties: Handler = async (tools, nodes) => {
  const [id = ""] = await chosenResources(tools, nodes);
  const azure = await chosenAzure(tools.session);
  const resource = await vscode.window.withProgress(
    { location: { viewId: "scaleSetMaintenance.fleet" } },
    () => azure.read(id, new AbortController().signal),
  );
  await tools.documents.showJson(`${id}/${nameOf(id)}`, resource);
};
