import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnreachedTenant } from "../../../../src/azure/contracts.ts";
import fc from "fast-check";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { derive, reduce } from "../atOnce.ts";
import type { FleetEvent } from "../../../../src/fleet/events.ts";
import { noFacts } from "../../../../src/fleet/snapshot/facts.ts";
import type { Facts } from "../../../../src/fleet/snapshot/facts.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import * as fake from "../fakes.ts";

const { now, arrived } = fake;
const play = (events: readonly FleetEvent[], from: Facts = noFacts("azure")) => events.reduce(reduce, from);
const snapshotOf = (facts: Facts): Snapshot => derive(facts, fake.rules).snapshot;
const read = (events: readonly FleetEvent[], from?: Facts) =>
  play([{ kind: "begun", now }, ...events, { kind: "ended", now }], from);

const parts = fake.twoSubscriptions.map(arrived);
const troubled: readonly FleetEvent[] = [
  ...parts.slice(0, 4),
  arrived({ kind: "failed", subscriptionId: "AAAA", part: "scaleSets", problem: fake.problem() }),
  arrived({ kind: "failed", subscriptionId: "AAAA", part: "assignments", problem: fake.problem() }),
  arrived({ kind: "tenantFailed", tenantId: "t3", displayName: "Gamma", problem: fake.problem() }),
  arrived({ kind: "tenantFailed", tenantId: "t4", displayName: "Delta", problem: fake.problem() }),
];
const writes: readonly FleetEvent[] = [
  {
    kind: "written",
    now,
    readBack: { kind: "resource", id: fake.idle.id, resource: fake.scaleSet("AAAA", "api", true) },
  },
  {
    kind: "written",
    now,
    readBack: { kind: "resource", id: fake.assignment(fake.web, fake.weekly).id, resource: undefined },
  },
];

test("the parts of a read, and what is written meanwhile, give one snapshot in whatever order they come", () => {
  for (const events of [parts, troubled, [...parts, ...writes]]) {
    const expected = snapshotOf(read(events));
    const shuffled = fc.shuffledSubarray([...events], { minLength: events.length });
    fc.assert(fc.property(shuffled, (order) => assert.deepEqual(snapshotOf(read(order)), expected)));
  }
});

test("a second read gives the same snapshot, in whatever order its parts come", () => {
  const first = read(troubled);
  const expected = snapshotOf(read(parts));
  const shuffled = fc.shuffledSubarray([...parts], { minLength: parts.length });
  fc.assert(fc.property(shuffled, (order) => assert.deepEqual(snapshotOf(read(order, first)), expected)));
});

test("a set is covered by a configuration of another subscription, which counts it", () => {
  const { scaleSets, configurations } = snapshotOf(read(parts));
  assert.notEqual(scaleSets.get(idKey(fake.web.id))?.coverage.state, "uncontrolled");
  assert.equal(scaleSets.get(idKey(fake.idle.id))?.coverage.state, "unmanaged");
  assert.deepEqual(configurations.get(idKey(fake.weekly.id))?.scaleSets, [idKey(fake.web.id)]);
});

test("an item that is not what its list says is kept with the reason", () => {
  const [malformed, ...others] = snapshotOf(read(parts)).malformed;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [malformed?.part, malformed?.subscriptionId, malformed?.value],
    ["scaleSets", "bbbb", { id: "nonsense" }],
  );
});

test("what an earlier read gave stays while a part loads and where it fails, with the problem beside it", () => {
  const first = read(parts);
  const loading = play([{ kind: "begun", now }], first);
  assert.equal(snapshotOf(loading).subscriptions.get("aaaa")?.scaleSets.state, "loading");
  assert.equal(snapshotOf(loading).scaleSets.size, 2);
  const failed = snapshotOf(read(troubled, first));
  assert.equal(failed.scaleSets.size, 2);
  assert.deepEqual(failed.subscriptions.get("aaaa")?.scaleSets, { state: "failed", problem: fake.problem() });
  assert.equal(failed.subscriptions.get("bbbb")?.configurations.state, "ready");
});

test("where the assignments can't be read no set is said to be covered or uncovered", () => {
  const failed = arrived({
    kind: "failed",
    subscriptionId: "AAAA",
    part: "assignments",
    problem: fake.problem(),
  });
  const { scaleSets } = snapshotOf(read([...parts.slice(0, 6), failed], read(parts)));
  assert.deepEqual(
    [...scaleSets.values()].map(({ coverage }) => coverage.state),
    ["unknown", "unknown"],
  );
});

