import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { associateAll, threeSteps } from "./support/plans.ts";
import { adele, megan, signedIn } from "./support/signedIn.ts";
import { createWorld, problems, treeText, trustSandbox, writeCounts, writes } from "./support/world.ts";

trustSandbox();

const fabrikam = "d8a4f1c6-50b2-4e97-b3d8-07c9e2f6a158";
const association = "PUT configurationAssignments/mc-new";
const configuration = "PUT maintenanceConfigurations/mc-new";
const group = "PUT resourceGroups/rg-new";
const upgrades = "PATCH virtualMachineScaleSets/vmss-cache-prod";

describe("a token that Azure does not take any more", { concurrency: true }, () => {
  test("in a window that was left open overnight: the next read has a new one, and nobody is asked", async () => {
    const session = signedIn();
    await using world = await createWorld({ connect: session.connect });
    const before = treeText(world);
    await world.ask("POST", "/sandbox/clock", { advance: "PT14H" });
    await world.refresh();
    assert.equal(treeText(world).split("\n").length, before.split("\n").length);
    assert.deepEqual([problems(world).match(/sign-in/), session.prompts], [null, []]);
  });

  test("in the middle of a plan: the write is sent again with the renewed one, and the plan goes on", async () => {
    const session = signedIn();
    await using world = await createWorld({ connect: session.connect });
    const error = { code: "ExpiredAuthenticationToken", message: "The access token expired." };
    await world.order({
      match: { method: "PUT", path: "/maintenanceConfigurations/mc-new" },
      do: { status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' }, body: { error } },
    });
    const { outcomes, report } = await world.apply(threeSteps(world));
    assert.deepEqual(outcomes, ["done", "done", "done", "done"], report);
    assert.deepEqual(writeCounts(await world.requests()), {
      [group]: [1, 1],
      [configuration]: [2, 1],
      [association]: [1, 1],
      [upgrades]: [1, 1],
    });
    assert.deepEqual(session.prompts, []);
    await world.assertTreeIsTrue();
  });

  test("and that VS Code cannot renew: what was done stays, the rest says to sign in, and after that the plan goes on", async () => {
    const session = signedIn({ renews: false });
    await using world = await createWorld({ connect: session.connect });
    const { outcomes, report } = await world.apply(threeSteps(world), {
      onOutcome: ({ change }) => {
        if (change.kind === "createResourceGroup")
          void world.ask("POST", "/sandbox/clock", { advance: "PT2H" });
      },
    });
    assert.deepEqual(outcomes, ["done", "failed", "skipped", "skipped"]);
    assert.match(report, /Azure rejected the sign-in\.\nSign in again\./);
    assert.match(report, /Azure answered: 401 ExpiredAuthenticationToken/);
    assert.deepEqual(
      writeCounts(await world.requests()),
      { [group]: [1, 1] },
      "the look before it is refused",
    );
    session.renew();
    const again = await world.apply(threeSteps(world));
    assert.deepEqual(again.outcomes, ["done", "done", "done", "done"]);
    await world.assertTreeIsTrue();
  });
});

describe("Azure demands multi-factor authentication for a write", { concurrency: true }, () => {
  test("and the user passes: she is asked once, and the very writes that were refused go on", async () => {
    const session = signedIn({ whenChallenged: "passes" });
    await using world = await createWorld({ connect: session.connect });
    await world.ask("PUT", "/sandbox/conditions", { strongWrites: true });
    const plan = associateAll(world, "vmss-cache-prod", "vmss-worker-prod", "vmss-checkout-prod");
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["done", "done", "done"], report);
    assert.equal(session.prompts.length, 1);
    assert.match(session.prompts[0] ?? "", /"acrs".*"p1"/);
    const sent = writes(await world.requests());
    assert.equal(sent.filter(({ status }) => status === 200).length, 3);
    assert.ok(sent.filter(({ status }) => status === 401).length <= 3);
    const [first] = sent;
    const again = sent.find(({ path, status }) => path === first?.path && status === 200);
    assert.deepEqual(again?.body, first?.body);
    await world.assertTreeIsTrue();
  });

  test("and the user declines: she is asked once, it is said plainly, and nothing has changed", async () => {
    const session = signedIn({ whenChallenged: "declines" });
    await using world = await createWorld({ connect: session.connect });
    await world.ask("PUT", "/sandbox/conditions", { strongWrites: true });
    const before = treeText(world);
    const plan = associateAll(world, "vmss-cache-prod", "vmss-worker-prod", "vmss-checkout-prod");
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["failed", "failed", "failed"]);
    assert.match(report, /Azure requires a stronger sign-in, such as multi-factor authentication/);
    assert.equal(session.prompts.length, 1);
    assert.ok(writes(await world.requests()).every(({ status }) => status === 401));
    assert.equal(treeText(world), before);
    await world.assertTreeIsTrue();
  });

  test("and nobody can be asked: it is told as such", async () => {
    await using world = await createWorld();
    await world.ask("PUT", "/sandbox/conditions", { strongWrites: true });
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /multi-factor authentication/);
    assert.deepEqual(
      Object.values(writeCounts(await world.requests())).map(([sent]) => sent),
      [1],
    );
  });
});

describe("several accounts and tenants", { concurrency: true }, () => {
  test("a subscription that two accounts see is there once, and every tenant's are there", async () => {
    await using world = await createWorld({ connect: signedIn({ accounts: [megan, adele] }).connect });
    const names = world.tree().map(({ label }) => label);
    assert.deepEqual(names.toSorted(), [
      "Contoso Production",
      "Contoso Shared Services",
      "Contoso Staging",
      "Fabrikam Consulting",
    ]);
  });

  test("a tenant that cannot be listed: it has a node that says why, the others show, and it comes back", async () => {
    await using world = await createWorld({
      connect: signedIn({ accounts: [megan, adele] }).connect,
      unread: true,
    });
    const error = { code: "AuthorizationFailed", message: "Blocked by conditional access." };
    await world.order({
      match: { path: "^/subscriptions\\?", tenantId: fabrikam },
      times: "always",
      do: { status: 403, body: { error } },
    });
    await world.refresh();
    assert.equal(world.store.snapshot.failedTenants.length, 1);
    assert.equal(world.store.snapshot.failedTenants[0]?.displayName, "Fabrikam");
    assert.match(treeText(world), /Contoso Production · 15 scale sets/);
    await world.ask("DELETE", "/sandbox/faults");
    await world.refresh();
    assert.deepEqual(world.store.snapshot.failedTenants, []);
    assert.match(treeText(world), /Fabrikam Consulting · /);
  });

  test("a tenant that fails when it is read again: its subscriptions stay", async () => {
    await using world = await createWorld({ connect: signedIn({ accounts: [megan, adele] }).connect });
    await world.order({
      match: { path: "^/subscriptions\\?", tenantId: fabrikam },
      times: "always",
      do: { status: 400 },
    });
    await world.refresh();
    assert.match(treeText(world), /Fabrikam Consulting · 1 scale set/);
  });
});
