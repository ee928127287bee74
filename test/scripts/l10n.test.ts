import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { bundleFile, bundleText, collectTexts, locateTexts, textsOf } from "../../scripts/l10n/collect.ts";
import { pseudoText, pseudoTexts } from "../../scripts/l10n/pseudo.ts";
import { fileNames, flawsOf, missingTexts, readTexts } from "../../scripts/l10n/texts.ts";

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

test("each text of the bundle is found in its line", async () => {
  const located = await locateTexts(root);
  const texts = [...new Set(located.map(({ text }) => text))].toSorted();
  assert.deepEqual(texts, Object.keys(JSON.parse(readFileSync(bundleFile, "utf8")) as object));
  for (const { text, file, line } of located) {
    const found = read(file).split("\n")[line - 1] ?? "";
    assert.ok(found.includes(text.slice(0, 10).split(/[\n"]/)[0] ?? ""), `${file}:${line}: ${text}`);
  }
});

for (const name of fileNames) {
  test(`the German ${name} has every text of the English one and nothing more (npm run l10n -- --missing de)`, () => {
    const [english, german] = [readTexts(name), readTexts(name, "de")];
    assert.deepEqual(missingTexts(english, german), {}, "not translated");
    assert.deepEqual(missingTexts(german, english), {}, "no longer a text");
  });

  test(`the German texts of the ${name} have the placeholders, links, icons and lines of the English ones`, () => {
    assert.deepEqual(flawsOf(readTexts(name), readTexts(name, "de")), []);
  });

  test(`the ${name} of pseudo-localised texts is about a third longer and has the same placeholders`, () => {
    const english = readTexts(name);
    const pseudo = pseudoTexts(english);
    assert.deepEqual(flawsOf(english, pseudo), []);
    const lengthOf = (texts: object) => Object.values(texts).join("").length;
    const growth = lengthOf(pseudo) / lengthOf(english);
    assert.ok(growth > 1.2 && growth < 1.5, String(growth));
  });
}

/** A translation by what is wrong with it. */
const wrong: Readonly<Record<string, readonly [english: string, translated: string]>> = {
  "lacks a placeholder": ["{0} of {1}", "{0} von 2"],
  "has another placeholder": ["{0} sets", "{1} Sätze"],
  "leads elsewhere": ["[Sign In](command:a.signIn)", "[Anmelden](command:a.signin)"],
  "lacks an icon": ["$(sync~spin) Loading", "Lädt"],
  "lacks the … at its end": ["Export…", "Exportieren"],
  "has a … at its end": ["Export", "Exportieren…"],
  "has other code": ["Run `npm test`", "`npm testen` ausführen"],
  "has another line": ["One\ntwo", "Eins zwei"],
  "is not bold": ["**Bold**", "Fett"],
  "is empty": ["Off", " "],
};

for (const [title, [english, translated]] of Object.entries(wrong)) {
  test(`a translation that ${title} is complained of`, () => {
    assert.equal(flawsOf({ key: english }, { key: translated }).length, 1);
    assert.deepEqual(flawsOf({ key: english }, { key: english }), []);
  });
}

test("a translation may have its placeholders in another order", () => {
  assert.deepEqual(flawsOf({ key: "{0} of {1}" }, { key: "Von {1} sind es {0}" }), []);
});

test("texts without a translation are named in English", () => {
  assert.deepEqual(missingTexts({ a: "A", b: "B" }, { a: "Ä" }), { b: "B" });
});

test("pseudo-localisation keeps what is not text, and buttons of welcome views", () => {
  assert.equal(pseudoText("{0}, {1}"), "{0}, {1}");
  assert.equal(pseudoText("- {0}: done"), "- ⟦{0}: dôôñéé⟧");
  assert.equal(
    pseudoText("[Sign In](command:a)\n$(sync~spin) Run `x`…"),
    "[⟦Šîîgñ Îñ~⟧](command:a)\n⟦$(sync~spin) Ŕüüñ `x`~⟧…",
  );
});
