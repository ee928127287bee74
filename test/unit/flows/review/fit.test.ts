/** What reviews say of whether upgrades fit into their windows, and what their rows do about it, on the sandbox's fleet. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { association } from "../../../../src/core/plans/kinds/association.ts";
import { merged } from "../../../../src/core/plans/merging.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { assignmentId, idKey } from "../../../../src/core/resources/ids.ts";
import { at, type JsonObject } from "../../../../src/core/resources/json.ts";
import type { Sliced } from "../../../../src/core/slices.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import { fitOf as held } from "../../../../src/core/upgrades/fit.ts";
import type { ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { associateFlow } from "../../../../src/flows/associations/associate.ts";
import { moveScaleSetsFlow } from "../../../../src/flows/associations/moveScaleSets.ts";
import { setUpFlow } from "../../../../src/flows/associations/setUp.ts";
import { createConfigurationFlow } from "../../../../src/flows/configurations/createConfiguration.ts";
import { editConfigurationFlow } from "../../../../src/flows/configurations/editConfiguration.ts";
import { plannedUpgrades } from "../../../../src/flows/review/plannedUpgrades.ts";
import { editUpgradePolicyFlow } from "../../../../src/flows/upgrades/editUpgradePolicy.ts";
import { configuration, fleet, scaleSet } from "../../azure/support.ts";
import { back, cancel, look, pick, textsOf, tick, type, type Asked, type Move } from "../support.ts";
import { openWorld, type StartedFlow, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));
after(() => world.store.dispose());

const web = scaleSet("vmss-web-prod");
const cache = scaleSet("vmss-cache-prod");
const worker = scaleSet("vmss-worker-prod");
const nightly = configuration("mc-prod-nightly");

/** The rows about the fit, a line each; of the last question, or of an earlier one. */
function fitOf(asked: Asked | undefined): readonly string[] {
  const rows = asked?.rows ?? [];
  const from = rows.findIndex(({ label }) => inEnglish(label) === "Upgrade duration");
  if (from < 0) return [];
  const end = rows.findIndex(({ kind }, index) => index > from && kind === "group");
  return textsOf(rows.slice(from + 1, end < 0 ? undefined : end));
}

/** The fleet with other models of some scale sets. */
function fleetWith(models: Readonly<Record<string, JsonObject>>): Snapshot {
  const { snapshot } = world.store;
  const changed = Object.entries(models).map(([id, model]): [ReturnType<typeof idKey>, ScaleSetRecord] => {
    const set = snapshot.scaleSets.get(idKey(id)) ?? assert.fail(id);
    return [idKey(id), { ...set, resource: merged(set.resource, model) }];
  });
  return { ...snapshot, scaleSets: new Map([...snapshot.scaleSets, ...changed]) };
}

const rolling = (policy: JsonObject): JsonObject => ({
  properties: { upgradePolicy: { rollingUpgradePolicy: policy } },
});
const paused = (pause: string) => rolling({ pauseTimeBetweenBatches: pause });

function run(flow: StartedFlow, moves: readonly Move[], models: Readonly<Record<string, JsonObject>> = {}) {
  const snapshot = fleetWith(models);
  return world.run(flow, moves, { snapshot: () => snapshot });
}

const policy =
  (...scaleSetIds: readonly string[]) =>
  (context: Parameters<StartedFlow>[0]) =>
    editUpgradePolicyFlow(context, { scaleSetIds });
const edit = (context: Parameters<StartedFlow>[0]) =>
  editConfigurationFlow(context, { configurationIds: [nightly] });

const rollingAfter = (changes: readonly { readonly after?: JsonObject }[] | undefined) =>
  changes?.map((change) => at(change.after, "properties", "upgradePolicy", "rollingUpgradePolicy"));

