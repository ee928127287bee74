// `npm run build [-- --development]`: the extension's files in dist/.
import { build } from "../build/build.ts";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run build [-- --development]";

await task(usage, { development: { type: "boolean" } }, async ({ development }, names) => {
  noNames(usage, names);
  await build(development ? "development" : "release");
});
