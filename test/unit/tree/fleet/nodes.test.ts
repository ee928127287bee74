import assert from "node:assert/strict";
import { test } from "node:test";
import type { InventoryEvent } from "../../../../src/azure/contracts.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { derive, reduce } from "../../fleet/atOnce.ts";
import { noFacts } from "../../../../src/fleet/snapshot/facts.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { scaleSetView } from "../../../../src/tree/scaleSets/scaleSetView.ts";
import * as fake from "../../fleet/fakes.ts";
import { find, seen } from "../walk.ts";

/** The snapshot of a read that has yielded these events, to its end or not. */
function snapshotOf(events: readonly InventoryEvent[], isEnded = true): Snapshot {
  const begun = reduce(noFacts("azure"), { kind: "begun", now: fake.now });
  const read = events.map(fake.arrived).reduce(reduce, begun);
  return derive(isEnded ? reduce(read, { kind: "ended", now: fake.now }) : read, fake.rules).snapshot;
}

const clock = { now: fake.now, locale: "en", zone: "UTC" };
const named = fake.twoSubscriptions.slice(0, 2);
const failed = (part: "configurations" | "scaleSets" | "assignments"): InventoryEvent => ({
  kind: "failed",
  subscriptionId: "AAAA",
  part,
  problem: fake.problem(),
});

test("subscriptions are sorted by name, and each has its two groups with their counts", () => {
  const roots = seen(snapshotOf(fake.twoSubscriptions));
  assert.deepEqual(
    roots.map(({ label }) => label),
    ["Alpha", "Beta"],
  );
  assert.equal(find(roots, "Alpha", "Scale sets").description, "2");
  assert.equal(find(roots, "Alpha", "Maintenance configurations").description, "0");
  assert.equal(find(roots, "Beta", "Maintenance configurations").description, "1");
});

test("a group is loading until its part arrived, and says when it is empty", () => {
  const labels = (snapshot: Snapshot, group: string) =>
    find(seen(snapshot), "Alpha", group).children.map(({ label }) => label);
  assert.deepEqual(labels(snapshotOf(named, false), "Scale sets"), ["Loading…"]);
  const empty: InventoryEvent[] = [...named, { kind: "scaleSets", subscriptionId: "AAAA", resources: [] }];
  assert.deepEqual(labels(snapshotOf(empty, false), "Scale sets"), ["No scale sets"]);
  assert.deepEqual(labels(snapshotOf(fake.twoSubscriptions), "Maintenance configurations"), [
    "No maintenance configurations",
  ]);
});

test("what failed is a node that can be retried, with code, request id and the service's words in its tooltip", () => {
  const snapshot = snapshotOf([...named, failed("scaleSets"), failed("assignments")]);
  const group = find(seen(snapshot), "Alpha", "Scale sets");
  assert.deepEqual(
    group.children.map(({ label, view }) => [label, view.contextValue]),
    [
      ["Couldn't load scale sets", "problem"],
      ["Couldn't load associations", "problem"],
    ],
  );
  const tooltip = JSON.stringify(group.children[0]?.view.tooltip());
  for (const part of ["AuthorizationFailed", "r-1", "no <b>way</b>"]) assert.ok(tooltip.includes(part), part);
});

test("a tenant that could not be asked is a node beside the subscriptions", () => {
  const tenant: InventoryEvent = {
    kind: "tenantFailed",
    tenantId: "t9",
    displayName: "Locked",
    problem: fake.problem(),
  };
  const [first, ...others] = seen(snapshotOf([...fake.twoSubscriptions, tenant]));
  assert.deepEqual([first?.label, first?.view.contextValue], ["Locked", "problem"]);
  assert.equal(others.length, 2);
});

test("a tenant that needs its own sign-in is a node that offers it, for that account and tenant", () => {
  const account = { id: "a", label: "adele@fabrikam.com" };
  const tenant = { tenantId: "t9", displayName: "Locked", account, problem: fake.problem("notSignedIn") };
  const locked: InventoryEvent = { kind: "tenantFailed", ...tenant };
  const down: InventoryEvent = {
    ...locked,
    tenantId: "t8",
    displayName: "Down",
    problem: fake.problem("network"),
  };
  const [first, second] = seen(snapshotOf([...fake.twoSubscriptions, locked, down]));
  assert.deepEqual([first?.label, first?.view.contextValue], ["Down", "problem"]);
  assert.deepEqual([second?.label, second?.view.contextValue], ["Locked", "problem;signIn"]);
  assert.deepEqual(second?.node.kind === "problem" && second.node.tenant, tenant);
  for (const node of [first, second]) {
    assert.match(inEnglish(node?.view.description ?? verbatim("")), /adele@fabrikam\.com$/);
  }
});

test("the same tenant through two accounts is two nodes", () => {
  const failures = ["a", "b"].map((id): InventoryEvent => ({
    kind: "tenantFailed",
    tenantId: "t9",
    displayName: "Locked",
    account: { id, label: `${id}@fabrikam.com` },
    problem: fake.problem("notSignedIn"),
  }));
  const ids = seen(snapshotOf([...fake.twoSubscriptions, ...failures])).map(({ node }) => node.id);
  assert.equal(new Set(ids).size, 4);
});

