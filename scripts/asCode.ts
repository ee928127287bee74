/**
 * Writes the samples of the page about plans as code: what each language makes of `docs/as-code-plan.json`. Run it after a change of an
 * exporter: `node scripts/asCode.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inEnglish } from "../src/core/text/message.ts";
import { exportPlan, readCodeInput } from "../src/export/code/exportPlan.ts";
import { codeLanguages } from "../src/export/code/languages.ts";

const root = join(import.meta.dirname, "..");
const context = { madeAtMs: Date.UTC(2026, 10, 30, 9), cloud: "AzureCloud", say: inEnglish };

/** The page with the code between its marks, such as `<!-- code: bicep main.bicep -->`, brought up to date. */
export async function withSamples(page: string): Promise<string> {
  const input = readCodeInput(readFileSync(join(root, "docs/as-code-plan.json"), "utf8"));
  if ("problem" in input) throw new Error(inEnglish(input.problem));
  const files = new Map<string, { readonly languageId: string; readonly text: string }>();
  for (const language of codeLanguages)
    for (const file of await exportPlan(language, input, context))
      files.set(`${language} ${file.path}`, file);
  return page.replaceAll(/(<!-- code: ([^>]+) -->\n)[^]*?(<!-- \/code -->)/g, (_all, begin, name, end) => {
    const file = files.get(String(name));
    if (file === undefined)
      throw new Error(`No such file: ${name}. There are ${[...files.keys()].join(", ")}.`);
    const fence = `\`\`\`${file.languageId}\n${file.text}\`\`\``;
    return `${begin}\n<!-- prettier-ignore -->\n${fence}\n\n${end}`;
  });
}

if (import.meta.main) {
  const page = join(root, "docs/as-code.md");
  writeFileSync(page, await withSamples(readFileSync(page, "utf8")));
}
