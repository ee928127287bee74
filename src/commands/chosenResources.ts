import * as vscode from "vscode";
import { nameOf, parseId, sameId } from "../core/resources/ids.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { pickOne } from "../ui/quickPicks.ts";
import type { ScopeQuestion } from "./chosenScope.ts";
import { chosenAzure, type FleetAccess } from "./session/chosenAzure.ts";
import { resourceIdsOf } from "./targets.ts";

/**
 * The ids of the nodes' resources; without any the user picks a configuration or scale set, for which the first that is selected is active.
 * Throws CancellationError when the user picks none.
 */
export async function chosenResources(
  { session, store }: FleetAccess,
  nodes: readonly TreeNode[],
  { title, selected }: ScopeQuestion,
): Promise<readonly string[]> {
  const ids = resourceIdsOf(nodes);
  if (ids.length > 0) return ids;
  await chosenAzure(session);
  const { configurations, scaleSets } = store.snapshot;
  const [active] = resourceIdsOf(selected);
  const itemOf = (id: string, icon: string) => ({
    id,
    label: nameOf(id),
    iconPath: new vscode.ThemeIcon(icon),
    description: parseId(id)?.resourceGroup ?? "",
    picked: active !== undefined && sameId(id, active),
  });
  const items = [
    heading(vscode.l10n.t("Maintenance configurations")),
    ...[...configurations.values()].map(({ id }) => itemOf(id, "calendar")),
    heading(vscode.l10n.t("Scale sets")),
    ...[...scaleSets.values()].map(({ id }) => itemOf(id, "server")),
  ];
  const placeHolder = vscode.l10n.t("Search by name or resource group");
  const chosen = await pickOne(items, { title, placeHolder, matchOnDescription: true });
  if (!("id" in chosen)) throw new vscode.CancellationError();
  return [chosen.id];
}

const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