describe("an upgrade policy", () => {
  test("that fits is said to fit, in one line", async () => {
    const { asked } = await run(policy(web), [tick("pauseTimeBetweenBatches"), type("PT5M"), cancel]);
    assert.deepEqual(fitOf(asked.at(-1)), [
      "The upgrade takes up to 1 h 25 min; the window is 5 h | Up to 10 min per batch: 5 min for health, 5 min assumed for new disks (not documented) · Azure may use its defaults, because “OS upgrades follow this policy” is off",
    ]);
  });

  test("that doesn't fit is told with what would, and each row makes it fit, and can be taken back", async () => {
    const seen: (readonly string[])[] = [];
    const see = (then: Move) => look((asked) => void seen.push(fitOf(asked)), then);
    const { plan } = await run(policy(web), [
      tick("pauseTimeBetweenBatches"),
      type("PT2H"),
      see(pick("Shorten the pauses between batches to 49 min")),
      see(pick("Restore the pauses")),
      see(pick("Use batches of 34 %")),
      see(pick("apply")),
    ]);
    const late = [
      "vmss-web-prod: an upgrade takes up to 11 h; the window is 5 h",
      "Use batches of 34 %",
      "Shorten the pauses between batches to 49 min",
    ];
    const labels = seen.map((rows) => rows.map((row) => row.split(" | ")[0]));
    assert.deepEqual(labels, [
      late,
      ["The upgrade starts its last batch after 4 h 55 min; the window is 5 h", "Restore the pauses"],
      late,
      ["The upgrade takes up to 4 h 30 min; the window is 5 h", "Restore the batch size"],
    ]);
    assert.match(seen[0]?.[0] ?? "", /To fit: lengthen the window to 11 h/);
    assert.match(seen[0]?.[1] ?? "", /Azure may refuse batches above the 20 % allowed to be unhealthy/);
    assert.deepEqual(rollingAfter(plan?.changes), [
      { maxBatchInstancePercent: 34, pauseTimeBetweenBatches: "PT2H" },
    ]);
    assert.match(plan?.warnings.map(inEnglish).join() ?? "", /batches of 34 % but allow only 20 %/);
  });

  test("of sets of which some fit changes those that don't, and no other", async () => {
    const { plan, asked } = await run(
      policy(web, worker, scaleSet("vmss-search-prod")),
      [
        tick("maxUnhealthyUpgradedInstancePercent"),
        type("30"),
        look(
          (review) => assert.match(fitOf(review)[0] ?? "", /^vmss-web-prod: .*with pauses of 2 h/),
          pick("Shorten the pauses between batches to 49 min"),
        ),
        pick("apply"),
      ],
      { [web]: paused("PT2H"), [worker]: paused("PT3H") },
    );
    assert.match(
      fitOf(asked.at(-1))[0] ?? "",
      /^The longest upgrade starts its last batch after 4 h 55 min; the window is 5 h \| It takes up to 5 h 5 min/,
    );
    assert.deepEqual(rollingAfter(plan?.changes), [
      { maxUnhealthyUpgradedInstancePercent: 30, pauseTimeBetweenBatches: "PT49M" },
      // Without a window it has nothing to fit into.
      { maxUnhealthyUpgradedInstancePercent: 30 },
      { maxUnhealthyUpgradedInstancePercent: 30 },
    ]);
  });

  test("of a set that doesn't say how many instances it has is never said to fit", async () => {
    const { asked } = await run(policy(web), [tick("pauseTimeBetweenBatches"), type("PT5M"), cancel], {
      [web]: { sku: null },
    });
    assert.deepEqual(fitOf(asked.at(-1)), [
      "Unknown whether upgrades fit | Instances or window unknown: 1 scale set",
    ]);
  });

  test("that nothing alone makes fit says so", async () => {
    const { asked } = await run(policy(web), [tick("pauseTimeBetweenBatches"), type("PT1H"), cancel], {
      [web]: merged(rolling({ maxBatchInstancePercent: 5 }), {
        zones: ["1", "2", "3"],
        sku: { capacity: 300 },
        properties: {
          virtualMachineProfile: {
            scheduledEventsProfile: {
              osImageNotificationProfile: { enable: true, notBeforeTimeout: "PT5H" },
            },
          },
        },
      }),
    });
    const [verdict, ...others] = fitOf(asked.at(-1));
    assert.match(verdict ?? "", /A window under 24 h, larger batches or shorter pauses alone aren't enough/);
    assert.match(verdict ?? "", /5 h for osImageNotificationProfile/);
    assert.deepEqual(others, []);
  });
});

describe("a configuration that is edited", () => {
  test("is lengthened by a row, whatever part of it was asked for, and shortened again by another", async () => {
    const { plan, asked } = await run(
      edit,
      [
        pick("Tags"),
        type("team=web"),
        look(
          (review) =>
            assert.match(
              fitOf(review)[0] ?? "",
              /^vmss-web-prod: an upgrade takes up to 11 h; the window is 5 h \| 12 instances in batches of 20 % with pauses of 2 h · To fit: use batches/,
            ),
          pick("Lengthen the window to 11 h"),
        ),
        look(
          (review) =>
            assert.match(fitOf(review)[0] ?? "", /The longest upgrade takes up to 11 h; the window is 11 h/),
          pick("Restore the window of 5 h"),
        ),
        pick("Lengthen the window to 11 h"),
        pick("apply"),
      ],
      { [web]: paused("PT2H") },
    );
    assert.deepEqual(fitOf(asked.at(-1)).slice(1), ["Restore the window of 5 h"]);
    const window = at(plan?.changes[0]?.after, "properties", "maintenanceWindow");
    assert.equal((window as JsonObject)["duration"], "11:00");
  });

  test("takes a duration that is chosen after that", async () => {
    const { plan } = await run(
      edit,
      [
        pick("Duration"),
        pick("8 hours"),
        pick("Lengthen the window to 11 h"),
        back,
        pick("6 hours"),
        look(
          (review) => assert.match(fitOf(review)[0] ?? "", /the window is 6 h/),
          pick("Lengthen the window to 11 h"),
        ),
        pick("Restore the window of 6 h"),
        pick("apply"),
      ],
      { [web]: paused("PT2H") },
    );
    const window = at(plan?.changes[0]?.after, "properties", "maintenanceWindow");
    assert.equal((window as JsonObject)["duration"], "06:00");
  });
});

describe("a new configuration", () => {
  test("is held against the sets of its subscription that have none", async () => {
    const { plan, asked } = await run(
      (context) =>
        createConfigurationFlow(context, {
          subscriptionId: fleet.production,
          resourceGroup: "rg-web-prod-weu",
        }),
      [pick("Lengthen the window to 11 h"), pick("apply")],
      { [worker]: paused("PT2H"), [web]: paused("PT5H") },
    );
    assert.match(
      fitOf(asked.at(-2))[0] ?? "",
      /^vmss-worker-prod: .*Checked: \d scale sets without a configuration in Contoso Production · /,
    );
    assert.match(fitOf(asked.at(-1))[0] ?? "", /^The longest upgrade takes up to 11 h; the window is 11 h/);
    assert.equal(
      (at(plan?.changes[0]?.after, "properties", "maintenanceWindow") as JsonObject)["duration"],
      "11:00",
    );
  });
});

describe("scale sets that get a configuration", () => {
  const models = { [cache]: paused("PT5M"), [worker]: paused("PT2H") };

  test("an existing one: those that don't fit get another policy with it, the window is Edit's", async () => {
    const { plan, asked } = await run(
      (context) => associateFlow(context, { scaleSetIds: [cache, worker], configurationIds: [nightly] }),
      [pick("Use batches of 40 %"), pick("apply")],
      models,
    );
    assert.match(fitOf(asked[0])[0] ?? "", /^vmss-worker-prod: .*To fit: lengthen the window to 11 h/);
    assert.deepEqual(
      plan?.changes.map(({ kind, target }) => [kind, target.includes("worker")]),
      [
        ["associate", false],
        ["associate", true],
        ["setUpgradePolicy", true],
      ],
    );
    assert.deepEqual(rollingAfter(plan?.changes.slice(2)), [{ maxBatchInstancePercent: 40 }]);
  });

  test("a new one: its window is lengthened", async () => {
    const { plan } = await run(
      (context) => associateFlow(context, { scaleSetIds: [cache, worker] }),
      [
        pick("Create a new configuration…"),
        pick("Lengthen the window to 11 h"),
        look((review) => assert.match(textsOf(review.rows).join("\n"), /22:00–09:00/), pick("apply")),
      ],
      models,
    );
    assert.equal(
      (at(plan?.changes[0]?.after, "properties", "maintenanceWindow") as JsonObject)["duration"],
      "11:00",
    );
  });

  test("by moving are held against the windows that they move to", async () => {
    const { asked } = await run(
      (context) => moveScaleSetsFlow(context, { scaleSetIds: [web] }),
      [pick(configuration("mc-shared-fourth-monday")), cancel],
    );
    assert.match(fitOf(asked.at(-1))[0] ?? "", /^The upgrade takes up to 1 h; the window is \d+ h/);
  });

  test("by Set Up have the policy in the change that turns upgrades on", async () => {
    const { plan } = await run(
      (context) => setUpFlow(context, { scaleSetIds: [cache], configurationIds: [nightly] }),
      [pick("Shorten the pauses between batches to 1 h 29 min"), pick("apply")],
      { [cache]: paused("PT3H") },
    );
    const [, enabling, ...others] = plan?.changes.map(({ kind, after }) => ({ kind, after })) ?? [];
    assert.equal(others.length, 0);
    assert.deepEqual(at(enabling?.after, "properties", "upgradePolicy"), {
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
      rollingUpgradePolicy: { pauseTimeBetweenBatches: "PT89M" },
    });
  });
});

describe("thousands of scale sets", () => {
  test("are worked out in pieces, and the longest is found", async () => {
    const count = 2_000;
    const { snapshot } = world.store;
    const own = snapshot.scaleSets.get(idKey(worker)) ?? assert.fail();
    const sets = Array.from({ length: count }, (_, index): ScaleSetRecord => {
      const id = `${worker}-${String(index)}`;
      return { ...own, id, name: `vmss-${String(index)}`, ...(index === 1_777 && pausedFor(own, "PT2H")) };
    });
    const many = { ...snapshot, scaleSets: new Map(sets.map((set) => [idKey(set.id), set])) };
    const changes = sets.map(({ id }) =>
      association(assignmentId(id, "mc-prod-nightly"), nightly, undefined, undefined),
    );
    const planning = plannedUpgrades(
      { ...many, configurations: snapshot.configurations },
      planOf(message("Associate"), changes),
    );
    const [planned, planningSteps] = counted(planning);
    const [fit, fitSteps] = counted(held(planned.upgrades));
    assert.deepEqual([fit.count, fit.tooLong.length, fit.longest?.set.name], [count, 1, "vmss-1777"]);
    // Of what is planned each change and each set is looked at.
    assert.ok(planningSteps > (2 * count) / 100 && fitSteps > count / 100);
  });
});

const pausedFor = ({ resource }: ScaleSetRecord, pause: string) => ({
  resource: merged(resource, paused(pause)),
});

/** What sliced work comes to, and how often it gave others their turn. */
function counted<T>(work: Sliced<T>): readonly [T, number] {
  for (let steps = 1; ; steps += 1) {
    const step = work.next();
    if (step.done === true) return [step.value, steps];
  }
}
