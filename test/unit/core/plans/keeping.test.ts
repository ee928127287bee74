import assert from "node:assert/strict";
import { test } from "node:test";
import { again } from "../../../../src/core/plans/again.ts";
import { change } from "../../../../src/core/plans/change.ts";
import { keptPlan, keptProblem } from "../../../../src/core/plans/keeping.ts";
import type { Change } from "../../../../src/core/plans/plan.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { inverseOf } from "../../../../src/core/plans/undo.ts";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";

const id =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/nightly";
const resource = { id, properties: { extensionProperties: { secrets: "s3cr3t" } } };
const edit = change("updateConfiguration", id, message("Edit"), {
  before: resource,
  after: { ...resource, tags: { a: "b" } },
});
const [kept] = keptPlan(planOf(message("Plan"), [edit])).changes as readonly [Change];

test("a change whose body was not kept is not made again, and the reason is no other's change", () => {
  assert.equal(kept.bodyNotKept, true);
  const made = again(kept, { resource });
  assert.ok("reason" in made);
  assert.equal(
    inEnglish(made.reason),
    "Its request wasn't saved, because it may contain a secret. Run its command again to make this change.",
  );
  assert.ok("change" in again(edit, { resource }));
});

test("nor is it undone", () => {
  const circumstances = { usedBy: () => [], moment: "2026-11-30T00:00:00Z" };
  const inverse = inverseOf(kept, undefined, { resource }, circumstances);
  assert.ok("reason" in inverse);
  assert.match(inEnglish(inverse.reason), /weren't saved, because they may contain a secret/);
});

test("a failure is kept with its details, which name nobody", () => {
  const details = [
    { code: "A", message: "Ask megan@contoso.com.", target: "megan@contoso.com" },
    { code: "B" },
  ];
  assert.deepEqual(keptProblem({ kind: "conflict", summary: verbatim("No."), details }).details, [
    { code: "A", message: "Ask …", target: "…" },
    { code: "B" },
  ]);
});
