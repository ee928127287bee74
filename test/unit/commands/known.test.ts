/** What of a fleet must be read before a flow on some of its rows may begin. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  knowsConfigurations,
  knowsConfigurationsOf,
  knowsScaleSets,
  knowsSetsAndConfiguration,
} from "../../../src/commands/known.ts";
import type { InventoryEvent } from "../../../src/azure/contracts.ts";
import { idKey } from "../../../src/core/resources/ids.ts";
import type { FleetEvent } from "../../../src/fleet/events.ts";
import { derive, reduce } from "../fleet/atOnce.ts";
import { noFacts } from "../../../src/fleet/snapshot/facts.ts";
import * as fake from "../fleet/fakes.ts";

const { web, idle, weekly, now } = fake;
const [subscriptions, , , configurations, scaleSets, , assignments] = fake.twoSubscriptions;
const scheduled: FleetEvent = {
  kind: "scheduled",
  schedules: new Map([[idKey(weekly.id), { resource: weekly, facts: fake.schedule() }]]),
};

/** A fleet whose reading has come so far. */
function readingOf(events: readonly (InventoryEvent | undefined)[], ...more: readonly FleetEvent[]) {
  const arrived = events.flatMap((event) => (event === undefined ? [] : [fake.arrived(event)]));
  const all: readonly FleetEvent[] = [{ kind: "begun", now }, ...arrived, ...more];
  return derive(all.reduce(reduce, noFacts("azure")), fake.rules).snapshot;
}

const set = ({ id }: { readonly id: string }) => ({ kind: "scaleSet", resourceId: id });
const configuration = { kind: "configuration", resourceId: weekly.id };
const beta = { kind: "subscriptions", subscriptions: [fake.subscriptionB] } as const;

test("a scale set is known with its associations and the windows that they name, not before", () => {
  const knows = knowsScaleSets([set(web)]);
  assert.equal(knows(readingOf([subscriptions])), false, "its model is not there");
  assert.equal(knows(readingOf([subscriptions, scaleSets])), false, "its associations are not there");
  const associated = [subscriptions, scaleSets, assignments, beta];
  assert.equal(knows(readingOf(associated)), false, "what it is associated with is not there");
  assert.equal(knows(readingOf([...associated, configurations])), false, "its windows are not worked out");
  const snapshot = readingOf([...associated, configurations], scheduled);
  assert.equal(snapshot.loading, true);
  assert.equal(knows(snapshot), true);
});

test("one without associations is known as soon as that is known", () => {
  const knows = knowsScaleSets([set(idle)]);
  assert.equal(knows(readingOf([subscriptions, scaleSets])), false);
  assert.equal(knows(readingOf([subscriptions, scaleSets, assignments])), true);
  assert.equal(
    knowsScaleSets([set(idle), set(web)])(readingOf([subscriptions, scaleSets, assignments])),
    false,
  );
});

test("nodes that stand for more than what is shown are known only once all is read", () => {
  const snapshot = readingOf([...fake.twoSubscriptions], scheduled);
  assert.equal(knowsScaleSets([])(snapshot), false, "the palette asks among all");
  assert.equal(knowsScaleSets([configuration])(snapshot), false, "sets of every subscription may have it");
  assert.equal(knowsScaleSets([{ kind: "subscription", subscriptionId: "aaaa" }, set(web)])(snapshot), false);
});

test("a configuration is known once it is listed", () => {
  assert.equal(knowsConfigurations([configuration])(readingOf([beta])), false);
  assert.equal(knowsConfigurations([configuration])(readingOf([beta, configurations])), true);
  assert.equal(knowsConfigurations([configuration, set(web)])(readingOf([beta, configurations])), false);
  assert.equal(knowsConfigurations([])(readingOf([beta, configurations])), false);
});

test("sets that get a configuration are known with it, and not where it is still to be chosen", () => {
  const snapshot = readingOf([...fake.twoSubscriptions], scheduled);
  assert.equal(knowsSetsAndConfiguration([configuration, set(idle)])(snapshot), true);
  assert.equal(knowsSetsAndConfiguration([set(idle)])(snapshot), false);
  assert.equal(knowsSetsAndConfiguration([configuration])(snapshot), false);
});

test("the configurations of a subscription are known once it has answered", () => {
  assert.equal(knowsConfigurationsOf("bbbb")(readingOf([beta])), false);
  assert.equal(knowsConfigurationsOf("BBBB")(readingOf([beta, configurations])), true);
  assert.equal(knowsConfigurationsOf(undefined)(readingOf([beta, configurations])), false);
});
