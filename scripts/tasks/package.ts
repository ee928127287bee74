// `npm run package`: the extension as a vsix file at the top of the checkout.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageExtension } from "../build/package.ts";
import { root } from "../bootstrap/paths.mjs";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run package";

await task(usage, {}, async (_, names) => {
  noNames(usage, names);
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  await packageExtension(join(root, `${name}-${version}.vsix`));
});
