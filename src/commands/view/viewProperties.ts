import * as vscode from "vscode";
import { nameOf } from "../../core/resources/ids.ts";
import type { Documents } from "../../ui/documents.ts";
import { localize } from "../../ui/messages.ts";
import { chosenAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler } from "../handler.ts";

interface Options extends FleetAccess {
  readonly documents: Documents;
}

/** Shows a resource as Azure returns it now, or a malformed item as it came, as read-only JSON. */
export const viewProperties =
  ({ session, store, documents }: Options): Handler =>
  async (nodes) => {
    const [node] = nodes;
    if (node?.kind === "malformed") return documents.showJson(localize(node.view.label), node.value);
    const [id = ""] = await chosenResources({ session, store }, nodes);
    const azure = await chosenAzure(session);
    const resource = await vscode.window.withProgress(
      { location: { viewId: "scaleSetMaintenance.fleet" } },
      () => azure.read(id, new AbortController().signal),
    );
    await documents.showJson(`${id}/${nameOf(id)}`, resource);
  };
