import assert from "node:assert/strict";
import { test } from "node:test";
import type { Azure } from "../../../../src/azure/contracts.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { Journal } from "../../../../src/fleet/plans/journal.ts";
import { isClosedBy } from "../../../../src/fleet/plans/planFile.ts";
import { folderInMemory } from "../../../../src/fleet/plans/planFolder.ts";
import { checkSent } from "../../../../src/fleet/plans/sentChanges.ts";
import * as fake from "../fakes.ts";

const change = (id: string, target: string, ...needs: string[]): Change => ({
  id,
  kind: "setUpgradePolicy",
  target,
  title: verbatim(id),
  after: { properties: { upgradePolicy: { mode: "Rolling" } } },
  needs,
});
const plan: Plan = {
  title: verbatim("Enable"),
  changes: [
    change("done", fake.web.id),
    change("unseen", fake.idle.id),
    change("waiting", fake.idle.id, "unseen"),
  ],
  leftOut: [],
  warnings: [],
};
const [first, unseen, waiting] = plan.changes as [Change, Change, Change];
const problem = { kind: "server", summary: verbatim("Not confirmed") } as const;
const notConfirmed: Outcome = { status: "notConfirmed", problem };

/** A journal whose clock is turned, with a plan that has ended: of one of its changes is not known what became of it. */
async function endedPlan(outcome: Outcome = notConfirmed) {
  const clock = { now: Date.parse("2026-11-26T12:00:00Z") };
  const log = { warn: () => undefined, error: (line: string) => assert.fail(line) };
  const folder = folderInMemory();
  const openWindow = (owner: string) =>
    new Journal({ folder, owner, now: () => clock.now, every: () => ({ dispose: () => undefined }), log });
  const journal = openWindow("a");
  const run = await journal.begin(plan, "azure");
  await run.sending(first);
  run.ended({ change: first, outcome: { status: "done" } });
  clock.now += 1000;
  await run.sending(unseen);
  run.ended({ change: unseen, outcome });
  run.ended({ change: waiting, outcome: { status: "skipped", because: "unseen" } });
  await run.close();
  clock.now += 60_000;
  const find = async () => {
    const kept = await openWindow("b").plan(run.id);
    assert.ok(kept);
    return kept;
  };
  return { folder, journal, find, sentAt: clock.now - 60_000 };
}

/** An Azure that answers each look with this outcome. */
function lookedAt(outcome: Outcome) {
  const asked: Parameters<Azure["outcomeOf"]>[] = [];
  const azure = fake.fakeAzure({
    read: async () => fake.idle,
    outcomeOf: async (...args) => {
      asked.push(args);
      return outcome;
    },
  });
  return { azure, asked };
}

for (const before of [notConfirmed, { status: "underWay" }] satisfies Outcome[])
  test(`what another look shows replaces ${before.status} in the journal, and is in the store`, async () => {
    const { folder, journal, find, sentAt } = await endedPlan(before);
    const after = fake.scaleSet("AAAA", "api", true);
    const { azure, asked } = lookedAt({ status: "done", readBack: after });
    const store = await fake.readStore(azure);
    const checked = await checkSent(azure, store, await find(), fake.noSignal());
    await journal.amend(await find(), checked);
    const [asking] = asked;
    assert.ok(asking);
    assert.deepEqual([asked.length, asking[0].id, asking[2]], [1, "unseen", { sentAt, isOnce: true }]);
    const { outcomes, state } = await find();
    assert.deepEqual(
      [...outcomes].map(([id, { status }]) => `${id} ${status}`),
      ["done done", "unseen done", "waiting skipped"],
    );
    assert.equal(state, "closed");
    assert.deepEqual(store.snapshot.scaleSets.get(idKey(fake.idle.id))?.resource, after);
    // Of many plans only the end of the file is read.
    const [name = ""] = (await folder.list()).map((entry) => entry.name);
    assert.ok(isClosedBy((await folder.readEnd(name, 256)) ?? ""));
  });

test("what is known for certain stays, whatever is written later", async () => {
  const { journal, find } = await endedPlan({ status: "failed", problem });
  const { azure, asked } = lookedAt({ status: "done" });
  const store = await fake.readStore(azure);
  assert.deepEqual(await checkSent(azure, store, await find(), fake.noSignal()), []);
  assert.deepEqual(asked, []);
  await journal.amend(await find(), [{ change: unseen, outcome: { status: "done" } }]);
  assert.equal((await find()).outcomes.get("unseen")?.status, "failed");
});

test("an owner whose plan was taken over doesn't replace what the new one has seen", async () => {
  const { folder, journal, find } = await endedPlan();
  const kept = await find();
  const [name = ""] = (await folder.list()).map((entry) => entry.name);
  await folder.append(name, `${JSON.stringify({ line: "taken", owner: "b", at: 1, by: 2 })}\n`);
  await journal.amend(kept, [{ change: unseen, outcome: { status: "done" } }]);
  assert.equal((await find()).outcomes.get("unseen")?.status, "notConfirmed");
});

test("once it is cancelled, nothing more is looked at", async () => {
  const { find } = await endedPlan();
  const { azure, asked } = lookedAt({ status: "done" });
  const store = await fake.readStore(azure);
  assert.deepEqual(await checkSent(azure, store, await find(), AbortSignal.abort()), []);
  assert.deepEqual(asked, []);
});

test("a change whose body was not kept can't be told by a look", async () => {
  const { find } = await endedPlan();
  const { azure, asked } = lookedAt({ status: "done" });
  const kept = await find();
  const bodiless = { ...unseen, bodyNotKept: true as const };
  const store = await fake.readStore(azure);
  const [checked] = await checkSent(
    azure,
    store,
    { ...kept, plan: { ...plan, changes: [bodiless] } },
    fake.noSignal(),
  );
  assert.equal(checked?.outcome.status, "notConfirmed");
  assert.deepEqual(asked, []);
});

test("what is told of a change that is not confirmed, or someone else's, is kept without names of people", async () => {
  const named = {
    ...problem,
    summary: message("{0} said no.", verbatim("megan@contoso.com")),
    detail: "megan@contoso.com",
  };
  const outcomes: Outcome[] = [
    { status: "notConfirmed", problem: named },
    { status: "changedBySomeoneElse", problem: named, wasSent: true },
  ];
  for (const outcome of outcomes) {
    const { find } = await endedPlan(outcome);
    const kept = (await find()).outcomes.get("unseen");
    assert.ok(kept !== undefined && "problem" in kept);
    assert.equal(kept.status, outcome.status);
    assert.doesNotMatch(`${inEnglish(kept.problem.summary)} ${kept.problem.detail}`, /megan/);
  }
});
