import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assignment, configuration, fleet, scaleSet } from "../unit/azure/support.ts";
import { find, flat } from "../unit/tree/walk.ts";
import { threeSteps } from "./support/plans.ts";
import { assertCancelEndsTheWait } from "./support/waiting.ts";
import { createWorld, problems, treeText, trustSandbox, type World } from "./support/world.ts";

trustSandbox();

const production = `/subscriptions/${fleet.production}/providers`;
const configurations = {
  match: { method: "GET", path: `${production}/Microsoft.Maintenance/maintenanceConfigurations` },
};
const scaleSets = {
  match: { method: "GET", path: `${production}/Microsoft.Compute/virtualMachineScaleSets` },
};

/** A fleet without Resource Graph, whose first read meets these faults. */
async function worldWith(...faults: readonly unknown[]): Promise<World> {
  const world = await createWorld({ unread: true, withoutGraph: true });
  await world.order(...faults);
  return world;
}

/** How often a part of the path was asked for. */
const asked = async (world: World, path: string) =>
  (await world.requests()).filter((request) => request.path.endsWith(path)).length;

const allConfigurations = /mc-prod-nightly[^]*mc-shared-fourth-monday/;

describe("a list that fails for now", { concurrency: true }, () => {
  test("429 with Retry-After: it waits as long as Azure asks, says so meanwhile, and shows everything", async () => {
    await using world = await worldWith({
      ...scaleSets,
      do: { status: 429, headers: { "retry-after": "1" } },
    });
    const end = world.clock.now() + 1000;
    const ends: (number | undefined)[] = [];
    world.azure.waits.onDidChange(() => ends.push(world.azure.waits.endsAt));
    await world.refresh();
    assert.deepEqual([ends, world.clock.now()], [[end, undefined], end]);
    assert.equal(await asked(world, "/virtualMachineScaleSets"), 4, "3 subscriptions, one of them twice");
    await world.assertTreeIsTrue();
  });

  test("429 with an HTTP date: the same", async () => {
    await using world = await worldWith();
    const date = new Date(world.clock.now() + 2500).toUTCString();
    await world.order({ ...scaleSets, do: { status: 429, headers: { "retry-after": date } } });
    await world.refresh();
    assert.equal(world.clock.now(), Date.parse(date));
    await world.assertTreeIsTrue();
  });

  test("429 for longer than two minutes: the node says how long Azure asks to wait, the rest is there", async () => {
    await using world = await worldWith({
      ...configurations,
      times: "always",
      do: { status: 429, headers: { "retry-after": "600" } },
    });
    await world.refresh();
    assert.match(problems(world), /Wait 600 s, then try again/);
    assert.match(treeText(world), allConfigurations);
    assert.equal(await asked(world, "/maintenanceConfigurations"), 3);
  });

  test("cancelled while Azure asks to wait: it ends at once and asks no more", () =>
    assertCancelEndsTheWait(
      { ...scaleSets, do: { status: 429, headers: { "retry-after": "60" } } },
      { withoutGraph: true },
    ));

  test("a burst of 500, 502 and 503: asked until it answers, and nothing is missing", async () => {
    await using world = await worldWith(
      ...[500, 502, 503].map((status, index) => ({
        match: { ...configurations.match, nth: index + 1 },
        do: { status },
      })),
    );
    await world.refresh();
    assert.equal(await asked(world, "/maintenanceConfigurations"), 3 + 3);
    await world.assertTreeIsTrue();
  });

  for (const [what, effect] of Object.entries({
    "the connection breaks before the answer": { reset: "before" },
    "the connection breaks in the middle of the body": { truncate: "broken" },
  })) {
    test(`${what}: asked again, and nothing is missing or there twice`, async () => {
      await using world = await worldWith({ ...scaleSets, do: effect });
      await world.refresh();
      assert.equal(await asked(world, "/virtualMachineScaleSets"), 4);
      await world.assertTreeIsTrue();
    });
  }

  test("503 that does not end: told with the request id after four times; the other parts and subscriptions show", async () => {
    await using world = await worldWith({ ...configurations, times: "always", do: { status: 503 } });
    await world.refresh();
    const details = problems(world);
    assert.match(details, /Azure couldn't answer/);
    assert.match(details, /[0-9a-f]{8}-[0-9a-f-]{27}/);
    assert.match(treeText(world), /vmss-web-prod · Scheduled · mc-prod-nightly/);
    assert.equal(await asked(world, "/maintenanceConfigurations"), 4 + 2);
    await world.calm();
    await world.refresh();
    await world.assertTreeIsTrue();
  });

  test("a second read that fails does not take away what the first one showed", async () => {
    await using world = await createWorld({ withoutGraph: true });
    const shown = find(world.tree(), "Contoso Production", "Scale sets", "vmss-web-prod").description;
    await world.order({ ...scaleSets, times: "always", do: { status: 400, body: { Message: "Not now." } } });
    await world.refresh();
    assert.match(problems(world), /Couldn't load the scale sets of Contoso Production\./);
    assert.match(treeText(world), /vmss-web-prod · /, shown);
  });
});

describe("an answer that is not what it should be", { concurrency: true }, () => {
  const bodies: Readonly<Record<string, { readonly effect: unknown; readonly shown: RegExp }>> = {
    "half of the JSON, which passes for the whole": {
      effect: { truncate: "short" },
      shown: /Unexpected answer from/,
    },
    "a page instead of JSON, with status 200": {
      effect: { status: 200, body: "<html><title>Hotel network</title>" },
      shown: /Unexpected answer from[^]*Hotel network/,
    },
    "nothing, with status 200": {
      effect: { status: 200 },
      shown: /doesn't have the documented form/,
    },
    "JSON of another form": {
      effect: { status: 200, body: { data: [] } },
      shown: /doesn't have the documented form/,
    },
    "an error as {error: {code, message}}": {
      effect: { status: 400, body: { error: { code: "BadThing", message: "Azure's words." } } },
      shown: /BadThing[^]*Azure's words\./,
    },
    "an error as {Error: {Code, Message}}": {
      effect: { status: 400, body: { Error: { Code: "BadThing", Message: "Azure's words." } } },
      shown: /BadThing[^]*Azure's words\./,
    },
    "an error as {Message}": {
      effect: { status: 400, body: { Message: "Azure's words." } },
      shown: /Azure refused the request[^]*Azure's words\./,
    },
    "an error as text": { effect: { status: 400, body: "Azure's words." }, shown: /Azure's words\./ },
    "an error without a body": { effect: { status: 400 }, shown: /Azure refused the request/ },
  };
  for (const [what, { effect, shown }] of Object.entries(bodies)) {
    test(`${what}: one node tells it, everything else shows`, async () => {
      await using world = await worldWith({ ...configurations, times: "always", do: effect });
      await world.refresh();
      const text = treeText(world);
      assert.equal(text.match(/Couldn't load maintenance configurations/g)?.length, 1, problems(world));
      assert.match(problems(world), shown);
      assert.match(text, /vmss-web-prod · Scheduled · mc-prod-nightly/);
      await world.calm();
      await world.refresh();
      await world.assertTreeIsTrue();
    });
  }

  test("403 on the assignments of one set: that set cannot be told, the others can", async () => {
    await using world = await createWorld({ unread: true });
    const scope = scaleSet("vmss-web-prod");
    await world.ask("POST", "/sandbox/denials", { scope, action: "Microsoft.Maintenance/*" });
    await world.refresh();
    const text = treeText(world);
    assert.match(text, /vmss-web-prod · Unknown/);
    assert.match(text, /vmss-api-prod · Scheduled/);
    await world.assertTreeIsTrue();
  });

  test("404 of a subscription that was taken away meanwhile: it is told, the others show", async () => {
    const error = { code: "SubscriptionNotFound", message: "The subscription could not be found." };
    await using world = await worldWith({
      match: { path: `^${production}` },
      times: "always",
      do: { status: 404, body: { error } },
    });
    await world.refresh();
    assert.match(problems(world), /Couldn't load the scale sets of Contoso Production\./);
    assert.match(treeText(world), /Contoso Staging · /);
  });
});

describe("what Azure's resources may lack", { concurrency: true }, () => {
  test("assignments whose ids are in other casing, without location and resourceId: the set is shown with its configuration", async () => {
    await using world = await createWorld({ unread: true });
    const id = assignment(scaleSet("VMSS-CACHE-PROD", "RG-WEB-PROD-WEU"), "MC-PROD-NIGHTLY");
    const properties = { maintenanceConfigurationId: configuration("mc-prod-nightly").toUpperCase() };
    const { status } = await world.ask("PUT", `${id}?api-version=2023-04-01`, { properties });
    assert.equal(status, 200);
    await world.refresh();
    const list = await world.ask("GET", `${id.replace(/\/[^/]+$/, "")}?api-version=2023-04-01`);
    const [listed] = list.json.value;
    assert.equal(listed.location ?? listed.properties.resourceId, undefined);
    assert.notEqual(listed.properties.maintenanceConfigurationId, configuration("mc-prod-nightly"));
    assert.match(treeText(world), /vmss-cache-prod · Upgrades off · mc-prod-nightly/i);
    const { description } = find(
      world.tree(),
      "Contoso Shared Services",
      "Maintenance configurations",
      "mc-prod-nightly",
    );
    assert.match(description, / · 10 scale sets$/);
    await world.assertTreeIsTrue();
  });

  test("a configuration without a maintenanceWindow: it shows, and says that no window will open", async () => {
    await using world = await createWorld({ unread: true });
    const id = configuration("mc-windowless");
    const body = { location: "westeurope", properties: { maintenanceScope: "OSImage" } };
    assert.equal((await world.ask("PUT", `${id}?api-version=2023-04-01`, body)).status, 200);
    await world.refresh();
    const node = find(world.tree(), "Contoso Shared Services", "Maintenance configurations", "mc-windowless");
    assert.match(node.description, /no upcoming windows|No schedule/i);
    await world.assertTreeIsTrue();
  });

  test("values and members that nobody knows yet: they pass, and the set shows", async () => {
    const id = scaleSet("vmss-future");
    const future = {
      id,
      name: "vmss-future",
      type: "Microsoft.Compute/virtualMachineScaleSets",
      location: "marswest",
      novelty: { a: [1] },
      properties: {
        provisioningState: "Teleporting",
        orchestrationMode: "Quantum",
        upgradePolicy: { mode: "Never" },
      },
    };
    await using world = await worldWith(
      { ...scaleSets, do: { status: 200, body: { value: [future] } } },
      { match: { path: "vmss-future/" }, do: { status: 200, body: { value: [], novelty: 1 } } },
    );
    await world.refresh();
    assert.match(treeText(world), /vmss-future · Not set up/);
  });

  test("an item that is no resource: one warning node, and the others of its list show", async () => {
    const items = [null, 7, { name: "vmss-nameless" }];
    await using world = await worldWith({ ...scaleSets, do: { status: 200, body: { value: items } } });
    await world.refresh();
    const malformed = flat(world.tree()).filter(({ node }) => node.kind === "malformed");
    assert.equal(malformed.length, 3 + 2, "those, and two that the sandbox always has");
    assert.match(treeText(world), /mc-web-until-migration/);
  });

  test("Resource Graph that lags by 60 s: what was done stays in the tree through every refresh meanwhile", async () => {
    await using world = await createWorld();
    await world.ask("PUT", "/sandbox/conditions", { graphLag: "PT60S" });
    const { outcomes } = await world.apply(threeSteps(world));
    assert.deepEqual(outcomes, ["done", "done", "done", "done"]);
    const controlled = /vmss-cache-prod · Scheduled · mc-new/;
    assert.match(treeText(world), controlled);
    for (const advance of ["PT0S", "PT30S", "PT31S"]) {
      await world.ask("POST", "/sandbox/clock", { advance });
      await world.refresh();
      assert.match(treeText(world), controlled, advance);
      assert.match(treeText(world), /mc-new · .* · 1 scale set/);
    }
    await world.assertTreeIsTrue();
  });
});
