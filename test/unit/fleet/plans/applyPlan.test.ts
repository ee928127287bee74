import assert from "node:assert/strict";
import { test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { applyPlan } from "../../../../src/fleet/plans/applyPlan.ts";
import * as fake from "../fakes.ts";

const change = (kind: Change["kind"], target: string, after?: Change["after"]): Change => ({
  id: `${kind} ${target}`,
  kind,
  target,
  title: verbatim(kind),
  needs: [],
  ...(after && { after }),
});

const planOf = (changes: readonly Change[]): Plan => ({
  title: verbatim("plan"),
  changes,
  leftOut: [],
  warnings: [],
});

/** An Azure that answers the changes of a plan with these outcomes. */
const answering = (outcomes: readonly Outcome[], over: Parameters<typeof fake.fakeAzure>[0] = {}) =>
  fake.fakeAzure({
    ...over,
    apply: async (plan, options) => {
      const results = plan.changes.map((one, index): ChangeResult => {
        const outcome = outcomes[index];
        assert.ok(outcome);
        return { change: one, outcome };
      });
      for (const result of results) options.onOutcome?.(result);
      return results;
    },
  });

test("each read-back is in the store when the plan has ended, also where another change fails", async () => {
  const made = fake.configuration("AAAA", "made");
  const link = fake.assignment(fake.idle, made);
  const plan = planOf([
    change("createConfiguration", made.id, { location: "westeurope" }),
    change("associate", link.id, { properties: {} }),
    change("dissociate", fake.assignment(fake.web, fake.weekly).id),
  ]);
  const outcomes: Outcome[] = [
    { status: "done", readBack: made },
    { status: "failed", problem: fake.problem() },
    { status: "done" },
  ];
  const asked: string[] = [];
  const azure = answering(outcomes, {
    assignmentsOf: async (id) => {
      asked.push(id);
      return [link];
    },
  });
  const store = await fake.readStore(azure);
  const results = await applyPlan(azure, store, plan, {
    signal: fake.noSignal(),
  });
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    outcomes,
  );
  assert.ok(store.snapshot.configurations.has(idKey(made.id)));
  // What the failed change left behind was looked at: Azure had made the association after all.
  assert.deepEqual(asked, [fake.idle.id]);
  assert.deepEqual(store.snapshot.scaleSets.get(idKey(fake.idle.id))?.assignments, { known: [link] });
  assert.deepEqual(store.snapshot.scaleSets.get(idKey(fake.web.id))?.assignments, { known: [] });
});

test("a set that a failed change left gone, or out of reach, does not stop the others", async () => {
  const plan = planOf([
    change("setUpgradePolicy", fake.web.id, {}),
    change("setUpgradePolicy", fake.idle.id, {}),
  ]);
  const failed: Outcome = { status: "failed", problem: fake.problem() };
  const azure = answering([failed, failed], {
    read: (id) => Promise.reject(new fake.Refused(id === fake.web.id ? "notFound" : "network")),
  });
  const warnings: string[] = [];
  const store = await fake.readStore(azure, {
    log: { ...fake.silentLog, warn: (text) => warnings.push(text) },
  });
  await applyPlan(azure, store, plan, { signal: fake.noSignal() });
  assert.deepEqual([...store.snapshot.scaleSets.keys()], [idKey(fake.idle.id)]);
  assert.equal(warnings.length, 1);
});

test("changes that were not sent change nothing", async () => {
  const plan = planOf([change("setUpgradePolicy", fake.web.id, {}), change("dissociate", fake.weekly.id)]);
  const azure = answering([{ status: "notStarted" }, { status: "skipped", because: "x" }]);
  const store = await fake.readStore(azure);
  const before = store.snapshot;
  await applyPlan(azure, store, plan, { signal: fake.noSignal() });
  assert.equal(store.snapshot, before);
});

test("a deleted configuration leaves the snapshot, and each set that had it is what Azure then says of it", async () => {
  const [web, dangling, unread] = [
    fake.web,
    fake.scaleSet("AAAA", "db"),
    fake.scaleSet("bbbb", "batch", false),
  ];
  const links = [web, dangling, fake.idle, unread].map((set) => fake.assignment(set, fake.weekly));
  const events = [
    ...fake.twoSubscriptions.filter(({ kind }) => kind !== "scaleSets" && kind !== "assignments"),
    { kind: "scaleSets", subscriptionId: "AAAA", resources: [web, dangling, fake.idle] } as const,
    { kind: "scaleSets", subscriptionId: "bbbb", resources: [unread] } as const,
    fake.assignments("AAAA", [
      [web, links.slice(0, 1)],
      [dangling, links.slice(1, 2)],
      [fake.idle, links.slice(2, 3)],
    ]),
    fake.assignments("bbbb", [[unread, links.slice(3)]]),
  ];
  const azure = answering([{ status: "done" }], {
    events,
    assignmentsOf: async (id) => {
      if (id === unread.id) throw new fake.Refused("network");
      return id === dangling.id ? links.slice(1, 2) : [];
    },
  });
  const store = await fake.readStore(azure);
  const stateOf = ({ id }: { readonly id: string }) =>
    store.snapshot.scaleSets.get(idKey(id))?.coverage.state;
  assert.deepEqual([web, dangling, fake.idle].map(stateOf), ["controlled", "controlled", "idle"]);
  let changes = 0;
  store.onDidChange(() => (changes += 1));
  const plan = planOf([change("deleteConfiguration", fake.weekly.id)]);
  await applyPlan(azure, store, plan, { signal: fake.noSignal() });
  assert.equal(store.snapshot.configurations.size, 0);
  assert.deepEqual([web, dangling, fake.idle].map(stateOf), ["uncontrolled", "broken", "unmanaged"]);
  // One that could not be read is not passed off as anything better than what is known.
  assert.equal(stateOf(unread), "broken");
  assert.ok(changes <= 3, `${changes} snapshots`);
});

test("a configuration that was not deleted shows as Azure has it now", async () => {
  const changed = { ...fake.weekly, tags: { owner: "someone else" } };
  const azure = answering([{ status: "failed", problem: fake.problem("conflict") }], {
    read: async () => changed,
  });
  const store = await fake.readStore(azure);
  const plan = planOf([change("deleteConfiguration", fake.weekly.id)]);
  await applyPlan(azure, store, plan, { signal: fake.noSignal() });
  assert.deepEqual(store.snapshot.configurations.get(idKey(fake.weekly.id))?.resource, changed);
});

test("who applies a plan hears which changes wait for Azure", async () => {
  const plan = planOf([change("setUpgradePolicy", fake.web.id, {})]);
  const azure = fake.fakeAzure({
    apply: async ({ changes }, { onWaiting }) => {
      for (const one of changes) onWaiting?.(one);
      return [];
    },
  });
  const waiting: string[] = [];
  const store = await fake.readStore(azure);
  await applyPlan(azure, store, plan, {
    signal: fake.noSignal(),
    onWaiting: ({ id }) => waiting.push(id),
  });
  assert.deepEqual(waiting, [`setUpgradePolicy ${fake.web.id}`]);
});
