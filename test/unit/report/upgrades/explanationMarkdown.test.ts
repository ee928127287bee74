import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { eligibilityRules } from "../../../../src/core/eligibility/eligibility.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import type { Explanation } from "../../../../src/report/upgrades/explanation.ts";
import { explanationMarkdown } from "../../../../src/report/upgrades/explanationMarkdown.ts";
import { codeSpan, escapeInline } from "../../../../src/ui/markdown.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { explainAll, wording } from "../support.ts";

let store: FleetStore;
let all: readonly Explanation[];
before(async () => {
  ({ store } = await sandboxFleet());
  all = explainAll(store.snapshot);
});

const markdown = (explanations: readonly Explanation[], sandbox = false) =>
  atOnce(explanationMarkdown(explanations, { wording, sandbox }));

/** The cells of each row; a bar that is escaped is text. */
const rowsOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1));

describe("Markdown for a ticket", () => {
  it("has of one set its id, the answer and every condition", () => {
    const one = all.find(({ record }) => record.name === "vmss-payments-prod");
    assert.ok(one);
    const text = markdown([one], true);
    assert.match(text, /^\*Sandbox: sample data\*\n\n# `vmss-payments-prod`\n\n\*\*Blocked\.\*\*/);
    assert.ok(text.includes(`- Resource ID: \`${one.record.id}\``));
    assert.match(text, /\n2\. Automatic OS upgrades are off\. \*\*What to do:\*\*/);
    for (const { id } of eligibilityRules) assert.ok(text.includes(`(\`${id}\`)`), id);
    assert.equal(rowsOf(text).length, eligibilityRules.length + 2);
  });

  it("has of several a row for each, and the details of those that something is in the way of", () => {
    const text = markdown(all);
    assert.match(text, /^# Eligibility of 24 Scale Sets/);
    for (const { record } of all) assert.ok(text.includes(`| \`${record.name}\` |`), record.name);
    const details = [...text.matchAll(/^## `(.+)`$/gm)].map(([, name]) => name);
    const hindered = all.filter(({ verdict }) => verdict !== "eligible").map(({ record }) => record.name);
    assert.deepEqual(new Set(details), new Set(hindered));
  });

  it("limits the details of very many, and says so", () => {
    const blocked = all.filter(({ verdict }) => verdict === "blocked");
    const many = Array.from({ length: 20 }, () => blocked).flat();
    const text = markdown(many);
    assert.equal([...text.matchAll(/^## `/gm)].length, 25);
    assert.match(text, new RegExp(`Details of the first 25 of ${many.length} follow`));
  });

  it("stays one table whatever names and words are, and makes nothing of them", () => {
    const [one] = all;
    assert.ok(one);
    const hostile = "a|b`c\n# d [e](javascript:f) <g> *h* @i";
    const record = { ...one.record, name: hostile, id: hostile };
    const finding = { rule: "x", status: "fail", severity: "warn", sources: [], observed: hostile } as const;
    const message = { template: "{0}", args: [hostile] };
    const text = markdown([{ ...one, record, findings: [{ ...finding, message, fix: message }] }]);
    for (const row of rowsOf(text)) assert.equal(row.length, 4, row.join("¦"));
    assert.doesNotMatch(text, /^# d/m);
    assert.ok(text.includes(String.raw`\[e\](javascript:f) \<g\> \*h\* \@i`));
  });
});

it("text within a line keeps its words, without a backslash more than it needs", () => {
  assert.equal(escapeInline("vmss-web (2 %): 1.2.3"), "vmss-web (2 %): 1.2.3");
  assert.equal(escapeInline("a_b\n  c"), String.raw`a\_b c`);
  assert.equal(codeSpan("a"), "`a`");
  assert.equal(codeSpan("a`b"), "``a`b``");
  assert.equal(codeSpan("`a"), "`` `a ``");
  assert.equal(codeSpan("a|b"), "`a\\|b`");
});