test("one set whose assignments can't be read is unknown, the others are judged", () => {
  const failed = new Map([[fake.web.id.toLowerCase(), fake.problem()]]);
  const { scaleSets } = snapshotOf(
    read([...parts.slice(0, 6), arrived(fake.assignments("AAAA", [], failed))]),
  );
  assert.equal(scaleSets.get(idKey(fake.web.id))?.coverage.state, "unknown");
  assert.equal(scaleSets.get(idKey(fake.idle.id))?.coverage.state, "unmanaged");
});

test("a set whose assignments could not be read stays unknown while it is read again, and when that is cancelled", () => {
  const failed = new Map([[fake.web.id.toLowerCase(), fake.problem()]]);
  const first = read([...parts.slice(0, 6), arrived(fake.assignments("AAAA", [], failed))]);
  for (const end of [[], [{ kind: "ended", now, problem: fake.problem("cancelled") }]] as const) {
    const { scaleSets } = snapshotOf(play([{ kind: "begun", now }, ...end], first));
    assert.equal(scaleSets.get(idKey(fake.web.id))?.coverage.state, "unknown");
  }
});

test("a set that is new in a read does not pass for one without assignments before they arrive", () => {
  const added = fake.scaleSet("AAAA", "new");
  const list = arrived({
    kind: "scaleSets",
    subscriptionId: "aaaa",
    resources: [fake.web, fake.idle, added],
  });
  const { scaleSets } = snapshotOf(play([{ kind: "begun", now }, list], read(parts)));
  assert.deepEqual(scaleSets.get(idKey(added.id))?.assignments, { unknown: "loading" });
  assert.deepEqual(scaleSets.get(idKey(fake.idle.id))?.assignments, { known: [] });
});

test("a subscription that a whole read does not name is gone, unless its tenant could not be asked", () => {
  const first = read(parts);
  const onlyB = parts.filter(({ kind }, index) => kind === "arrived" && [1, 3, 5, 7].includes(index));
  assert.deepEqual([...snapshotOf(read(onlyB, first)).subscriptions.keys()], ["bbbb"]);
  const afterFailureOf = (tenant: UnreachedTenant) => {
    const failed = arrived({ kind: "tenantFailed", ...tenant, problem: fake.problem() });
    return [...snapshotOf(read([...onlyB, failed], first)).subscriptions.keys()];
  };
  const { account } = fake.subscriptionA.through;
  const other = { id: "o", label: "other@fabrikam.com" };
  assert.deepEqual(afterFailureOf({ tenantId: "t1", displayName: "One" }), ["aaaa", "bbbb"]);
  assert.deepEqual(afterFailureOf({ displayName: account.label, account }), ["aaaa", "bbbb"]);
  assert.deepEqual(afterFailureOf({ displayName: "AzureCloud" }), ["aaaa", "bbbb"]);
  assert.deepEqual(afterFailureOf({ tenantId: "t3", displayName: "Three" }), ["bbbb"]);
  const delegated = { ...fake.subscriptionA, tenantId: "t9" };
  const before = read([arrived({ kind: "subscriptions", subscriptions: [delegated] })]);
  const way = arrived({ kind: "tenantFailed", tenantId: "t1", displayName: "One", problem: fake.problem() });
  assert.deepEqual([...snapshotOf(read([way], before)).subscriptions.keys()], ["aaaa"]);
  assert.deepEqual(afterFailureOf({ displayName: other.label, account: other }), ["bbbb"]);
});

test("a tenant fails for each account that does not reach it", () => {
  const failure = (id: string) =>
    arrived({
      kind: "tenantFailed",
      tenantId: "t3",
      displayName: "Gamma",
      account: { id, label: `${id}@contoso.com` },
      problem: fake.problem(),
    });
  const { failedTenants } = snapshotOf(read([...parts, failure("b"), failure("a"), failure("b")]));
  assert.deepEqual(
    failedTenants.map(({ account }) => account?.id),
    ["a", "b"],
  );
});

test("a read that ended early keeps what it had and says what never arrived", () => {
  const cancelled = fake.problem("cancelled");
  const early = play(
    [{ kind: "begun", now }, parts[0], parts[2], { kind: "ended", now, problem: cancelled }].filter(
      (event) => event !== undefined,
    ) as FleetEvent[],
  );
  const record = snapshotOf(early).subscriptions.get("aaaa");
  assert.deepEqual(record?.scaleSets, { state: "failed", problem: cancelled });
  assert.equal(record?.configurations.state, "ready");
  const again = play(
    [
      { kind: "begun", now },
      { kind: "ended", now, problem: cancelled },
    ],
    read(parts),
  );
  assert.equal(snapshotOf(again).subscriptions.get("aaaa")?.scaleSets.state, "ready");
});

