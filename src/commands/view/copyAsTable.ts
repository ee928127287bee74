import * as vscode from "vscode";
import { coverageName } from "../../core/associations/coverageInWords.ts";
import { textAt } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { automaticUpgradesOf, imageInWords } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { loadFlows } from "../../flows/door.ts";
import type { FleetView } from "../../tree/fleet/fleetView.ts";
import { collator } from "../../tree/fleet/layout.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
import { mention } from "../../ui/statusBar.ts";
import { azureKnowing, type FleetAccess } from "../session/chosenAzure.ts";
import { knowsScaleSets } from "../known.ts";
import { scopeOf } from "../scopes.ts";
import type { Handler } from "../handler.ts";

interface Options extends FleetAccess {
  readonly fleetView: Pick<FleetView, "shownScaleSets">;
}

/** Copies the scale sets that the nodes stand for as a table for a spreadsheet; without any, those that the filter shows. */
export const copyAsTable =
  ({ session, store, fleetView }: Options): Handler =>
  async (nodes) => {
    await azureKnowing({ session, store }, knowsScaleSets(nodes));
    const targets =
      nodes.length > 0
        ? nodes
        : fleetView.shownScaleSets().map((resourceId) => ({ kind: "scaleSet", resourceId }));
    const { records } = scopeOf(targets, store.snapshot);
    const { compare } = collator(vscode.env.language);
    const rows = records
      .toSorted((a, b) => compare(a.name, b.name))
      .map((record) => rowOf(record, store.snapshot));
    const { tableText } = await loadFlows();
    await vscode.env.clipboard.writeText(tableText([heads(), ...rows]));
    mention(vscode.l10n.t("{0} copied", localize(countOfScaleSets(rows.length))));
  };

function heads(): readonly string[] {
  return [
    vscode.l10n.t("Name"),
    vscode.l10n.t("State"),
    vscode.l10n.t("Maintenance configuration"),
    vscode.l10n.t("Automatic OS upgrades"),
    vscode.l10n.t("Image"),
    vscode.l10n.t("Region"),
    vscode.l10n.t("Resource group"),
    vscode.l10n.t("Subscription"),
  ];
}

function rowOf(record: ScaleSetRecord, { subscriptions }: Snapshot): readonly string[] {
  const { name, coverage, resource, resourceGroup, subscriptionId } = record;
  return [
    name,
    localize(coverageName(coverage)),
    configurationsOf(record),
    automaticUpgradesOf(resource) ? vscode.l10n.t("On") : vscode.l10n.t("Off"),
    localize(imageInWords(resource)),
    textAt(resource, "location") ?? "",
    resourceGroup,
    subscriptions.get(subscriptionId)?.subscription.displayName ?? subscriptionId,
  ];
}

function configurationsOf({ assignments }: ScaleSetRecord): string {
  if ("unknown" in assignments) return vscode.l10n.t("Unknown");
  return assignments.known.map((assignment) => nameOf(configurationIdOf(assignment) ?? "–")).join(", ");
}
