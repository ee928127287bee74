import type { ScriptedContent } from "../../ui/scriptedPage.ts";
import { liveReport } from "./liveReport.ts";
import type { Handler, Tools } from "../tools.ts";

/** Opens the report of the whole fleet, and connects where nothing is connected yet: the report says the rest. */
export const fleetReport: Handler = async (tools) => {
  const content = await liveReport(tools);
  tools.report.show(() => content);
  await tools.session.start();
};

/** What the report shows in an editor that VS Code brought back after a reload of its window. */
export async function restoredReport(tools: Tools): Promise<ScriptedContent> {
  const content = await liveReport(tools);
  // The report says so where this fails, and follows where it does not.
  tools.session
    .start()
    .catch((error: unknown) => tools.log.warn(`Connecting for the report: ${String(error)}`));
  return content;
}
