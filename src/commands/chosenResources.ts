import * as vscode from "vscode";
import { nameOf, parseId } from "../core/resources/ids.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { pickOne } from "../ui/quickPicks.ts";
import { chosenAzure, type FleetAccess } from "./session/chosenAzure.ts";
import { resourceIdsOf } from "./targets.ts";

/** The ids of the nodes' resources; without any the user picks a configuration or scale set. Throws CancellationError when she picks none. */
export async function chosenResources(
  { session, store }: FleetAccess,
  nodes: readonly TreeNode[],
): Promise<readonly string[]> {
  const ids = resourceIdsOf(nodes);
  if (ids.length > 0) return ids;
  await chosenAzure(session);
  const { configurations, scaleSets } = store.snapshot;
  const items = [
    heading(vscode.l10n.t("Maintenance configurations")),
    ...[...configurations.values()].map(({ id }) => itemOf(id, "calendar")),
    heading(vscode.l10n.t("Scale sets")),
    ...[...scaleSets.values()].map(({ id }) => itemOf(id, "server")),
  ];
  const placeHolder = vscode.l10n.t("Which resource?");
  const chosen = await pickOne(items, { placeHolder, matchOnDescription: true });
  if (!("id" in chosen)) throw new vscode.CancellationError();
  return [chosen.id];
}

const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });

const itemOf = (id: string, icon: string) => ({
  id,
  label: nameOf(id),
  iconPath: new vscode.ThemeIcon(icon),
  description: parseId(id)?.resourceGroup ?? "",
});
