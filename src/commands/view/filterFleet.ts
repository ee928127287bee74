import * as vscode from "vscode";
import { inSlices } from "../../core/slices.ts";
import { bounded } from "../../core/text/visible.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { FleetView } from "../../tree/fleet/fleetView.ts";
import { askCompletedText, type Completion } from "../../ui/completedText.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
import type { Handler } from "../handler.ts";
import { filterProblem, suggestionsFor, type Suggestion } from "./filterSuggestions.ts";

interface Options {
  readonly store: FleetStore;
  readonly fleetView: FleetView;
}

/**
 * Filters the Fleet view by words of names, resource groups, tags and images, and by `state:` and its like, which are offered as the user
 * types; says how many sets have all of them.
 */
export const filterFleet =
  ({ store, fleetView }: Options): Handler =>
  async () => {
    const text = await askCompletedText({
      title: vscode.l10n.t("Filter Scale Sets"),
      placeHolder: vscode.l10n.t(
        "Search by name, resource group, tag or image, or by state:, region: or reason:",
      ),
      value: fleetView.filter,
      empty: vscode.l10n.t("Show all scale sets"),
      look: async (typed) => {
        const { snapshot } = store;
        const [count, suggestions] = await Promise.all([
          fleetView.countOf(typed),
          inSlices(suggestionsFor(typed, snapshot)),
        ]);
        const result = countInWords(count, snapshot.scaleSets.size);
        const problem = filterProblem(typed, snapshot);
        return {
          result,
          says: problem === undefined || problem.isUnfinished ? result : localize(problem.message),
          completions: suggestions.map(completionOf),
        };
      },
      problem: (typed) => {
        const problem = filterProblem(typed, store.snapshot);
        return problem && localize(problem.message);
      },
    });
    await fleetView.filterBy(text);
  };

/** A reason may be longer than the row, which then had no place for the count. */
const maxLabelCharacters = 72;

function completionOf({ label: whole, about, count = 0, completed }: Suggestion): Completion {
  const label = bounded(whole, maxLabelCharacters);
  if (about !== undefined) return { label, completed, description: localize(about) };
  return { label, completed, description: localize(countOfScaleSets(count)) };
}

function countInWords(count: number, all: number): string {
  if (count === 0) return vscode.l10n.t("No scale sets match");
  return vscode.l10n.t("{0} of {1} scale sets", count, all);
}
