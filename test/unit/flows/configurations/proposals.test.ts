import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { configurationId, idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { textAt } from "../../../../src/core/resources/json.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import type { ConfigurationRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { associateFlow } from "../../../../src/flows/associations/associate.ts";
import { setUpFlow } from "../../../../src/flows/associations/setUp.ts";
import { createConfigurationFlow } from "../../../../src/flows/configurations/createConfiguration.ts";
import type { FlowContext } from "../../../../src/flows/engine/context.ts";
import { configuration, fleet, scaleSet } from "../../azure/support.ts";
import { back, cancel, look, pick, textOf, textsOf, tick, type, type Move } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));
after(() => world.store.dispose());

const create = (moves: readonly Move[], start = {}, changes: Partial<FlowContext> = {}) =>
  world.run((context) => createConfigurationFlow(context, start), moves, changes);

/** A context whose fleet is the sandbox's with these configurations only. */
const onlyWith = (isWanted: (record: ConfigurationRecord) => boolean) => ({
  snapshot: (): Snapshot => {
    const { snapshot } = world.store;
    const kept = [...snapshot.configurations].filter(([, record]) => isWanted(record));
    return { ...snapshot, configurations: new Map(kept) };
  },
});

/** What the plan creates, one a line. */
const creations = (plan: Plan | undefined) =>
  (plan?.changes ?? [])
    .filter(({ kind }) => kind.startsWith("create"))
    .map(({ target, after: made }) => `${target} in ${textAt(made, "location")}`);

const made = (subscription: string, group: string, name: string, region: string) =>
  `${configurationId(subscription, group, name)} in ${region}`;

const cache = scaleSet("vmss-cache-prod");
const aks = scaleSet("aks-systempool-31415926-vmss", "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope");
const inStaging = ["vmss-api-staging", "vmss-data-staging"].map((name) =>
  scaleSet(name, "rg-web-staging", fleet.staging),
);

