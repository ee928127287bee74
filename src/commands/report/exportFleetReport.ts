import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { loadFlows } from "../../flows/door.ts";
import { loadReport } from "../../report/door.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import { chosenAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import { chosenFormat, fileIn } from "../exportFormats.ts";
import { reportNow } from "./reportInput.ts";
import type { Report } from "./reportInput.ts";
import type { Handler } from "../handler.ts";

type Request = Extract<NonNullable<ReturnType<Report["requestOf"]>>, { readonly kind: "export" }>;
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
    const title = vscode.l10n.t("Export Fleet Report");
    const whole = countOfScaleSets(store.snapshot.scaleSets.size);
    const format = asked?.format ?? (await chosenFormat(title, whole, ["csv", "json", "markdown"]));
    const view = asked?.view ?? report.wholeView;
    let count = 0;
    await exportFile(log, {
      title,
      ...fileIn(format, "fleet-report"),
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
      count: () => countOfScaleSets(count),
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
