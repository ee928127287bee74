import * as vscode from "vscode";
import { inSlices } from "../../core/slices.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { FleetView } from "../../tree/fleet/fleetView.ts";
import { MessageLine } from "../../ui/messageLine.ts";
import { localize } from "../../ui/messages.ts";
import { plainText, rowText } from "../../ui/outside.ts";
import type { Handler } from "../handler.ts";
import { filterProblem, suggestionsFor, type Suggestion } from "./filterSuggestions.ts";

interface Options {
  readonly store: FleetStore;
  readonly fleetView: FleetView;
}

interface Row extends vscode.QuickPickItem {
  /** The text that it makes of the filter; absent from the row that applies it. */
  readonly completed?: string;
}

/** Every VS Code that is supported knows it, its types do not: where it is true, rows whose label has the typed letters come first. */
type Sorted = vscode.QuickPick<Row> & { sortByLabel: boolean };

/**
 * Filters the Fleet view by words of names, resource groups, tags and images, and by `state:` and its like, which are offered as the user
 * types; says how many sets have all of them.
 */
export const filterFleet = (options: Options): Handler => {
  return async () => {
    const text = await askFilter(options);
    await options.fleetView.filterBy(text);
  };
};

async function askFilter({ store, fleetView }: Options): Promise<string> {
  const title = vscode.l10n.t("Filter Scale Sets");
  const pick = vscode.window.createQuickPick<Row>();
  const line = new MessageLine(pick, title);
  (pick as Sorted).sortByLabel = false;
  pick.placeholder = plainText(
    vscode.l10n.t("Search by name, resource group, tag or image, or by state:, region: or reason:"),
  );
  pick.value = fleetView.filter;
  const { promise, resolve, reject } = Promise.withResolvers<string>();

  /** What the rows in sight are of. */
  let drawn: string | undefined;
  const draw = async () => {
    const text = pick.value;
    pick.busy = true;
    const [count, suggestions] = await Promise.all([
      fleetView.countOf(text),
      inSlices(suggestionsFor(text, store.snapshot)),
    ]);
    // The user may have typed on.
    if (text !== pick.value) return;
    const matches = countInWords(count, store.snapshot.scaleSets.size);
    const problem = filterProblem(text, store.snapshot);
    line.say(problem === undefined || problem.isUnfinished ? matches : localize(problem.message));
    pick.items = [applying(text, matches), ...suggestions.map(suggested)];
    pick.activeItems = pick.items.slice(0, 1);
    pick.busy = false;
    drawn = text;
  };
  const redraw = () => void draw().catch(reject);
  const accept = () => {
    const [row] = pick.activeItems;
    if (row?.completed !== undefined && drawn === pick.value) {
      pick.value = row.completed;
      return redraw();
    }
    const problem = filterProblem(pick.value, store.snapshot);
    if (problem === undefined) resolve(pick.value);
    else line.say(localize(problem.message));
  };
  const parts = vscode.Disposable.from(
    pick,
    pick.onDidChangeValue(redraw),
    pick.onDidAccept(accept),
    // Hiding comes after an answer as well: the first is the one that counts.
    pick.onDidHide(() => reject(new vscode.CancellationError())),
  );
  pick.show();
  redraw();
  try {
    return await promise;
  } finally {
    parts.dispose();
  }
}

/** The first row, which Enter takes. */
function applying(text: string, matches: string): Row {
  const label = text.trim() === "" ? vscode.l10n.t("Show all scale sets") : rowText(text);
  return { label, description: rowText(matches), alwaysShow: true, iconPath: new vscode.ThemeIcon("search") };
}

function suggested({ label, about, count, completed }: Suggestion): Row {
  const description =
    about === undefined
      ? count === 1
        ? vscode.l10n.t("1 scale set")
        : vscode.l10n.t("{0} scale sets", count ?? 0)
      : localize(about);
  return { label: rowText(label), description: rowText(description), alwaysShow: true, completed };
}

function countInWords(count: number, all: number): string {
  if (count === 0) return vscode.l10n.t("No scale set matches");
  return vscode.l10n.t("{0} of {1} scale sets", count, all);
}