describe("the proposal for a new configuration", () => {
  test("is in the subscription with most scale sets, where configurations are; every day from tomorrow evening on", async () => {
    const { plan, titles, asked } = await create([pick("apply")]);
    assert.deepEqual(titles, ["Review"]);
    assert.deepEqual(creations(plan), [
      made(fleet.production, "rg-web-prod-weu", "mc-nightly", "westeurope"),
    ]);
    assert.deepEqual(plan?.changes[0]?.after?.["properties"], {
      maintenanceScope: "OSImage",
      visibility: "Custom",
      maintenanceWindow: {
        startDateTime: "2026-11-24 22:00",
        duration: "05:00",
        timeZone: "W. Europe Standard Time",
        recurEvery: "Day",
      },
    });
    assert.deepEqual([asked[0]?.place.step, asked[0]?.place.canGoBack], [undefined, false]);
  });

  test("is in UTC where Azure has no name for the user's zone", async () => {
    const { last } = await create([cancel], {}, { localZone: "Antarctica/Troll" });
    assert.match(last, /^Start \| 2026-11-24 22:00$/m);
    assert.match(last, /^Time zone \| UTC$/m);
  });

  test("takes the next name that is free in its group, in whatever casing", async () => {
    const like = world.store.snapshot.configurations.get(idKey(configuration("mc-prod-nightly")));
    assert.ok(like);
    const others = ["MC-Nightly", "mc-nightly-2"].map((name) => ({ ...like, name, id: configuration(name) }));
    const configurations = new Map(
      [...world.store.snapshot.configurations.values(), ...others].map((one) => [idKey(one.id), one]),
    );
    const snapshot = () => ({ ...world.store.snapshot, configurations });
    const start = { subscriptionId: fleet.shared, resourceGroup: "rg-maintenance" };
    const { plan, last } = await create([pick("apply")], start, { snapshot });
    assert.deepEqual(creations(plan), [made(fleet.shared, "rg-maintenance", "mc-nightly-3", "westeurope")]);
    assert.match(last, /^Configuration in rg-maintenance, Contoso Shared Services$/m);
    assert.doesNotMatch(last, /^Subscription|^Resource group/m, "what was given has no question");
  });

  test("is in a new group where there is none with configurations, under the next name that is free", async () => {
    const without = (subscription: string) =>
      onlyWith(({ subscriptionId }) => subscriptionId !== subscription);
    const moves = [pick("apply")];
    const staging = await create(moves, { subscriptionId: fleet.staging }, without(fleet.staging));
    assert.deepEqual(staging.titles, ["Review"]);
    assert.match(staging.last, /^Resource group \| new: rg-maintenance in westeurope$/m);
    assert.deepEqual(creations(staging.plan), [
      `/subscriptions/${fleet.staging}/resourceGroups/rg-maintenance in westeurope`,
      made(fleet.staging, "rg-maintenance", "mc-nightly", "westeurope"),
    ]);
    const shared = await create([cancel], { subscriptionId: fleet.shared }, without(fleet.shared));
    assert.match(shared.last, /^Resource group \| new: rg-maintenance-2 in /m, "that group is there already");
  });

  test("asks for the group where groups can't be read, and goes on from there", async () => {
    let calls = 0;
    const resourceGroups: typeof world.lab.azure.resourceGroups = async (...asked) => {
      calls += 1;
      if (calls === 1) throw new Error("no answer");
      return world.lab.azure.resourceGroups(...asked);
    };
    const azure = { ...world.lab.azure, resourceGroups };
    const { plan, titles } = await create(
      [pick("rg-web-staging"), pick("apply")],
      { subscriptionId: fleet.staging },
      { azure, ...onlyWith(({ subscriptionId }) => subscriptionId !== fleet.staging) },
    );
    assert.deepEqual(titles, ["Resource group", "Review"]);
    assert.deepEqual(creations(plan), [made(fleet.staging, "rg-web-staging", "mc-nightly", "westeurope")]);
  });

  test("is where the chosen scale sets are", async () => {
    const moves = [pick("Create a new configuration…"), pick("apply")];
    const start = { scaleSetIds: [cache, ...inStaging] };
    const flow = (context: FlowContext) => associateFlow(context, start);
    const { plan } = await world.run(flow, moves);
    assert.deepEqual(creations(plan), [
      made(fleet.staging, "rg-maintenance-staging", "mc-nightly", "westeurope"),
    ]);
    const elsewhere = await world.run(
      flow,
      moves,
      onlyWith(({ subscriptionId }) => subscriptionId !== fleet.staging),
    );
    assert.deepEqual(
      creations(elsewhere.plan),
      [made(fleet.staging, "rg-web-staging", "mc-nightly", "westeurope")],
      "the group of the sets",
    );
  });

  test("is not in the group of a service, which goes with it", async () => {
    const flow = (context: FlowContext) => associateFlow(context, { scaleSetIds: [aks] });
    const none = onlyWith(({ subscriptionId }) => subscriptionId !== fleet.production);
    const { last } = await world.run(flow, [pick("Create a new configuration…"), cancel], none);
    assert.match(last, /^Resource group \| new: rg-maintenance in westeurope$/m);
  });
});

