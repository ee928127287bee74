import * as vscode from "vscode";
import { notify } from "../ui/notify.ts";
import { runFlow } from "./flow.ts";
import { scaleSetIdsOf } from "./targets.ts";
import type { Handler } from "./tools.ts";

export const removeAssociation: Handler = async (tools, nodes) => {
  const scaleSetIds = scaleSetIdsOf(nodes);
  if (nodes.length === 0 || scaleSetIds.length > 0) {
    return runFlow(tools, ({ removeAssociationFlow }, context) =>
      removeAssociationFlow(context, { scaleSetIds }),
    );
  }
  // The Delete key works on every node.
  const text = vscode.l10n.t("Delete removes associations: select scale sets or their associations.");
  return notify(vscode.window.showInformationMessage, text, new Map(), tools.log);
};
