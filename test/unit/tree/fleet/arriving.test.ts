import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { InventoryEvent } from "../../../../src/azure/contracts.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { FleetEvent } from "../../../../src/fleet/events.ts";
import { derive, reduce } from "../../fleet/atOnce.ts";
import type { Facts } from "../../../../src/fleet/snapshot/facts.ts";
import { noFacts } from "../../../../src/fleet/snapshot/facts.ts";
import { moreToCome } from "../../../../src/tree/fleet/arriving.ts";
import type { Grouping } from "../../../../src/tree/fleet/grouping.ts";
import * as fake from "../../fleet/fakes.ts";
import { find, refreshedBetween, scene, seenIn } from "../walk.ts";

const begun: FleetEvent = { kind: "begun", now: fake.now };
const ended: FleetEvent = { kind: "ended", now: fake.now };
const [named, parts] = [fake.twoSubscriptions.slice(0, 2), fake.twoSubscriptions.slice(2)];
const row = { subscriptionId: "AAAA", part: "scaleSets", resource: fake.idle, assignments: [] } as const;
const page: InventoryEvent = { kind: "page", rows: [row], danglingAssociations: [] };
const ofAlpha = parts.filter((event) => "subscriptionId" in event && event.subscriptionId === "AAAA");

const after = (facts: Facts, ...events: readonly FleetEvent[]) => events.reduce(reduce, facts);
const arrived = (...events: readonly InventoryEvent[]) => events.map(fake.arrived);
const sceneOf = (facts: Facts, by: Exclude<Grouping["by"], "tag"> = "subscription") =>
  scene(derive(facts, fake.rules).snapshot, { grouping: { by } });
const line = (facts: Facts, ...labels: readonly string[]) => {
  const { description, spoken } = find(seenIn(sceneOf(facts)), ...labels);
  return `${description} | ${spoken}`;
};

const halfRead = after(noFacts("azure"), begun, ...arrived(...named, page));
const read = after(noFacts("azure"), begun, ...arrived(...named, ...parts), ended);

describe("while a fleet is read for the first time", () => {
  it("the counts of a subscription say that they grow, to be seen and to be heard", () => {
    assert.equal(
      line(halfRead, "Alpha"),
      "1 scale set · still loading | Subscription Alpha, 1 scale set, still loading",
    );
    assert.equal(line(halfRead, "Alpha", "Scale sets"), "1 · still loading | Scale sets, 1, still loading");
    assert.match(line(halfRead, "Alpha", "Maintenance configurations"), /^0 · still loading \|/);
  });

  it("a subscription says so no longer once all of it is there, though others are still read", () => {
    const facts = after(halfRead, ...arrived(...ofAlpha));
    assert.doesNotMatch(line(facts, "Alpha"), /loading/);
    assert.match(line(facts, "Beta"), /still loading/);
    assert.ok(refreshedBetween(sceneOf(halfRead), sceneOf(facts)).includes("/subscriptions/aaaa"));
  });

  for (const by of ["state", "configuration", "region"] as const) {
    it(`groups by ${by} say so until all subscriptions are there`, () => {
      const descriptions = (facts: Facts) => seenIn(sceneOf(facts, by)).map(({ description }) => description);
      assert.ok(descriptions(halfRead).some((text) => text.startsWith("1 scale set · still loading")));
      assert.ok(descriptions(read).every((text) => !text.includes("loading")));
    });
  }

  it("even all parts of those that are named may not be all there is", () => {
    const { snapshot } = derive(after(halfRead, ...arrived(...parts)), fake.rules);
    assert.equal(inEnglish(moreToCome(snapshot) ?? assert.fail("final")), "still loading");
    assert.equal(moreToCome(derive(read, fake.rules).snapshot), undefined);
  });
});

describe("a refresh", () => {
  it("of what is known marks no count, and changes nothing while it goes on", () => {
    const known = derive(read, fake.rules);
    const rederived = derive(after(read, begun), fake.rules, known);
    for (const by of ["subscription", "state", "configuration", "region"] as const) {
      const [before, during] = [known, rederived].map(({ snapshot }) =>
        scene(snapshot, { grouping: { by } }),
      );
      assert.deepEqual(before && during && refreshedBetween(before, during), [], by);
    }
    assert.equal(moreToCome(rederived.snapshot), undefined);
  });

  it("marks the counts of a subscription that is new, or that was not read to its end before", () => {
    const [one] = named.flatMap((event) => (event.kind === "subscriptions" ? event.subscriptions : []));
    assert.ok(one);
    const more = { ...one, subscriptionId: "CCCC", displayName: "Gamma" };
    const facts = after(read, begun, ...arrived({ kind: "subscriptions", subscriptions: [more] }));
    assert.match(line(facts, "Gamma"), /^0 scale sets · still loading/);
    assert.doesNotMatch(line(facts, "Alpha"), /loading/);
    const cancelled = after(halfRead, { ...ended, problem: fake.problem("cancelled") }, begun);
    assert.match(line(cancelled, "Alpha"), /^1 scale set · still loading/);
  });
});
