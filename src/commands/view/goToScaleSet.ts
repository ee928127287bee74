import * as vscode from "vscode";
import { sortedInPieces } from "../../core/pieces.ts";
import { idKey } from "../../core/resources/ids.ts";
import { inSlices } from "../../core/slices.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { collator } from "../../tree/fleet/layout.ts";
import { stateName } from "../../core/associations/coverageInWords.ts";
import { Failure } from "../../ui/failure.ts";
import { localize } from "../../ui/messages.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { staleRow } from "../associations/staleRow.ts";
import type { Handler } from "../handler.ts";
import { azureKnowing, type FleetAccess } from "../session/chosenAzure.ts";

/** Quick open over the fleet: shows and selects the scale set that is chosen in the Fleet view. */
export const goToScaleSet =
  (fleet: FleetAccess): Handler =>
  async () => {
    await azureKnowing(fleet, hasSets);
    const rows = await rowsOf(fleet.store.snapshot);
    const { id } = await pickOne(rows, {
      title: vscode.l10n.t("Go to Scale Set"),
      placeHolder:
        rows.length > 0
          ? vscode.l10n.t("Search by name, resource group or subscription")
          : vscode.l10n.t("No scale sets in the subscriptions shown"),
      matchOnDescription: true,
    });
    if (!fleet.store.snapshot.scaleSets.has(idKey(id))) throw new Failure(staleRow());
    // It says so where the filter hides the set, and clears the filter when asked to.
    await vscode.commands.executeCommand("scaleSetMaintenance.reveal", id);
  };

/** What an earlier reading gave is enough to go to. */
const hasSets = ({ scaleSets, isFirstReading }: Snapshot) => scaleSets.size > 0 && isFirstReading !== true;

async function rowsOf({ scaleSets, subscriptions }: Snapshot) {
  const { compare } = collator(vscode.env.language);
  const records = await inSlices(sortedInPieces([...scaleSets.values()], (a, b) => compare(a.name, b.name)));
  return records.map(({ id, name, resourceGroup, subscriptionId, coverage: { state } }) => ({
    id,
    label: name,
    iconPath: new vscode.ThemeIcon("server"),
    description: [
      resourceGroup,
      subscriptions.get(subscriptionId)?.subscription.displayName ?? subscriptionId,
      localize(stateName(state)),
    ].join(" · "),
  }));
}
