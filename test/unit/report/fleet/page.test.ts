import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { reportPage } from "../../../../src/report/fleet/page.ts";
import { textsOf } from "../../../../src/report/fleet/texts.ts";
import { hostileNames } from "./support.ts";

const frame = { language: "en", nonce: "bm9uY2U=", script: "https://webview.example/fleetReport.js" };
const page = reportPage({ ...frame, say: inEnglish });

test("the page allows its own style and its own script, by their nonce, and nothing else", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  assert.equal(
    policy,
    "default-src &#39;none&#39;; style-src &#39;nonce-bm9uY2U=&#39;; script-src &#39;nonce-bm9uY2U=&#39;",
  );
  assert.doesNotMatch(page, /unsafe-/);
});

test("it has one script, from a file, and no handler, style or address in its markup", () => {
  assert.deepEqual(page.match(/<script[^>]*>/g), [
    `<script nonce="bm9uY2U=" src="https://webview.example/fleetReport.js">`,
  ]);
  assert.match(page, /<script[^>]*><\/script>/);
  assert.doesNotMatch(page, /\son\w+\s*=/i);
  assert.doesNotMatch(page, /\sstyle\s*=/i);
  assert.doesNotMatch(page, /javascript:|command:/i);
});

test("translations are text, whatever they hold", () => {
  for (const name of hostileNames) {
    const translated = reportPage({ ...frame, say: () => name });
    assert.doesNotMatch(translated, /<script>alert|<img/);
    assert.equal(translated.match(/<script/g)?.length, 1);
  }
});

test("its title is in title case and every section heading in sentence case", () => {
  const headings = (level: number) =>
    [...page.matchAll(new RegExp(`<h${level}[^>]*>([^<]*)<`, "g"))].map(([, text]) => text ?? "");
  assert.deepEqual(headings(1), ["Fleet Report"]);
  assert.equal(headings(2).length, 5);
  for (const heading of headings(2)) assert.match(heading, /^[A-Z][a-z]*( [a-z]+)*$/);
});

test("what the script puts in place goes in as text", () => {
  const folder = new URL("../../../../src/report/web/", import.meta.url);
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  assert.ok(sources.length > 5);
  for (const name of sources) {
    const source = readFileSync(new URL(name, folder), "utf8");
    assert.doesNotMatch(
      source,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/,
      name,
    );
    assert.doesNotMatch(source, /setAttribute\("(on\w+|style|href|src)"/, name);
  }
});

test("the texts keep their holes for the page to fill", () => {
  const texts = textsOf(inEnglish);
  assert.equal(texts.shownOf, "{0} of {1} scale sets");
  assert.equal(texts.name, "Scale set");
  const asked = textsOf(({ template }) => inEnglish(verbatim(template)));
  assert.equal(asked.on, "{0}: {1}");
});

test("every section has a heading, and the skip links lead to sections", () => {
  const ids = [...page.matchAll(/<section id="(\w+)"/g)].map(([, id = ""]) => id);
  for (const id of ids) assert.match(page, new RegExp(`<h2 id="${id}-title">`));
  for (const [, id = ""] of page.matchAll(/<a href="#(\w+)"/g)) assert.ok(ids.includes(id), id);
});
