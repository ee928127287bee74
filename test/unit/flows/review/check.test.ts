/** What Azure is asked between the last answer and the review. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { checked } from "../../../../src/flows/review/check.ts";
import { setUpFlow } from "../../../../src/flows/associations/setUp.ts";
import { answer, configuration, fleet, never, scaleSet, type Fault } from "../../azure/support.ts";
import { back, cancel, look, pick, textsOf } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => (world = await openWorld()));

const set = scaleSet("vmss-cache-prod");
const window = configuration("mc-prod-nightly");
const start = { configurationIds: [window], scaleSetIds: [set] };

/** The plan of a set-up of `vmss-cache-prod`, as it was reviewed and confirmed. */
async function setUp(...moves: Parameters<World["context"]>[0]) {
  const context = world.context(moves);
  const plan = await setUpFlow(context, start);
  context.prompter.finish();
  return plan;
}

const registrationPath = `/subscriptions/${fleet.shared}/providers/Microsoft.Maintenance`;
const unregister = (subscription: string) =>
  world.lab.ask(
    "POST",
    `/subscriptions/${subscription}/providers/Microsoft.Maintenance/unregister?api-version=2021-04-01`,
  );

/** Answers requests whose path ends so with this, in Azure's stead. */
const when =
  (path: RegExp, status: number, body: unknown): Fault =>
  (request) =>
    path.test(new URL(request.url).pathname) ? answer(request, status, body) : undefined;
const permissions = (at: string) => new RegExp(`${at}/providers/Microsoft\\.Authorization/permissions$`, "i");
const entries = (...actions: readonly string[]) => ({ value: [{ actions, notActions: [] }] });
const denied = { error: { code: "AuthorizationFailed", message: "no" } };
const warningsOf = async () => (await setUp(pick("apply")))?.warnings.map(inEnglish) ?? [];

describe("the registration of Microsoft.Maintenance", () => {
  it("is offered as a step of the plan, for the configuration's subscription as for the set's, before what needs it", async () => {
    await unregister(fleet.shared);
    await unregister(fleet.production);
    const plan = await setUp(
      look(({ rows }) => {
        const texts = textsOf(rows).join("\n");
        assert.match(texts, /Register resource provider Microsoft\.Maintenance in subscription/);
        assert.match(
          texts,
          /^Associate vmss-cache-prod with mc-prod-nightly in the sandbox \| and turn on .* · 4 changes$/m,
        );
      }, pick("apply")),
    );
    assert.deepEqual(
      plan?.changes.map(({ kind, target, needs }) => [kind, target.split("/")[2], needs.length]),
      [
        ["registerProvider", fleet.production, 0],
        ["registerProvider", fleet.shared, 0],
        ["associate", fleet.production, 2],
        ["setUpgradePolicy", fleet.production, 1],
      ],
    );
  });

  it("is no step where it is there, and is asked once per subscription", async () => {
    const before = world.lab.sent.length;
    const plan = await setUp(pick("apply"));
    assert.deepEqual(
      plan?.changes.map(({ kind }) => kind),
      ["associate", "setUpgradePolicy"],
    );
    const asked = world.lab.sent.slice(before).map(({ path }) => path);
    assert.equal(asked.filter((path) => path === registrationPath).length, 1);
  });

  it("that cannot be read is a warning, and the plan goes on", async () => {
    world.lab.fault = when(/\/providers\/Microsoft\.Maintenance$/, 403, denied);
    const warnings = await warningsOf();
    assert.equal(
      warnings.filter((text) => /Couldn't check whether .* is registered in /.test(text)).length,
      2,
    );
    assert.match(warnings.join("\n"), /Azure denied access/);
  });
});

describe("the user's permissions", () => {
  it("that suffice are not mentioned", async () => {
    assert.deepEqual(await warningsOf(), []);
  });

  it("that miss an action warn of it with a role that has it, in the review, and leave the plan whole", async () => {
    world.lab.fault = when(permissions(".*"), 200, entries("*/read", "Microsoft.Maintenance/*"));
    const plan = await setUp(
      look(({ rows }) => {
        assert.match(
          textsOf(rows).join("\n"),
          /permission Microsoft\.Compute\/virtualMachineScaleSets\/write on vmss-cache-prod\. .* role Virtual Machine Contributor has it/,
        );
      }, pick("apply")),
    );
    assert.equal(plan?.warnings.length, 1);
    assert.equal(plan.changes.length, 2);
  });

  it("are asked at the set itself where its group does not give them", async () => {
    const group = "rg-web-prod-weu";
    world.lab.fault = when(permissions(group), 200, entries("*/read"));
    assert.deepEqual(await warningsOf(), []);
  });

  it("that cannot be read are one warning, not one per change", async () => {
    world.lab.fault = when(permissions(".*"), 403, denied);
    const warnings = await warningsOf();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /Couldn't check all your permissions\. .*Azure denied access/);
  });
});

it("what was checked is checked anew when the user comes back to the review", async () => {
  const context = world.context([
    pick("move"),
    look(() => void unregister(fleet.shared), back),
    pick("move"),
    pick("apply"),
  ]);
  const busy = scaleSet("vmss-web-prod");
  const plan = await setUpFlow(context, {
    configurationIds: [configuration("mc-shared-fourth-monday")],
    scaleSetIds: [busy],
  });
  assert.equal(plan?.changes[0]?.kind, "registerProvider");
});

it("a plan without changes is reviewed without asking Azure", async () => {
  const done = await setUp(pick("apply"));
  assert.ok(done);
  await world.lab.azure.apply(done, { signal: never });
  await world.store.refresh(never);
  await world.store.settled();
  const before = world.lab.sent.length;
  await setUp(pick("close"));
  assert.equal(world.lab.sent.length, before);
});

it("a review that is left while Azure is asked ends the asking", async () => {
  const plan = await setUp(pick("apply"));
  assert.ok(plan);
  const left = new AbortController();
  world.lab.fault = (request) => {
    left.abort();
    return answer(request, 200, {});
  };
  const context = world.context([cancel]);
  await assert.rejects(checked(context, plan, left.signal), { name: "AbortError" });
});
