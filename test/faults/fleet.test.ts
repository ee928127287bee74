import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createWorld, problems, trustSandbox, treeText } from "./support/world.ts";
import { setNamed } from "./support/plans.ts";
import { fleet } from "../unit/azure/support.ts";

trustSandbox();

const ofProduction = `^/subscriptions/${fleet.production}/`;

/** What Azure answers to whatever is asked of a provider that is not registered. */
const notRegistered = {
  status: 409,
  body: {
    error: {
      code: "MissingSubscriptionRegistration",
      message:
        "The subscription is not registered to use namespace 'Microsoft.Maintenance'. See https://aka.ms/rps-not-found for how to register subscriptions.",
    },
  },
};

describe("a subscription in which Microsoft.Maintenance is not registered", { concurrency: true }, () => {
  for (const withoutGraph of [false, true]) {
    const source = withoutGraph ? "ARM's lists" : "Resource Graph";
    test(`read by ${source}: its scale sets have no association, and one call tells it for all of them`, async () => {
      await using world = await createWorld({ unread: true, withoutGraph });
      await world.order({
        match: { path: `${ofProduction}.*/Microsoft\\.Maintenance/` },
        times: "always",
        do: notRegistered,
      });
      await world.refresh();
      const asked = (await world.requests()).filter(({ path }) => path.includes("/configurationAssignments"));
      const ofOne = asked.filter(({ path }) => new RegExp(ofProduction).test(path));
      assert.equal(ofOne.length, 1, ofOne.map(({ path }) => path).join("\n"));
      assert.deepEqual(setNamed(world, "vmss-cache-prod").assignments, { known: [] });
      assert.doesNotMatch(problems(world), /isn't registered/);
      assert.match(treeText(world), /vmss-cache-prod · Not set up/);
    });
  }
});

test("a subscription that is past due, disabled or deleted says so, and what can be read of it is shown", async () => {
  await using world = await createWorld({ unread: true });
  const { json } = await world.ask("GET", "/subscriptions?api-version=2022-12-01");
  const states: Readonly<Record<string, string>> = {
    [fleet.production]: "PastDue",
    [fleet.shared]: "Disabled",
    [fleet.staging]: "Deleted",
  };
  const value = json.value.map((one: { readonly subscriptionId: string }) => ({
    ...one,
    state: states[one.subscriptionId],
  }));
  await world.order({
    match: { method: "GET", path: "^/subscriptions\\?" },
    times: "always",
    do: { status: 200, body: { value } },
  });
  await world.refresh();
  const lines = treeText(world);
  assert.match(lines, /Contoso Production · past due · /);
  assert.match(lines, /Contoso Shared Services · disabled · /);
  assert.match(lines, /Contoso Staging · deleted · /);
  assert.match(lines, /vmss-web-prod · /);
});
