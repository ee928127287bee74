import * as vscode from "vscode";
import { coverageName } from "../core/associations/coverageInWords.ts";
import type { Snapshot } from "../fleet/snapshot/snapshot.ts";
import type { Target } from "../report/links.ts";
import { localize } from "../ui/messages.ts";
import { pickMany } from "../ui/quickPicks.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { azureKnowing, type FleetAccess } from "./session/chosenAzure.ts";
import { knowsScaleSets } from "./known.ts";
import { scopeNodes, scopeOf } from "./scopes.ts";

export interface ScopeQuestion {
  /** The title of the command that asks. */
  readonly title: string;
  /** The rows whose scale sets come ticked. */
  readonly selected: readonly TreeNode[];
}

/**
 * What the nodes stand for as a scope of scale sets, which the fleet knows then; without any the user picks some. Throws CancellationError
 * when none is picked, and connects first where nothing is connected.
 */
export async function chosenScope(
  fleet: FleetAccess,
  nodes: readonly TreeNode[],
  question: ScopeQuestion,
): Promise<readonly Target[]> {
  const scope = scopeNodes(nodes);
  await azureKnowing(fleet, knowsScaleSets(scope));
  return scope.length > 0 ? scope : pickedSets(fleet.store.snapshot, question);
}

async function pickedSets(
  snapshot: Snapshot,
  { title, selected }: ScopeQuestion,
): Promise<readonly Target[]> {
  const ticked = new Set(scopeOf(selected, snapshot).records);
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
        .map((record) => ({
          node: { kind: "scaleSet", resourceId: record.id },
          label: record.name,
          iconPath: new vscode.ThemeIcon("server"),
          description: `${record.resourceGroup} · ${localize(coverageName(record.coverage))}`,
          picked: ticked.has(record),
        })),
    ]);
  const picked = await pickMany(items, {
    title,
    placeHolder: vscode.l10n.t("Search by name, resource group or state"),
    none: noSetTicked(items.length > 0),
  });
  return picked.flatMap((item) => ("node" in item ? [item.node] : []));
}

/** What a list of scale sets says while none is ticked; `isAny`: whether it has one. */
export function noSetTicked(isAny: boolean): string {
  return isAny
    ? vscode.l10n.t("Select at least one scale set (Space)")
    : vscode.l10n.t("No scale sets in the subscriptions shown");
}
