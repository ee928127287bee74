import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { chosenAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import { reportNow } from "./reportInput.ts";
import type { Report } from "./reportInput.ts";
import type { Handler } from "../handler.ts";

type Request = Extract<NonNullable<ReturnType<Report["requestOf"]>>, { readonly kind: "export" }>;
type Format = Request["format"];
type Exported = Parameters<Report["reportTable"]>[0];

interface Options extends FleetAccess {
  readonly log: Log;
}

/** Writes the report into a file: what the report's own page shows when it asks, else the whole fleet in a format that the user picks. */
export const exportFleetReport =
  ({ session, store, log }: Options): Handler =>
  async (nodes) => {
    const report = await loadReport();
    const asked = requested(nodes, report, store.snapshot);
    if (asked === undefined) await chosenAzure(session);
    const format = asked?.format ?? (await chosenFormat());
    const view = asked?.view ?? report.wholeView;
    const ending = format === "markdown" ? "md" : format;
    let count = 0;
    await exportFile(log, {
      title: vscode.l10n.t("Export Fleet Report"),
      name: `fleet-report.${ending}`,
      filters: { [format === "markdown" ? vscode.l10n.t("Markdown") : format.toUpperCase()]: [ending] },
      text: async () => {
        const { csvOf } = await loadFlows();
        const parts = function* (exported: Exported): Generator<string> {
          if (format === "json") yield* report.reportJson(exported);
          else if (format === "markdown") yield* report.reportMarkdown(exported);
          else for (const row of report.reportTable(exported)) yield csvOf([row]);
        };
        const work = function* () {
          const exported = yield* report.exportedOf(reportNow({ session, store }), view);
          count = exported.sets.length;
          return yield* encoded(parts(exported));
        };
        return cancellable(work());
      },
      said: (file) => vscode.l10n.t("Exported to {0}. Scale sets: {1}.", file, count),
    });
  };

/** What the page asks for, which comes as the node that the command is called on. */
function requested(
  [node]: readonly object[],
  { requestOf }: Report,
  snapshot: Snapshot,
): Request | undefined {
  const request = node && requestOf({ ...node, kind: "export" }, snapshot);
  return request?.kind === "export" ? request : undefined;
}

async function chosenFormat(): Promise<Format> {
  const items: readonly (vscode.QuickPickItem & { readonly format: Format })[] = [
    {
      format: "csv",
      label: vscode.l10n.t("CSV"),
      description: vscode.l10n.t("a table for spreadsheets: one row for each scale set"),
    },
    {
      format: "json",
      label: vscode.l10n.t("JSON"),
      description: vscode.l10n.t("for programs: counts, needs and every scale set"),
    },
    {
      format: "markdown",
      label: vscode.l10n.t("Markdown"),
      description: vscode.l10n.t("for a ticket or a wiki: counts, needs and a table"),
    },
  ];
  const chosen = await pickOne(items, {
    title: vscode.l10n.t("Export Fleet Report"),
    placeHolder: vscode.l10n.t("The whole fleet as it is known now. As what?"),
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.format;
}
