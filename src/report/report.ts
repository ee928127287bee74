/** Pages to read, as HTML and Markdown: one bundle, reached through `door.ts`. */
export { explain } from "./upgrades/explanation.ts";
export { explanationMarkdown } from "./upgrades/explanationMarkdown.ts";
export { explanationPage, pageTitle } from "./upgrades/explanationPage.ts";
export { historyPage, historyTitle } from "./upgrades/historyPage.ts";
export { historyColumns, historyRecord, historyRow } from "./upgrades/historyRecords.ts";
export { planPage } from "./plans/planPage.ts";
export { planJson, planMarkdown, planTable } from "./plans/planRecords.ts";
export { pageCommands, planCommands } from "./steps.ts";
export { exportedOf, reportJson, reportTable, shownRows } from "./fleet/exported.ts";
export { reportMarkdown } from "./fleet/exportMarkdown.ts";
export { ReportMaker } from "./fleet/fleetReport.ts";
export { setsOf } from "./fleet/needs.ts";
export { reportPage } from "./fleet/page.ts";
export { requestOf } from "./fleet/request.ts";
export { PageUpdater } from "./fleet/pageUpdater.ts";
export { wholeView } from "./fleet/table.ts";
export { textsOf } from "./fleet/texts.ts";