describe("changing a proposal from the review", () => {
  test("another subscription brings its own group, and keeps all else that the user chose", async () => {
    const { plan } = await create([
      pick("Name"),
      type("mc-mine"),
      pick("Duration"),
      pick("8 hours"),
      pick("Resource group"),
      pick("rg-data-prod-weu"),
      pick("Subscription"),
      pick("Contoso Staging"),
      pick("apply"),
    ]);
    assert.deepEqual(creations(plan), [
      made(fleet.staging, "rg-maintenance-staging", "mc-mine", "westeurope"),
    ]);
    assert.match(JSON.stringify(plan?.changes[0]?.after), /"duration":"08:00"/);
  });

  test("a name that another group has already gives way to the next that is free there", async () => {
    const { last } = await create([
      pick("Name"),
      type("mc-staging-daily"),
      pick("Subscription"),
      pick("Contoso Staging"),
      cancel,
    ]);
    assert.match(last, /^Name \| mc-nightly$/m);
  });

  test("Back from any of them returns to the review as it was", async () => {
    const rows = ["Subscription", "Resource group", "Name", "Region", "Start", "Duration", "Recurrence"];
    const others = ["Time zone", "Expiry", "Tags"];
    const there = [...rows, ...others].flatMap((row) => [pick(row), back]);
    const { asked, titles } = await create([...there, cancel]);
    assert.deepEqual(
      titles.filter((title) => title !== "Review").toSorted(),
      [...rows, ...others].toSorted(),
    );
    assert.deepEqual(textsOf(asked.at(-1)?.rows ?? []), textsOf(asked[0]?.rows ?? []));
  });

  test("in a new group, asks its name and region with what is proposed", async () => {
    const { plan } = await create([
      pick("Resource group"),
      pick("Create a new resource group…"),
      look(({ question }) => assert.equal(question.proposed, "rg-maintenance"), type("rg-own")),
      look(({ question }) => assert.equal(question.proposed, "westeurope"), pick("northeurope")),
      pick("apply"),
    ]);
    assert.deepEqual(creations(plan), [
      `/subscriptions/${fleet.production}/resourceGroups/rg-own in northeurope`,
      made(fleet.production, "rg-own", "mc-nightly", "northeurope"),
    ]);
  });

  test("values of one's own are asked for where they are wanted, and shown", async () => {
    const { last } = await create([
      pick("Duration"),
      pick("Another duration…"),
      type("05:30"),
      pick("Recurrence"),
      pick("Another recurrence…"),
      type("Week Saturday"),
      pick("Expiry"),
      type("2028-03-01 00:00"),
      pick("Tags"),
      type("team=platform"),
      cancel,
    ]);
    assert.match(last, /^Duration \| 05:30$/m);
    assert.match(last, /^Recurrence \| Every week on Saturday$/m);
    assert.match(last, /^Expiry \| 2028-03-01 00:00$/m);
    assert.match(last, /^Tags \| team=platform$/m);
  });
});

describe("which configuration", () => {
  const isPaused = ({ name }: ConfigurationRecord) =>
    name === "mc-web-until-migration" || name === "mc-guest-patching-sunday";

  test("is not asked where none has a window to come: the new one is proposed at once", async () => {
    const { plan, titles } = await world.run(
      setUpFlow,
      [tick("vmss-cache-prod"), pick("apply")],
      onlyWith(isPaused),
    );
    assert.deepEqual(titles, ["Choose scale sets", "Review"]);
    assert.deepEqual(
      plan?.changes.map(({ kind }) => kind),
      ["createConfiguration", "associate", "setUpgradePolicy"],
    );
  });

  test("is asked where some were not read, since there may be one", async () => {
    const snapshot = (): Snapshot => {
      const fleetWithout = onlyWith(isPaused).snapshot();
      const subscriptions = [...fleetWithout.subscriptions].map(
        ([id, record]) => [id, { ...record, configurations: { state: "loading" } as const }] as const,
      );
      return { ...fleetWithout, subscriptions: new Map(subscriptions) };
    };
    const { titles } = await world.run(setUpFlow, [tick("vmss-cache-prod"), cancel], { snapshot });
    assert.deepEqual(titles, ["Choose scale sets", "Choose a configuration"]);
  });

  test("existing ones come first, active is the one that most sets of the subscription have", async () => {
    const ask = async (changes: Partial<FlowContext> = {}) => {
      const flow = (context: FlowContext) => associateFlow(context, { scaleSetIds: [cache] });
      const { asked } = await world.run(flow, [cancel], changes);
      return { rows: textOf(asked[0]), proposed: nameOf(String(asked[0]?.question.proposed)) };
    };
    const { rows, proposed } = await ask();
    assert.equal(proposed, "mc-prod-nightly");
    assert.match(rows, /Create a new configuration…$/);
    const others = await ask(onlyWith(({ name }) => name === "mc-staging-daily"));
    assert.equal(others.proposed, "+", "no set there has it");
  });

  test("Back from the review leads to that question again", async () => {
    const { plan } = await world.run(
      (context) => associateFlow(context, { scaleSetIds: [cache] }),
      [pick("Create a new configuration…"), back, pick("mc-prod-nightly"), pick("apply")],
    );
    assert.deepEqual(
      plan?.changes.map(({ kind }) => kind),
      ["associate"],
    );
  });
});
