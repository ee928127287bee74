/** Pages to read, as HTML and Markdown: one bundle, reached through `door.ts`. */
export { explain } from "./explanation.ts";
export { explanationMarkdown } from "./explanationMarkdown.ts";
export { explanationPage, pageTitle } from "./explanationPage.ts";
export { historyPage, historyTitle } from "./historyPage.ts";
export { historyColumns, historyRecord } from "./historyRecords.ts";
export { pageCommands } from "./steps.ts";
