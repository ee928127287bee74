import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { planMarkdown, planRecords } from "../../../../src/ui/plans/planRecords.ts";
import { problem, web } from "../../fleet/fakes.ts";

const change = (id: string): Change => ({
  id,
  kind: "associate",
  target: `${web.id}/providers/Microsoft.Maintenance/configurationAssignments/${id}`,
  title: message("Associate {0}", id),
  needs: [],
});
const results: readonly ChangeResult[] = [
  { change: change("a"), outcome: { status: "done" } },
  { change: change("b|*"), outcome: { status: "failed", problem: problem() } },
  { change: change("c"), outcome: { status: "skipped", because: "b|*" } },
];

test("a record for each change says of which set it is, how it ended and why", () => {
  const records = planRecords(results, inEnglish);
  assert.deepEqual(
    records.map(({ resource, outcome, code, requestId }) => [resource, outcome, code, requestId]),
    [
      ["web", "done", "", ""],
      ["web", "failed", "AuthorizationFailed", "r-1"],
      ["web", "skipped", "", ""],
    ],
  );
  assert.match(records[1]?.reason ?? "", /Azure denied access/);
  assert.match(records[2]?.reason ?? "", /It needs this change first: Associate b\|\*/);
});

test("the table in Markdown has a row for each change, with text escaped", () => {
  const leftOut = [{ target: web.id, reason: verbatim("<b>managed</b> \r\n\n\tby  others") }];
  const plan: Plan = { title: message("Plan"), changes: [], leftOut, warnings: [] };
  const text = planMarkdown(plan, results, inEnglish);
  assert.match(text, /^# Plan\n\n1 of 3 changes done, 1 failed, 1 not sent\n\n\| resource \|/);
  assert.match(text, /\| Associate b\\\|\\\* \| failed \| Azure denied access\. .*no \\<b\\>way\\<\/b\\>/);
  assert.match(text, /- web: \\<b\\>managed\\<\/b\\> by others\n/);
});

test("a record of what is not confirmed, or someone else's, has Azure's code and the reason too", () => {
  const outcomes: readonly Outcome[] = [
    { status: "notConfirmed", problem: problem() },
    { status: "changedBySomeoneElse", problem: problem(), wasSent: true },
  ];
  const records = planRecords(
    outcomes.map((outcome) => ({ change: change("a"), outcome })),
    inEnglish,
  );
  assert.deepEqual(
    records.map(({ outcome, code, requestId }) => [outcome, code, requestId]),
    [
      ["notConfirmed", "AuthorizationFailed", "r-1"],
      ["changedBySomeoneElse", "AuthorizationFailed", "r-1"],
    ],
  );
  for (const { reason } of records) assert.match(reason, /Azure denied access/);
});
