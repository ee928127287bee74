import * as vscode from "vscode";
import { objectAt } from "../../core/resources/json.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { FleetView } from "../../tree/fleet/fleetView.ts";
import { groupingKey } from "../../tree/fleet/grouping.ts";
import type { Grouping } from "../../tree/fleet/grouping.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import type { Handler } from "../handler.ts";

interface Options {
  readonly store: FleetStore;
  readonly fleetView: FleetView;
}

interface Row extends vscode.QuickPickItem {
  /** Undefined for the row that leads to the tags. */
  readonly grouping?: Grouping | undefined;
}

/** Lets the user say what the scale sets of the Fleet view are grouped by. */
export const groupFleet =
  ({ store, fleetView }: Options): Handler =>
  async () => {
    const current = fleetView.grouping;
    const tag = current.by === "tag" ? current.tag : undefined;
    const rows: readonly Row[] = [
      row(vscode.l10n.t("Subscription"), "key", { by: "subscription" }),
      row(vscode.l10n.t("Coverage state"), "shield", { by: "state" }),
      row(vscode.l10n.t("Maintenance configuration"), "calendar", { by: "configuration" }),
      row(vscode.l10n.t("Region"), "globe", { by: "region" }),
      ...(tag === undefined ? [] : [row(vscode.l10n.t("Tag {0}", tag), "tag", { by: "tag", tag })]),
      { label: vscode.l10n.t("Tag…"), iconPath: new vscode.ThemeIcon("tag") },
    ];
    const placeHolder = vscode.l10n.t("Group by");
    const chosen = await pick(
      rows.map((one) => marked(one, current)),
      placeHolder,
    );
    await fleetView.groupBy(chosen.grouping ?? (await chosenTag(store.snapshot, current)));
  };

async function chosenTag(snapshot: Snapshot, current: Grouping): Promise<Grouping> {
  const rows = tagsIn(snapshot).map(({ tag, count }) => {
    const shown = row(tag, "tag", { by: "tag", tag });
    return marked({ ...shown, description: localize(countOfScaleSets(count)) }, current);
  });
  const placeHolder = rows.length === 0 ? vscode.l10n.t("No tags found") : vscode.l10n.t("Choose a tag");
  const { grouping } = await pick(rows, placeHolder);
  if (grouping === undefined) throw new vscode.CancellationError();
  return grouping;
}

/** The names of tags, in any casing the same, the most used first. */
function tagsIn({ scaleSets }: Snapshot): readonly { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, { tag: string; count: number }>();
  for (const { resource } of scaleSets.values()) {
    for (const tag in objectAt(resource, "tags")) {
      const known = counts.get(tag.toLowerCase());
      if (known === undefined) counts.set(tag.toLowerCase(), { tag, count: 1 });
      else known.count += 1;
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}

function row(label: string, icon: string, grouping: Grouping): Row {
  return { label, iconPath: new vscode.ThemeIcon(icon), grouping };
}

function marked(shown: Row, current: Grouping): Row {
  if (shown.grouping === undefined || groupingKey(shown.grouping) !== groupingKey(current)) return shown;
  const now = vscode.l10n.t("current");
  return { ...shown, description: [shown.description, now].filter(Boolean).join(" · "), picked: true };
}

/** With the current row active. Throws CancellationError when the user picks none. */
async function pick(rows: readonly Row[], placeHolder: string): Promise<Row> {
  const title = vscode.l10n.t("Group Scale Sets By");
  const chosen = await pickOne(rows, { title, placeHolder });
  return chosen;
}
