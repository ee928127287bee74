import assert from "node:assert/strict";
import { test } from "node:test";
import { appliedPlan, resultsOf } from "../../../../src/commands/plans/shownPlan.ts";
import { describedPlan, type PlanSources } from "../../../../src/commands/plans/describedPlan.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { Journal } from "../../../../src/fleet/plans/journal.ts";
import type { Origin } from "../../../../src/fleet/plans/planFile.ts";
import { folderInMemory } from "../../../../src/fleet/plans/planFolder.ts";
import { digestOf } from "../../../../src/fleet/storageKey.ts";
import * as fake from "../../fleet/fakes.ts";

const change: Change = {
  id: "a",
  kind: "setUpgradePolicy",
  target: fake.web.id,
  title: verbatim("Enable"),
  before: { properties: {} },
  after: { properties: { upgradePolicy: { mode: "Rolling" } } },
  needs: [],
};
const plan: Plan = { title: verbatim("Plan"), changes: [change], leftOut: [], warnings: [] };
const store = await fake.readStore();
let at = Date.parse("2026-11-23T05:00:00Z");
const journal = new Journal({
  folder: folderInMemory(),
  owner: "window",
  now: () => at,
  every: () => ({ dispose: () => undefined }),
  log: fake.silentLog,
});

/** A plan that was applied, a second a line. */
async function applied(from: Origin & { readonly account?: string } = {}) {
  const { account, ...origin } = from;
  const access = [{ subscriptionId: "AAAA", tenantId: "t1", ...(account !== undefined && { account }) }];
  const run = await journal.begin(plan, "azure", { ...origin, access });
  at += 1000;
  await run.sending(change);
  at += 1000;
  run.ended({ change, outcome: { status: "done" } });
  await run.close();
  at += 60_000;
  return (await journal.plan(run.id)) ?? assert.fail();
}

const describedOf = (kept: Awaited<ReturnType<typeof applied>>, over: Partial<PlanSources> = {}) =>
  describedPlan({
    applied: appliedPlan(kept, "ended"),
    kept,
    results: resultsOf(kept),
    plans: [],
    snapshot: store.snapshot,
    accounts: [{ id: "m", label: "megan@contoso.com" }],
    azure: fake.fakeAzure(),
    ...over,
  });

test("a plan is told with its values and times, and how far it has come", async () => {
  const kept = await applied();
  const { changes, confirmedAt, firstSentAt, endedAt, standing } = describedOf(kept);
  assert.equal(inEnglish(standing), "1 change done");
  assert.deepEqual(
    [firstSentAt, endedAt].map((time) => (time ?? 0) - confirmedAt),
    [1000, 2000],
  );
  assert.deepEqual(changes[0]?.change.before, change.before);
  assert.deepEqual([changes[0]?.sentAt, changes[0]?.knownAt], [firstSentAt, endedAt]);
});

test("the account is looked up among those that are signed in, and the tenant's name in the fleet", async () => {
  const kept = await applied({ account: digestOf("m") });
  const access = { subscriptionId: "AAAA", tenantId: "t1", tenant: "Contoso" };
  assert.deepEqual(describedOf(kept).access, [{ ...access, account: { label: "megan@contoso.com" } }]);
  assert.deepEqual(describedOf(kept, { accounts: [] }).access, [{ ...access, account: "notSignedIn" }]);
  assert.deepEqual(describedOf(await applied()).access, [access]); // of the sandbox
});

test("the cloud is named where it is not the public one, and there is none in the sandbox", async () => {
  const kept = await applied();
  const cloud = { name: "AzureUSGovernment", endpoint: "https://example.invalid", scopes: [] };
  assert.equal(describedOf(kept).cloud, undefined);
  assert.equal(describedOf(kept, { azure: fake.fakeAzure({ cloud }) }).cloud, "AzureUSGovernment");
  assert.equal(describedOf(kept, { azure: fake.fakeAzure({ cloud, origin: "sandbox" }) }).cloud, undefined);
});

test("a plan leads to the one that it undoes, and that one to what undid it", async () => {
  const first = await applied();
  const undo = await applied({ undoes: first.id });
  const plans = [undo, first].map((kept) => appliedPlan(kept, "ended"));
  assert.equal(describedOf(undo, { plans }).undoes?.id, first.id);
  assert.equal(describedOf(first, { plans }).undoneBy?.id, undo.id);
  assert.equal(describedOf(undo, { plans }).undoneBy, undefined);
});
