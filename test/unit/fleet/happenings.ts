import type { InventoryEvent } from "../../../src/azure/contracts.ts";
import { idKey } from "../../../src/core/resources/ids.ts";
import type { FleetEvent } from "../../../src/fleet/events.ts";
import * as fake from "./fakes.ts";

const { now, arrived } = fake;
const other = fake.configuration("cccc", "other");
const cache = fake.scaleSet("bbbb", "cache");
const page = (...names: readonly string[]): InventoryEvent => ({
  kind: "page",
  danglingAssociations: [
    {
      subscriptionId: "AAAA",
      scaleSetId: fake.scaleSet("AAAA", "lost").id,
      assignments: [fake.assignment(fake.scaleSet("AAAA", "lost"), other)],
    },
  ],
  rows: names.map((name) => {
    const set = fake.scaleSet("AAAA", name);
    const assignments = name.length % 2 === 0 ? [] : [fake.assignment(set, other)];
    return { subscriptionId: "AAAA", part: "scaleSets", resource: set, assignments };
  }),
});
const failed = (part: "configurations" | "scaleSets" | "assignments"): InventoryEvent => ({
  kind: "failed",
  subscriptionId: "bbbb",
  part,
  problem: fake.problem(),
});

/** One of everything that may happen. */
export const happenings: readonly FleetEvent[] = [
  ...fake.twoSubscriptions.map(arrived),
  ...(["configurations", "scaleSets", "assignments"] as const).map((part) => arrived(failed(part))),
  ...[page("web", "one"), page("api", "lost"), page()].map(arrived),
  arrived({ kind: "listed", subscriptionIds: ["AAAA"] }),
  arrived({ kind: "scaleSets", subscriptionId: "bbbb", resources: [cache, cache] }),
  arrived(
    fake.assignments("bbbb", [[cache, [fake.assignment(cache, fake.weekly), fake.assignment(cache, other)]]]),
  ),
  arrived({ kind: "configurations", subscriptionId: "bbbb", resources: [fake.weekly, { id: 1 }] }),
  arrived({ kind: "tenantFailed", displayName: "Gamma", problem: fake.problem() }),
  arrived({ kind: "subscriptions", subscriptions: [fake.subscriptionB] }),
  { kind: "begun", now },
  { kind: "ended", now },
  { kind: "ended", now, problem: fake.problem("cancelled") },
  { kind: "written", now, readBack: { kind: "resource", id: fake.web.id, resource: undefined } },
  { kind: "written", now, readBack: { kind: "resource", id: fake.weekly.id, resource: fake.weekly } },
  { kind: "asked", now, answers: new Map([[fake.idle.id, fake.problem()]]) },
  { kind: "asked", now, answers: new Map([[fake.idle.id, [fake.assignment(fake.idle, fake.weekly)]]]) },
  { kind: "owners", answers: new Map([[idKey(fake.scaleSet("AAAA", "lost").id), "gone"]]) },
  { kind: "accounts", ids: new Set(["someone else"]) },
  { kind: "referenced", answers: new Map([[idKey(other.id), { state: "found", resource: other }]]) },
  { kind: "referenced", answers: new Map([[idKey(other.id), { state: "missing" }]]) },
  ...[fake.weekly, other].map((resource): FleetEvent => ({
    kind: "scheduled",
    schedules: new Map([[idKey(resource.id), { resource, facts: fake.schedule() }]]),
  })),
  { kind: "eligibilityFacts", key: idKey(fake.web.id), read: { upgrade: { properties: {} } } },
];
