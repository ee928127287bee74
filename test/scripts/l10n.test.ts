import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { bundleFile, bundleText, collectTexts, textsOf } from "../../scripts/l10n/collect.ts";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

test("the bundle has every text of the program and nothing more (npm run l10n writes it)", async () => {
  const { texts } = await collectTexts();
  assert.ok(texts.length > 50, `only ${texts.length} texts were found`);
  assert.equal(readFileSync(bundleFile, "utf8"), bundleText(texts));
});

test("every text is a literal, so that it can be translated", async () => {
  assert.deepEqual((await collectTexts()).notLiteral, []);
});

test("package.nls.json has every key that package.json uses and nothing more", () => {
  const used = new Set([...read("package.json").matchAll(/"%([\w.-]+)%"/g)].map(([, key = ""]) => key));
  const has = Object.keys(JSON.parse(read("package.nls.json")) as Record<string, string>);
  assert.deepEqual(has.toSorted(), [...used].toSorted());
});

test("texts are found in each kind of quotes, over lines, and with escapes", () => {
  const code = String.raw`
    message("one {0}", message('two "quoted"'));
    vscode.l10n.t(
      ${"`three $ 'x'`"},
      name,
    );
    l10n.t("four \"more\"\nlines"); problem.message("not ours"); function message(template) {}`;
  assert.deepEqual(textsOf(code).texts, ["one {0}", 'two "quoted"', "three $ 'x'", 'four "more"\nlines']);
});

test("a text that is put together is reported", () => {
  const code = 'message(text); l10n.t("a" + b); message(`a ${b}`); message("fine")';
  assert.equal(textsOf(code).notLiteral.length, 3);
});
