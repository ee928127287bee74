/** Brings the samples of docs/as-code.md up to date: `node test/support/exported/docsPage.ts`, after a change of an exporter. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/bootstrap/paths.mjs";
import { exportPlan } from "../../../src/export/code/exportPlan.ts";
import { codeLanguages } from "../../../src/export/code/languages.ts";
import { context } from "./compare.ts";
import { docsPlan } from "./docsPlan.ts";

/** The page with the text of each file where its section has the file's path and a block of code. */
export async function withSamples(page: string): Promise<string> {
  let written = page;
  for (const language of codeLanguages) {
    const start = written.indexOf(`(\`${language}\`)\n`);
    for (const { path, text } of await exportPlan(language, docsPlan, context)) {
      const begin = written.indexOf(`\`${path}\`:\n`, start);
      const code = written.indexOf("\n", written.indexOf("\n```", begin) + 1) + 1;
      const end = written.indexOf("\n```\n", code) + 1;
      if (start === -1 || begin === -1 || end === 0)
        throw new Error(`The page lacks ${path} of ${language}.`);
      written = written.slice(0, code) + text + written.slice(end);
    }
  }
  return written;
}

if (import.meta.main) {
  const page = join(root, "docs/as-code.md");
  writeFileSync(page, await withSamples(readFileSync(page, "utf8")));
}
