import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { verbatim } from "../../../../src/core/text/message.ts";
import { offersRetry, toCheck, toContinue, toRetry } from "../../../../src/core/plans/leftToDo.ts";
import type { Change, ChangeResult, Outcome } from "../../../../src/core/plans/plan.ts";

const problem = { kind: "server", summary: verbatim("no") } as const;
const done: Outcome = { status: "done" };
const failed: Outcome = { status: "failed", problem };
const notConfirmed: Outcome = { status: "notConfirmed", problem };
const changed: Outcome = { status: "changedBySomeoneElse", problem, wasSent: false };
const skipped = (because: string): Outcome => ({ status: "skipped", because });

const result = (id: string, outcome: Outcome, over: Partial<Change> = {}): ChangeResult => ({
  change: {
    id,
    kind: "associate",
    target: `/subscriptions/s/${id}`,
    title: verbatim(id),
    needs: [],
    ...over,
  },
  outcome,
});
const ids = (changes: readonly Change[]) => changes.map(({ id }) => id);

describe("what another look may settle", () => {
  test("is what is not confirmed or still under way", () => {
    const all = [done, failed, notConfirmed, changed, skipped("x"), { status: "underWay" } as const];
    const results = all.map((outcome, index) => result(String(index), outcome));
    assert.deepEqual(
      toCheck(results).map(({ outcome: { status } }) => status),
      ["notConfirmed", "underWay"],
    );
  });
});

describe("what can be continued", () => {
  test("is what was skipped and has all that it needs done, and what needs that", () => {
    const results = [
      result("associated", done),
      result("unseen", notConfirmed),
      result("enable", skipped("associated"), { needs: ["associated"] }),
      result("after", skipped("enable"), { needs: ["enable"] }),
      result("held", skipped("unseen"), { needs: ["associated", "unseen"] }),
      result("behind", skipped("held"), { needs: ["held"] }),
    ];
    assert.deepEqual(ids(toContinue(results)), ["enable", "after"]);
  });

  test("is what the user left before it was sent too, and nothing that was sent or is not needed", () => {
    const results = [
      result("left", { status: "notStarted" }),
      result("failed", failed),
      result("remedy", { status: "notStarted", why: "notNeeded" }, { onFailureOf: "left" }),
    ];
    assert.deepEqual(ids(toContinue(results)), ["left", "remedy"]);
    assert.deepEqual(ids(toContinue([result("gone", { status: "notStarted", why: "notNeeded" })])), []);
  });
});

describe("what can be retried", () => {
  test("is what failed, what met another's change and what was not sent for it", () => {
    const results = [
      result("done", done),
      result("failed", failed),
      result("changed", changed),
      result("needing", skipped("failed"), { needs: ["failed", "done"] }),
      result("underWay", { status: "underWay" }),
    ];
    assert.deepEqual(ids(toRetry(results).changes), ["failed", "changed", "needing"]);
  });

  test("leaves to Continue what was not sent because the user cancelled, unless what failed needs it", () => {
    const cancelled: Outcome = { status: "notStarted" };
    const results = [
      result("failed", failed),
      result("cancelled", cancelled),
      result("needing", skipped("failed"), { needs: ["failed", "shared"] }),
      result("shared", cancelled, { needs: ["first"] }),
      result("first", cancelled),
    ];
    assert.deepEqual(ids(toContinue(results)), ["cancelled", "shared", "first"]);
    const { changes, waiting } = toRetry(results);
    assert.deepEqual([ids(changes), ids(waiting)], [["failed", "needing", "shared", "first"], []]);
    assert.deepEqual(ids(toRetry(results.slice(1, 2)).changes), []);
  });

  test("of what is not confirmed is only what does no harm twice, and nothing that needs the rest", () => {
    const results = [
      result("put", notConfirmed),
      result("removal", notConfirmed, { kind: "dissociate" }),
      result("after put", skipped("put"), { needs: ["put"] }),
      result("after removal", skipped("removal"), { needs: ["removal"] }),
      result("behind", skipped("after removal"), { needs: ["after removal"] }),
    ];
    const { changes, waiting } = toRetry(results);
    assert.deepEqual(ids(changes), ["put", "after put"]);
    assert.deepEqual(ids(waiting), ["after removal", "behind"]);
    assert.ok(offersRetry(results));
    assert.ok(!offersRetry(results.slice(1)));
  });

  test("takes along what makes good a change that is retried, and only that", () => {
    const remedy = (of: string) =>
      result(`restore ${of}`, { status: "notStarted", why: "notNeeded" }, { onFailureOf: of });
    const results = [result("a", failed), result("b", done), remedy("a"), remedy("b")];
    assert.deepEqual(ids(toRetry(results).changes), ["a", "restore a"]);
  });
});
