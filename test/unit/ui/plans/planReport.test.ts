import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { Change, ChangeResult, Outcome } from "../../../../src/core/plans/plan.ts";
import { failuresOf, headlineOf, summaryOf, tallyOf } from "../../../../src/ui/plans/planReport.ts";

const change = (id: string): Change => ({
  id,
  kind: "associate",
  target: `/subscriptions/s/${id}`,
  title: message("Associate {0}", id),
  needs: [],
});
const result = (id: string, outcome: Outcome): ChangeResult => ({ change: change(id), outcome });
const done = result("web", { status: "done" });
const failed = result("api", {
  status: "failed",
  problem: {
    kind: "forbidden",
    summary: message("You may not change {0}.", "api"),
    wayOut: message("Ask for the role {0}.", "Contributor"),
    code: "AuthorizationFailed",
    status: 403,
    requestId: "r-1",
    detail: '{\n  "error": {}\n}',
  },
});
const skipped = result("db", { status: "skipped", because: "api" });
const notStarted = result("job", { status: "notStarted" });
test("the tally counts what was never sent as skipped", () => {
  assert.deepEqual(tallyOf([done, failed, skipped, notStarted]), {
    done: 1,
    underWay: 0,
    notConfirmed: 0,
    changedBySomeoneElse: 0,
    failed: 1,
    skipped: 2,
  });
});

test("the summary is one line that leaves out what did not happen", () => {
  const summary = (...results: ChangeResult[]) => inEnglish(summaryOf(results));
  assert.equal(summary(done), "1 change done");
  assert.equal(summary(done, done), "2 changes done");
  assert.equal(summary(done, failed), "1 of 2 changes done, 1 failed");
  assert.equal(summary(done, notStarted), "1 of 2 changes done, 1 not sent");
  assert.equal(
    summary(done, result("x", { status: "underWay" })),
    "1 of 2 changes done, 1 under way in Azure",
  );
  assert.equal(summary(done, failed, skipped), "1 of 3 changes done, 1 failed, 1 not sent");
});

test("the notification names the first failure and its way out", () => {
  const headline = (...results: ChangeResult[]) => inEnglish(headlineOf(results));
  assert.equal(headline(done, done), "2 changes done");
  assert.equal(
    headline(done, failed),
    "1 of 2 changes done, 1 failed. You may not change api. Ask for the role Contributor.",
  );
});

describe("what a read decides", () => {
  const notConfirmed = result("api", {
    status: "notConfirmed",
    problem: {
      kind: "server",
      summary: message("Not confirmed: {0} still doesn't show the change.", "api"),
      wayOut: message("Check again in a minute."),
    },
  });
  const changed = result("db", {
    status: "changedBySomeoneElse",
    wasSent: false,
    problem: {
      kind: "conflict",
      summary: message("Someone else changed {0} after your review.", "db"),
      wayOut: message("Nothing was sent. Compare both values, then review the change again."),
      compare: { before: { to: "a" }, now: { to: "b" } },
    },
  });
  test("a change that is not confirmed has its count and its way out", () => {
    assert.equal(inEnglish(summaryOf([done, notConfirmed])), "1 of 2 changes done, 1 not confirmed");
    assert.equal(
      inEnglish(headlineOf([done, notConfirmed])),
      "1 of 2 changes done, 1 not confirmed. Not confirmed: api still doesn't show the change. Check again in a minute.",
    );
  });

  test("a change that someone else made otherwise is counted apart", () => {
    assert.equal(inEnglish(summaryOf([done, changed])), "1 of 2 changes done, 1 changed by someone else");
  });

  test("the notification tells a failure first, then someone else's change, then what is not confirmed", () => {
    const order = (...results: ChangeResult[]) => failuresOf(results).map((one) => one.result.change.id);
    assert.deepEqual(order(notConfirmed, changed, failed), ["api", "db", "api"]);
    assert.equal(failuresOf([notConfirmed, changed, failed])[0]?.result, failed);
  });

  test("a set in mode Rolling whose model changed is done, and its upgrade goes on", () => {
    const rolling = result("web", { status: "done", isRollingOut: true });
    assert.equal(inEnglish(headlineOf([rolling])), "1 change done. Model changed, upgrade under way.");
  });
});
