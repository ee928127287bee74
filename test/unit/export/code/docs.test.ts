import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { exportPlan } from "../../../../src/export/code/exportPlan.ts";
import { codeLanguages, type CodeLanguage } from "../../../../src/export/code/languages.ts";
import { context } from "../../../support/exported/compare.ts";
import { docsPlan } from "../../../support/exported/docsPlan.ts";

const page = readFileSync(new URL("../../../../docs/as-code.md", import.meta.url), "utf8");

/** The sections that show a language: its name in the heading, then each file by its path. */
const shown = new Map(
  page.split(/^## /m).flatMap((section): readonly (readonly [string, string])[] => {
    const language = /^[^\n]*\(`([\w-]+)`\)\n/.exec(section)?.[1];
    return language === undefined ? [] : [[language, section]];
  }),
);

test("the page on plans as code shows the languages", () => {
  assert.deepEqual([...shown.keys()], codeLanguages);
});

for (const [language, section] of shown) {
  test(`the page on plans as code shows what is exported as ${language}`, async () => {
    const files = await exportPlan(language as CodeLanguage, docsPlan, context);
    const blocks = [
      ...section.matchAll(/^`([^`\n]+)`:\n\n(?:<!-- prettier-ignore -->\n)?```\w+\n([^]*?)^```$/gm),
    ].map(([, path, text]) => [path, text]);
    assert.deepEqual(
      blocks,
      files.map(({ path, text }) => [path, text]),
      "run: node test/support/exported/docsPage.ts",
    );
  });
}
