import * as vscode from "vscode";
import { nameOf } from "../../core/resources/ids.ts";
import type { Documents } from "../../ui/documents.ts";
import { localize } from "../../ui/messages.ts";
import { withProgress } from "../../ui/run.ts";
import { connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler } from "../handler.ts";

interface Options extends FleetAccess {
  readonly documents: Documents;
}

/** Shows a resource as Azure returns it now, or a malformed item as it came, as read-only JSON. */
export const viewProperties =
  ({ session, store, documents }: Options): Handler =>
  async (nodes, selected) => {
    const [node] = nodes;
    if (node?.kind === "malformed") return documents.showJson(localize(node.view.label), node.value);
    const [id = ""] = await chosenResources({ session, store }, nodes, {
      title: vscode.l10n.t("View Properties"),
      selected,
    });
    const azure = await connectedAzure(session);
    const title = vscode.l10n.t("Loading {0}", nameOf(id));
    const resource = await withProgress(title, (_, signal) => azure.read(id, signal));
    await documents.showJson(`${id}/${nameOf(id)}`, resource);
  };
