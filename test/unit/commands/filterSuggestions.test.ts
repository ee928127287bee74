import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish, verbatim } from "../../../src/core/text/message.ts";
import type { ScaleSetRecord, Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import { filterProblem, suggestionsFor } from "../../../src/commands/view/filterSuggestions.ts";
import { Filter } from "../../../src/tree/fleet/filter.ts";
import { stateName } from "../../../src/core/associations/coverageInWords.ts";
import { manySets } from "../tree/manySets.ts";

const states = ["blocked", "blocked", "uncontrolled", "controlled"] as const;
const fleet: Snapshot = manySets(8, (index): Partial<ScaleSetRecord> => {
  const state = states[index % 4] ?? "unknown";
  return {
    coverage: {
      state,
      reasons: [verbatim(`Azure says "no" to ${state}.`)],
      needsAttention: true,
      ...(index === 7 && { managedBy: "AKS" }),
    },
    resource: { location: index < 5 ? "westeurope" : "eastus", tags: { Team: "shop" } },
  };
});
const suggest = (text: string) => atOnce(suggestionsFor(text, fleet));
const labels = (text: string) => suggest(text).map(({ label }) => label);

describe("what a filter offers as it is typed", () => {
  it("is the keys, at first and after a word, and those that begin as the last word", () => {
    assert.deepEqual(labels(""), ["state:", "region:", "subscription:", "configuration:", "reason:"]);
    assert.deepEqual(labels("web "), labels(""));
    assert.deepEqual(labels("web RE"), ["region:", "reason:"]);
    assert.equal(suggest("web re")[0]?.completed, "web region:");
    assert.deepEqual(labels("web"), []);
  });

  it("is then the values that the fleet has, with how many, the most first", () => {
    const blocked = inEnglish(stateName("blocked"));
    const shown = suggest("state:").map(({ label, count }) => [label, count]);
    assert.deepEqual(shown[0], [blocked, 4]);
    assert.ok(shown.some(([label, count]) => label === "Managed by AKS" && count === 1));
    assert.equal(suggest(`state:${blocked.slice(0, 4)}`)[0]?.completed, `state:"${blocked}" `);
    assert.deepEqual(labels(`state:"${blocked}"`), []);
    assert.deepEqual(labels("subscription:al"), ["Alpha"]);
    assert.deepEqual(labels("region:nowhere"), []);
  });

  it("counts only what the other words let through, so that each count comes true", () => {
    assert.deepEqual(
      suggest("state:blocked region:").map(({ label, count }) => [label, count]),
      [
        ["westeurope", 3],
        ["eastus", 1],
      ],
    );
    for (const text of ["state:", "region:", "subscription:", "reason:"])
      for (const { completed, count } of suggest(text)) {
        const filter = new Filter(completed, fleet);
        assert.equal(
          [...fleet.scaleSets.values()].filter((set) => filter.passes(set)).length,
          count,
          completed,
        );
      }
  });
});

describe("a filter that can't be understood", () => {
  const problem = (text: string) => {
    const found = filterProblem(text, fleet);
    return found && [inEnglish(found.message), found.isUnfinished];
  };

  it("names the word, the rule and the way out", () => {
    assert.deepEqual(problem('web state:"No wi'), [
      `The quotation mark in state:"No wi isn't closed. Add one at the end.`,
      true,
    ]);
    assert.equal(problem("[mc](command:workbench.action.toggleZenMode)"), undefined);
    assert.deepEqual(problem("web stat:blocked"), [
      "No filter or tag is named stat. Use state:, region:, subscription:, configuration:, reason: or a tag. To search for text, put it in quotation marks.",
      false,
    ]);
  });

  it("is none with the name of a tag, or in quotes", () => {
    for (const text of ["", "web", "team:shop", 'team:"a b"', '"stat:x"', "state:nothing", ":x"])
      assert.equal(problem(text), undefined, text);
  });
});
