import * as vscode from "vscode";
import { idKey, nameOf, parseId } from "../../core/resources/ids.ts";
import type { UpgradeHistory } from "../../fleet/upgrades/history.ts";
import type { HistoryKeeper } from "../../fleet/upgrades/historyKeeper.ts";
import { countOfUpgrades } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
import { pickMany } from "../../ui/quickPicks.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { azureKnowing, connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { noSetTicked, type ScopeQuestion } from "../chosenScope.ts";
import { knowsScaleSets } from "../known.ts";
import { scopeNodes, scopeOf } from "../scopes.ts";

export interface HistoryOptions extends FleetAccess {
  readonly histories: HistoryKeeper;
}

/** The history of the Azure that is connected, read from its file. Connects first where nothing is connected. */
export async function loadedHistory({ session, histories }: HistoryOptions): Promise<UpgradeHistory> {
  await connectedAzure(session);
  const history = histories.current;
  if (history === undefined) throw new vscode.CancellationError();
  await history.load();
  return history;
}

/**
 * Ids of the scale sets to show the history of: those of the nodes, deleted ones too; without any, the user picks some of either kind.
 * Throws CancellationError where none is picked.
 */
export async function historyScope(
  options: HistoryOptions,
  nodes: readonly TreeNode[],
  question: ScopeQuestion,
): Promise<readonly string[]> {
  const scope = scopeNodes(nodes);
  await azureKnowing(options, knowsScaleSets(scope));
  const { records, missing } = scopeOf(scope, options.store.snapshot);
  const ids = [...records.map(({ id }) => id), ...missing];
  return ids.length > 0 ? ids : pickedIds(options, question);
}

async function pickedIds(
  { store: { snapshot }, histories }: HistoryOptions,
  { title, selected }: ScopeQuestion,
): Promise<readonly string[]> {
  const ticked = new Set(scopeOf(selected, snapshot).records.map(({ id }) => id));
  const kept = histories.current?.attempts ?? [];
  const counts = Map.groupBy(kept, ({ scaleSetId }) => idKey(scaleSetId));
  const missing = [...counts]
    .filter(([key]) => !snapshot.scaleSets.has(key))
    .map(([, [first]]) => first?.scaleSetId ?? "");
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  const itemOf = (id: string) => {
    const known = counts.get(idKey(id))?.length ?? 0;
    const group = parseId(id)?.resourceGroup ?? "";
    return {
      id,
      label: nameOf(id),
      iconPath: new vscode.ThemeIcon("server"),
      picked: ticked.has(id),
      description: known === 0 ? group : `${group} · ${localize(countOfUpgrades(known))}`,
    };
  };
  const items = (ids: readonly string[]) => ids.map(itemOf).sort((a, b) => compare(a.label, b.label));
  const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const picked = await pickMany(
    [
      heading(vscode.l10n.t("In the fleet")),
      ...items([...snapshot.scaleSets.values()].map(({ id }) => id)),
      ...(missing.length === 0 ? [] : [heading(vscode.l10n.t("No longer in the fleet")), ...items(missing)]),
    ],
    {
      title,
      placeHolder: vscode.l10n.t("Search by name or resource group"),
      none: noSetTicked(snapshot.scaleSets.size + missing.length > 0),
    },
  );
  return picked.flatMap((item) => ("id" in item ? [item.id] : []));
}
