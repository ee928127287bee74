import assert from "node:assert/strict";
import { test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import type { InventoryEvent } from "../../../../src/azure/contracts.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import * as fake from "../fakes.ts";

const rulesOf = (store: FleetStore, { id }: { readonly id: string }) =>
  store.snapshot.configurations.get(idKey(id))?.schedule?.problems.map(({ rule }) => rule);

function crowd(count: number, location: (index: number) => string) {
  return Array.from({ length: count }, (_, index) => ({
    ...fake.configuration("bbbb", `mc-${index}`),
    location: location(index),
  }));
}

const only = (resources: readonly object[]): InventoryEvent[] =>
  fake.twoSubscriptions.map((event) =>
    event.kind === "configurations" && event.subscriptionId === "bbbb"
      ? ({ ...event, resources } as InventoryEvent)
      : event,
  );

test("a configuration in use says that its region has more than 250, however Azure writes the region", async () => {
  const many = crowd(251, (index) => (index % 2 === 0 ? "westeurope" : "West Europe"));
  const elsewhere = { ...fake.configuration("bbbb", "alone"), location: "northeurope" };
  const store = await fake.readStore(fake.fakeAzure({ events: only([...many, elsewhere]) }));
  for (const each of many) assert.deepEqual(rulesOf(store, each), ["configurations-per-region"]);
  assert.deepEqual(rulesOf(store, elsewhere), []);
});

test("250 are as many as Azure supports, and one of them more or less changes none of the others", async () => {
  let resources = crowd(249, () => "westeurope");
  const store = await fake.readStore(
    fake.fakeAzure({
      async *inventory() {
        yield* only(resources);
      },
    }),
  );
  const [first] = resources;
  const before = store.snapshot.configurations.get(idKey(first?.id ?? ""));
  assert.deepEqual(before?.schedule?.problems, []);
  resources = [...resources, fake.configuration("bbbb", "one-more")];
  await store.refresh(fake.noSignal());
  assert.equal(store.snapshot.configurations.size, 250);
  assert.equal(store.snapshot.configurations.get(idKey(first?.id ?? "")), before);
});

test("a configuration says that more than 3,000 sets are associated with it", async () => {
  const sets = Array.from({ length: 3001 }, (_, index) => fake.scaleSet("AAAA", `set-${index}`));
  const events = fake.twoSubscriptions.map((event): InventoryEvent => {
    if (event.kind === "scaleSets" && event.subscriptionId === "AAAA") return { ...event, resources: sets };
    if (event.kind !== "assignments" || event.subscriptionId !== "AAAA") return event;
    return fake.assignments(
      "AAAA",
      sets.map((set) => [set, [fake.assignment(set, fake.weekly)]] as const),
    );
  });
  const store = await fake.readStore(fake.fakeAzure({ events }));
  assert.deepEqual(rulesOf(store, fake.weekly), ["associations-per-configuration"]);
});
