// `npm run l10n`: writes every text of the program into the bundle that translations are made from.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { bundleFile, bundleText, collectTexts } from "../l10n/collect.ts";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run l10n";

await task(usage, {}, async (_, names) => {
  noNames(usage, names);
  const { texts, notLiteral } = await collectTexts();
  if (notLiteral.length > 0) throw new Failure(`Texts must be literals:\n${notLiteral.join("\n")}`);
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, bundleText(texts));
  console.log(`${texts.length} texts`);
});
