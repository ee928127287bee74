/** Pages to read, as HTML and Markdown: one bundle, reached through `door.ts`. */
export { explain } from "./explanation.ts";
export { explanationMarkdown } from "./explanationMarkdown.ts";
export { explanationPage, pageTitle } from "./explanationPage.ts";
export { pageCommands } from "./steps.ts";