const onlyBeta = (event: FleetEvent): FleetEvent =>
  event.kind === "arrived" ? { ...event, wanted: ({ displayName }) => displayName === "Beta" } : event;

test("what the user's filter hides is counted and gone at once, before the read has ended", () => {
  const snapshot = snapshotOf(
    play([{ kind: "begun", now }, ...parts.slice(0, 2).map(onlyBeta)], read(parts)),
  );
  assert.deepEqual([...snapshot.subscriptions.keys()], ["bbbb"]);
  assert.equal(snapshot.hiddenSubscriptions, 1);
});

test("a configuration whose list can't be read any more proves nothing: its sets are unknown", () => {
  const failed = arrived({
    kind: "failed",
    subscriptionId: "bbbb",
    part: "configurations",
    problem: fake.problem(),
  });
  const events = parts.map((event, index) => (index === 3 ? failed : event));
  const scheduled: FleetEvent = {
    kind: "scheduled",
    schedules: new Map([[idKey(fake.weekly.id), { resource: fake.weekly, facts: fake.schedule() }]]),
  };
  const first = reduce(read(parts), scheduled);
  assert.equal(snapshotOf(first).scaleSets.get(idKey(fake.web.id))?.coverage.state, "controlled");
  const { scaleSets, configurations } = snapshotOf(read(events, first));
  assert.equal(scaleSets.get(idKey(fake.web.id))?.coverage.state, "unknown");
  assert.ok(configurations.has(idKey(fake.weekly.id)), "what was known of it stays in the tree");
});

test("a write to a set whose other assignments are not known does not make them known", () => {
  const facts = play([{ kind: "begun", now }, ...parts.slice(0, 6)]);
  const made = fake.assignment(fake.idle, fake.weekly);
  const written = reduce(facts, {
    kind: "written",
    now,
    readBack: { kind: "resource", id: made.id, resource: made },
  });
  assert.deepEqual(snapshotOf(written).scaleSets.get(idKey(fake.idle.id))?.assignments, {
    unknown: "loading",
  });
  const complete = play([...parts.slice(6), { kind: "ended", now }], written);
  assert.deepEqual(snapshotOf(complete).scaleSets.get(idKey(fake.idle.id))?.assignments, { known: [made] });
});

test("a read that finds nothing changed leaves every record the same object", () => {
  const first = read(parts);
  const before = derive(first, fake.rules);
  const after = derive(read(structuredClone(fake.twoSubscriptions).map(arrived), first), fake.rules, before);
  assert.deepEqual([...after.change.ids], []);
});

test("a tenant that fails again, and what is still hidden, are no change", () => {
  const first = read(troubled.map(onlyBeta));
  const before = derive(first, fake.rules);
  assert.equal(before.snapshot.failedTenants.length, 2);
  const begun = reduce(first, { kind: "begun", now });
  assert.notEqual(derive(begun, fake.rules, before).change.ids, "all");
  const again = derive(read(troubled.map(onlyBeta), first), fake.rules, before);
  assert.notEqual(again.change.ids, "all");
  const healed = derive(read(parts.map(onlyBeta), first), fake.rules, before);
  assert.equal(healed.change.ids, "all");
  assert.deepEqual(healed.snapshot.failedTenants, []);
});

test("why the fleet could not be read is a change of everything, since it is a node of its own", () => {
  const before = derive(noFacts("azure"), fake.rules);
  const after = derive(
    play([
      { kind: "begun", now },
      { kind: "ended", now, problem: fake.problem("network") },
    ]),
    fake.rules,
    before,
  );
  assert.equal(after.change.ids, "all");
});

test("a change names the records that differ, what depends on them, and their subscriptions", () => {
  const first = read(parts);
  const before = derive(first, fake.rules);
  const made = fake.assignment(fake.idle, fake.weekly);
  const written = reduce(first, {
    kind: "written",
    now,
    readBack: { kind: "resource", id: made.id, resource: made },
  });
  const { ids } = derive(written, fake.rules, before).change;
  const expected = ["aaaa", "bbbb", idKey(fake.idle.id), idKey(fake.weekly.id)];
  assert.deepEqual(new Set(ids), new Set(expected));
});
