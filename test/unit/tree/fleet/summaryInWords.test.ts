import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CoverageState } from "../../../../src/core/associations/coverageStates.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { Summary } from "../../../../src/fleet/snapshot/summary.ts";
import { ageInWords, summaryInWords } from "../../../../src/tree/fleet/summaryInWords.ts";

function said(states: Partial<Record<CoverageState, number>>, isFiltered = false): string {
  const counts = new Map(Object.entries(states) as [CoverageState, number][]);
  const sum = (all: readonly CoverageState[]) =>
    all.reduce((total, state) => total + (states[state] ?? 0), 0);
  const summary: Summary = {
    states: counts,
    needAttention: sum(["broken", "blocked", "uncontrolled", "idle"]),
    count: [...counts.values()].reduce((total, count) => total + count, 0),
  };
  return inEnglish(summaryInWords(summary, isFiltered));
}

describe("the line above the tree", () => {
  it("says how many there are to fix, and the worst of them", () => {
    const many = { unknown: 1, broken: 3, blocked: 4, uncontrolled: 2, idle: 2, controlled: 12 };
    assert.equal(said(many), "11 to fix, 3 broken schedule");
    assert.equal(said(many, true), "11 of 24 to fix");
    assert.equal(said({ idle: 2, unmanaged: 3 }), "2 to fix, 2 upgrades off");
    assert.equal(said({ uncontrolled: 1, idle: 1 }), "2 to fix, 1 no window");
  });

  it("says that there is nothing to fix only where all states are known", () => {
    assert.equal(said({ controlled: 12, unmanaged: 1 }), "13 scale sets, nothing to fix");
    assert.equal(said({ controlled: 1 }, true), "1 scale set, nothing to fix");
    assert.equal(said({ controlled: 12, unknown: 2 }), "14 scale sets, 2 unknown");
  });

  it("tells the age of what is older than ten minutes, and of all that an earlier window has read", () => {
    const age = (of: { readAt?: string; savedAt?: string }, now: string) => {
      const words = ageInWords(of, { now: `2026-11-30T${now}:00Z`, locale: "en" });
      return words && inEnglish(words);
    };
    const readAt = "2026-11-30T10:00:00Z";
    assert.equal(age({ readAt }, "10:10"), undefined);
    assert.equal(age({ readAt }, "10:11"), "Last refreshed 11 minutes ago");
    assert.equal(age({ readAt }, "12:30"), "Last refreshed 2 hours ago");
    assert.equal(age({ savedAt: readAt }, "10:03"), "Last refreshed 3 minutes ago");
    assert.equal(age({ readAt, savedAt: "2026-11-29T10:00:00Z" }, "10:00"), "Last refreshed 24 hours ago");
    assert.equal(age({}, "10:00"), undefined);
  });
});