test("a fleet that could not be read at all is a node with the reason", () => {
  const summary = verbatim("Couldn't reach arm.invalid: the connection broke.");
  const [only, ...others] = seen({
    ...derive(noFacts("none"), fake.rules).snapshot,
    problem: { kind: "network", summary, code: "ECONNRESET" },
  });
  assert.deepEqual([only?.label, only?.view.contextValue], ["Couldn't load your fleet", "problem"]);
  assert.deepEqual(only?.view.description, summary);
  assert.deepEqual(others, []);
});

test("a read that ended early says so at the root, unless the user cancelled it", () => {
  const rootsOf = (kind: "network" | "cancelled") =>
    seen({ ...snapshotOf(fake.twoSubscriptions), problem: fake.problem(kind) });
  assert.deepEqual(
    rootsOf("network").map(({ view }) => view.contextValue),
    ["problem", "subscription", "subscription"],
  );
  assert.equal(rootsOf("cancelled").length, 2);
});

test("an unreadable item is a warning with its JSON", () => {
  const [item] = find(seen(snapshotOf(fake.twoSubscriptions)), "Beta", "Scale sets").children;
  assert.equal(item?.view.contextValue, "malformed");
  assert.equal(item?.label, "Unreadable scale set");
  assert.deepEqual(item?.view.tooltip().json, { id: "nonsense" });
  assert.deepEqual(item?.node.kind === "malformed" && item.node.value, { id: "nonsense" });
});

test("items are sorted as people sort: without regard to case, numbers by value", () => {
  const sets = ["web-10", "Web-9", "api"].map((name) => fake.scaleSet("AAAA", name));
  const snapshot = snapshotOf([...named, { kind: "scaleSets", subscriptionId: "AAAA", resources: sets }]);
  const labels = find(seen(snapshot), "Alpha", "Scale sets").children.map(({ label }) => label);
  assert.deepEqual(labels.slice(-3), ["api", "Web-9", "web-10"]);
});

test("the context value of a set says whether it is associated and whether upgrades are on", () => {
  const contextOf = (snapshot: Snapshot, name: string) =>
    find(seen(snapshot), "Alpha", "Scale sets", name).view.contextValue;
  const ready = snapshotOf(fake.twoSubscriptions);
  assert.equal(contextOf(ready, "web"), "scaleSet;associated;upgradesOn");
  assert.equal(contextOf(ready, "api"), "scaleSet;unassociated;upgradesOff");
  const unknown = snapshotOf([...fake.twoSubscriptions.slice(0, 6), failed("assignments")]);
  assert.equal(contextOf(unknown, "web"), "scaleSet;associationUnknown;upgradesOn");
});

test("an association stands below its set and below its configuration, and each leads to the other end", () => {
  const roots = seen(snapshotOf(fake.twoSubscriptions));
  const below = (...path: string[]) => find(roots, ...path).node;
  const atSet = below("Alpha", "Scale sets", "web", "weekly");
  const atConfiguration = below("Beta", "Maintenance configurations", "weekly", "web");
  for (const node of [atSet, atConfiguration]) {
    assert.equal(node.kind, "association");
    assert.equal(node.resourceId?.toLowerCase(), fake.assignment(fake.web, fake.weekly).id.toLowerCase());
  }
  assert.equal("leadsTo" in atSet && atSet.leadsTo, below("Beta", "Maintenance configurations", "weekly").id);
  assert.equal(
    "leadsTo" in atConfiguration && atConfiguration.leadsTo,
    below("Alpha", "Scale sets", "web").id,
  );
});

test("a configuration shows the next window on both clocks, and what is to come", () => {
  const before = snapshotOf(fake.twoSubscriptions);
  const configurations = new Map(
    [...before.configurations].map(([key, record]) => [key, { ...record, schedule: fake.schedule() }]),
  );
  const node = find(seen({ ...before, configurations }), "Beta", "Maintenance configurations", "weekly");
  assert.equal(node.description, "Every day 22:00–03:00, UTC · opens in 16 hours · 1 scale set");
  assert.equal(
    find(node.children, "Next window").description,
    "Mon, Nov 23, 22:00 – Tue, Nov 24, 03:00 · opens in 16 hours",
  );
  assert.equal(find(node.children, "In your time zone").description, "Mon, Nov 23, 17:00 – 22:00");
  const here = seen(
    { ...before, configurations },
    { now: "2026-11-23T23:30:00Z", locale: "en-u-hc-h12", zone: "UTC" },
  );
  const later = find(here, "Beta", "Maintenance configurations", "weekly");
  assert.match(later.description, /open now, closes in 3 hours/);
  assert.match(find(later.children, "Next window").description, /10:00.PM/);
  assert.ok(!later.children.some(({ label }) => label === "In your time zone"), "said twice");
});

test("that a set has no association is told as Resource Graph's word alone until the set said so itself", () => {
  const row = { subscriptionId: "AAAA", part: "scaleSets", resource: fake.idle, assignments: [] } as const;
  const linesOf = (events: readonly InventoryEvent[]) => {
    const record = [...snapshotOf(events).scaleSets.values()][0] ?? assert.fail();
    const { lines } = scaleSetView(record, clock).tooltip();
    return lines.map((line) => ("text" in line ? inEnglish(line.text) : "")).join("\n");
  };
  const graph = linesOf([...named, { kind: "page", rows: [row], danglingAssociations: [] }]);
  assert.match(graph, /Resource Graph leaves out/);
  const asked = linesOf([
    ...named,
    { kind: "scaleSets", subscriptionId: "AAAA", resources: [fake.idle] },
    fake.assignments("AAAA", []),
  ]);
  assert.doesNotMatch(asked, /Resource Graph/);
});
