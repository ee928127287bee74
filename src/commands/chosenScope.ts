import * as vscode from "vscode";
import type { Snapshot } from "../fleet/snapshot/snapshot.ts";
import type { Target } from "../report/links.ts";
import { localize } from "../ui/messages.ts";
import { pickMany } from "../ui/quickPicks.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { stateName } from "../tree/scaleSets/coverageLook.ts";
import { azureKnowing, type FleetAccess } from "./session/chosenAzure.ts";
import { knowsScaleSets } from "./known.ts";
import { scopeNodes } from "./scopes.ts";

/**
 * What the nodes stand for as a scope of scale sets, which the fleet knows then; without any the user picks some. Throws CancellationError
 * when none is picked, and connects first where nothing is connected.
 */
export async function chosenScope(
  fleet: FleetAccess,
  nodes: readonly TreeNode[],
): Promise<readonly Target[]> {
  const scope = scopeNodes(nodes);
  await azureKnowing(fleet, knowsScaleSets(scope));
  return scope.length > 0 ? scope : pickedSets(fleet.store.snapshot);
}

async function pickedSets(snapshot: Snapshot): Promise<readonly Target[]> {
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  const nameOf = (subscriptionId: string) =>
    snapshot.subscriptions.get(subscriptionId)?.subscription.displayName ?? subscriptionId;
  const bySubscription = Map.groupBy(snapshot.scaleSets.values(), ({ subscriptionId }) => subscriptionId);
  const items = [...bySubscription]
    .sort(([a], [b]) => compare(nameOf(a), nameOf(b)))
    .flatMap(([subscriptionId, records]) => [
      { label: nameOf(subscriptionId), kind: vscode.QuickPickItemKind.Separator },
      ...records
        .sort((a, b) => compare(a.name, b.name))
        .map(({ id, name, resourceGroup, coverage }) => ({
          node: { kind: "scaleSet", resourceId: id },
          label: name,
          iconPath: new vscode.ThemeIcon("server"),
          description: `${resourceGroup} · ${localize(stateName(coverage.state))}`,
        })),
    ]);
  const picked = await pickMany(items, {
    matchOnDescription: true,
    title: vscode.l10n.t("Scale Sets"),
    placeHolder:
      items.length === 0
        ? vscode.l10n.t("There is no scale set in the subscriptions that are shown")
        : vscode.l10n.t("Which scale sets?"),
  });
  const nodes = picked.flatMap((item) => ("node" in item ? [item.node] : []));
  if (nodes.length === 0) throw new vscode.CancellationError();
  return nodes;
}
