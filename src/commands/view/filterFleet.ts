import * as vscode from "vscode";
import type { FleetStore } from "../../fleet/store.ts";
import type { FleetView } from "../../tree/fleet/fleetView.ts";
import type { Handler } from "../handler.ts";

interface Options {
  readonly store: FleetStore;
  readonly fleetView: FleetView;
}

/** Filters the Fleet view by words of names, resource groups, tags and images; says as the user types how many sets have them. */
export const filterFleet =
  ({ store, fleetView }: Options): Handler =>
  async () => {
    const text = await vscode.window.showInputBox({
      title: vscode.l10n.t("Filter Scale Sets"),
      value: fleetView.filter,
      placeHolder: vscode.l10n.t("Words of a name, a resource group, a tag (name:value) or an image"),
      prompt: vscode.l10n.t("All words must be found. Nothing shows all scale sets."),
      validateInput: async (typed) => ({
        message: countInWords(await fleetView.countOf(typed), store.snapshot.scaleSets.size),
        severity: vscode.InputBoxValidationSeverity.Info,
      }),
    });
    if (text === undefined) throw new vscode.CancellationError();
    await fleetView.filterBy(text);
  };

function countInWords(count: number, all: number): string {
  if (count === 0) return vscode.l10n.t("No scale set matches");
  return vscode.l10n.t("{0} of {1} scale sets", count, all);
}
