import type { ScriptedContent, ScriptedPage } from "../../ui/scriptedPage.ts";
import { liveReport, type LiveReportOptions } from "./liveReport.ts";
import type { Handler } from "../handler.ts";

interface Options extends LiveReportOptions {
  /** Where it is shown. */
  readonly report: ScriptedPage;
}

/** Opens the report of the whole fleet, and connects where nothing is connected yet: the report says the rest. */
export const fleetReport =
  ({ report, ...options }: Options): Handler =>
  async () => {
    const content = await liveReport(options);
    report.show(() => content);
    await options.session.start();
  };

/** What the report shows in an editor that VS Code brought back after a reload of its window. */
export async function restoredReport(options: LiveReportOptions): Promise<ScriptedContent> {
  const content = await liveReport(options);
  const { session, log } = options;
  // The report says so where this fails, and follows where it does not.
  session.start().catch((error: unknown) => log.warn(`Connecting for the report: ${String(error)}`));
  return content;
}
