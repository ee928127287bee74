import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assignment, configuration, fleet, scaleSet } from "../unit/azure/support.ts";
import { associateAll, dissociateAll, enable, setNamed, threeSteps } from "./support/plans.ts";
import { createWorld, treeText, trustSandbox, type World, writeCounts } from "./support/world.ts";

trustSandbox();

const nightly = { match: { method: "PUT", path: "/configurationAssignments/mc-prod-nightly" } };
const patch = { match: { method: "PATCH", path: "/virtualMachineScaleSets/" } };
const poll = { match: { method: "GET", path: "/locations/[^/]+/operations/" } };
const cache = scaleSet("vmss-cache-prod");

const associated = /vmss-cache-prod · Upgrades off · mc-prod-nightly/;
const unassociated = /vmss-cache-prod · Not set up$/m;

/** What Azure itself says of the associations of `vmss-cache-prod`. */
async function associationsOf(world: World): Promise<readonly string[]> {
  const path = `${cache}/providers/Microsoft.Maintenance/configurationAssignments?api-version=2023-04-01`;
  return (await world.ask("GET", path)).json.value.map(({ name }: { name: string }) => name);
}

describe("a write that is refused for now", { concurrency: true }, () => {
  test("429 with Retry-After on a PUT: it waits as long as Azure asks, says so meanwhile, and sends it again", async () => {
    await using world = await createWorld();
    await world.order({ ...nightly, do: { status: 429, headers: { "retry-after": "1" } } });
    const waits: boolean[] = [];
    world.azure.waits.onDidChange(() => waits.push(world.azure.waits.endsAt !== undefined));
    const end = world.clock.now() + 1000;
    const { outcomes } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.equal(world.clock.now(), end);
    assert.deepEqual([outcomes, waits], [["done"], [true, false]]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [2, 1],
    });
    assert.match(treeText(world), associated);
    await world.assertTreeIsTrue();
  });

  test("429 with an HTTP date on a PATCH: the same", async () => {
    await using world = await createWorld();
    const date = new Date(world.clock.now() + 2500).toUTCString();
    await world.order({ ...patch, do: { status: 429, headers: { "retry-after": date } } });
    const { outcomes } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.equal(world.clock.now(), Date.parse(date));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [2, 1],
    });
    await world.assertTreeIsTrue();
  });

  test("429 on a DELETE, without a Retry-After: it is sent again after a pause of its own", async () => {
    await using world = await createWorld();
    await world.order({ match: { method: "DELETE" }, do: { status: 429 } });
    const { outcomes } = await world.apply(dissociateAll(world, "vmss-search-prod"));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "DELETE configurationAssignments/mc-prod-nightly": [2, 1],
    });
    assert.match(treeText(world), /vmss-search-prod · Not set up/);
    await world.assertTreeIsTrue();
  });

  test("429 for longer than a quarter of an hour: it is not waited for; the report says how long Azure asks to wait", async () => {
    await using world = await createWorld();
    await world.order({
      ...nightly,
      times: "always",
      do: { status: 429, headers: { "retry-after": "1200" } },
    });
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /Wait 1200 s, then try again/);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [1, 0],
    });
    await world.assertTreeIsTrue();
  });

  test("429 that does not end: after ten times it is told, and what needs it is not sent", async () => {
    await using world = await createWorld();
    await world.order({
      match: { method: "PUT", path: "/maintenanceConfigurations/" },
      times: "always",
      do: { status: 429, headers: { "retry-after": "0" } },
    });
    const { outcomes, report } = await world.apply(threeSteps(world));
    assert.deepEqual(outcomes, ["done", "failed", "skipped", "skipped"]);
    assert.match(report, /Too many requests to Azure/);
    assert.match(report, /Needs this change first: Create maintenance configuration mc-new/);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT resourceGroups/rg-new": [1, 1],
      "PUT maintenanceConfigurations/mc-new": [10, 0],
    });
    await world.assertTreeIsTrue();
  });
});

describe("a write whose answer says nothing of what became of it", { concurrency: true }, () => {
  for (const status of [500, 502, 503, 504]) {
    test(`${status} before it was applied: it is looked for over a minute, told as not confirmed and never sent twice`, async () => {
      await using world = await createWorld();
      const start = world.clock.now();
      await world.order({ ...nightly, do: { status } });
      const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
      assert.deepEqual(outcomes, ["notConfirmed"]);
      assert.equal(world.clock.now() - start, 60_000);
      assert.match(report, /0 of 1 changes done, 1 not confirmed/);
      assert.match(
        report,
        /\? Not confirmed · .*\nAssociate scale set vmss-cache-prod .*\n(?:.*\n)*?.*Azure couldn't answer/,
      );
      assert.doesNotMatch(report, /Not done/);
      assert.match(report, new RegExp(`Azure answered: ${status}`));
      assert.match(report, /Request ID: [0-9a-f-]{36}/);
      const requests = await world.requests();
      assert.deepEqual(writeCounts(requests), { "PUT configurationAssignments/mc-prod-nightly": [1, 0] });
      const looks = requests.filter(
        ({ method, path }) =>
          method === "GET" &&
          path.endsWith("vmss-cache-prod/providers/Microsoft.Maintenance/configurationAssignments"),
      );
      assert.ok(looks.length > 5, `${looks.length} looks`);
      assert.match(treeText(world), unassociated);
      await world.assertTreeIsTrue();
    });

    test(`${status} after it was applied: the read-back shows it, and it is told as done`, async () => {
      await using world = await createWorld();
      await world.order({ ...nightly, do: { status, applied: true } });
      const { outcomes } = await world.apply(associateAll(world, "vmss-cache-prod"));
      assert.deepEqual(outcomes, ["done"]);
      assert.deepEqual(writeCounts(await world.requests()), {
        "PUT configurationAssignments/mc-prod-nightly": [1, 1],
      });
      assert.match(treeText(world), associated);
      await world.assertTreeIsTrue();
    });
  }

  test("the connection breaks before a PUT was applied: told as not confirmed, and the plan applied again does it once", async () => {
    await using world = await createWorld();
    await world.order({ ...nightly, do: { reset: "before" } });
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["notConfirmed"]);
    assert.match(report, /Couldn't reach [\w.:]+: the connection broke\./);
    assert.match(report, /http\.proxy/);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [1, 0],
    });
    const again = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(again.outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [1, 1],
    });
    await world.assertTreeIsTrue();
  });

  const lost = {
    "the connection breaks": { reset: "after" },
    "the body is cut off": { truncate: "broken" },
    "half of the body passes for the whole": { truncate: "short" },
    "a proxy answers with a page instead": {
      status: 200,
      applied: true,
      body: "<html>Sign in to the network",
    },
  };
  for (const [what, effect] of Object.entries(lost)) {
    test(`${what} after a PUT was applied: done, and sent once`, async () => {
      await using world = await createWorld();
      await world.order({ ...nightly, do: effect });
      const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
      assert.deepEqual(outcomes, ["done"], report);
      assert.deepEqual(writeCounts(await world.requests()), {
        "PUT configurationAssignments/mc-prod-nightly": [1, 1],
      });
      assert.match(treeText(world), associated);
      await world.assertTreeIsTrue();
    });
  }

  test("a page that says 200 in the place of a PUT's answer, which was not applied: it is not believed", async () => {
    await using world = await createWorld();
    await world.order({ ...nightly, do: { status: 200, body: "<html>Sign in to the network" } });
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["notConfirmed"]);
    assert.match(report, /Unexpected answer from/);
    assert.match(report, /Sign in to the network/);
    assert.deepEqual(await associationsOf(world), []);
    await world.assertTreeIsTrue();
  });

  test("the connection breaks after a DELETE was applied: done, and sent once", async () => {
    await using world = await createWorld();
    await world.order({ match: { method: "DELETE" }, do: { reset: "after" } });
    const { outcomes } = await world.apply(dissociateAll(world, "vmss-search-prod"));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "DELETE configurationAssignments/mc-prod-nightly": [1, 1],
    });
    await world.assertTreeIsTrue();
  });

  test("the connection breaks after a PATCH began a long operation: its end is waited for, and it is done", async () => {
    await using world = await createWorld({ operationSeconds: 2 });
    await world.order({ ...patch, do: { reset: "after" } });
    const { outcomes } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["done"]);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1],
    });
    await world.assertTreeIsTrue();
  });

  const unreadable = {
    match: { method: "GET", path: "vmss-cache-prod/.*configurationAssignments" },
    times: "always",
    do: { status: 403, body: { error: { code: "AuthorizationFailed", message: "You may not list them." } } },
  };

  test("what cannot be read before a write: nothing is sent", async () => {
    await using world = await createWorld();
    await world.order(unreadable);
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /You may not list them/);
    assert.deepEqual(writeCounts(await world.requests()), {});
    await world.assertTreeIsTrue();
  });

  test("what cannot be read after a write that Azure accepted: not confirmed, with the reason", async () => {
    await using world = await createWorld();
    const held = world.hold(nightly.match);
    const applying = world.apply(associateAll(world, "vmss-cache-prod"));
    await held.reached();
    await world.order(unreadable);
    held.release();
    const { outcomes, report } = await applying;
    assert.deepEqual(outcomes, ["notConfirmed"]);
    assert.match(report, /couldn't be read after the change was sent/);
    assert.match(report, /You may not list them/);
    await world.calm();
    assert.deepEqual(await associationsOf(world), ["mc-prod-nightly"]);
    await world.refresh();
    await world.assertTreeIsTrue();
  });
});

describe("what Azure says when it refuses a write", { concurrency: true }, () => {
  const window = "Invalid maintenance window. Error: StartDateTime is not set for maintenance window.";
  const shapes: Readonly<Record<string, { readonly body?: unknown; readonly shown: RegExp }>> = {
    '{"error":{"code","message","details"}}': {
      body: {
        error: {
          code: "InvalidMaintenanceWindow",
          message: window,
          details: [{ code: "More", message: "The details." }],
        },
      },
      shown: /Azure answered: 400 InvalidMaintenanceWindow\nInvalid maintenance window\..*\nThe details\./,
    },
    '{"Error":{"Code","Message"}}': {
      body: { Error: { Code: "InvalidMaintenanceWindow", Message: window } },
      shown: /Azure answered: 400 InvalidMaintenanceWindow\nInvalid maintenance window\./,
    },
    '{"Message"}': {
      body: { Message: "Given Maintenance Subscope is not supported for Maintenance." },
      shown: /Azure answered: 400\nGiven Maintenance Subscope is not supported/,
    },
    text: { body: "An error has occurred.", shown: /Azure answered: 400\nAn error has occurred\./ },
    nothing: { shown: /Azure answered: 400\nRequest ID: / },
  };
  for (const [shape, { body, shown }] of Object.entries(shapes)) {
    test(`${shape}: the report has its code and words, and what needs the change is not sent`, async () => {
      await using world = await createWorld();
      await world.order({
        match: { method: "PUT", path: "/maintenanceConfigurations/" },
        do: { status: 400, body },
      });
      const { outcomes, report } = await world.apply(threeSteps(world));
      assert.deepEqual(outcomes, ["done", "failed", "skipped", "skipped"]);
      assert.match(report, /✕ Failed · .*\nCreate maintenance configuration mc-new/);
      assert.match(report, shown);
      assert.deepEqual(writeCounts(await world.requests()), {
        "PUT resourceGroups/rg-new": [1, 1],
        "PUT maintenanceConfigurations/mc-new": [1, 0],
      });
      await world.assertTreeIsTrue();
    });
  }

  test("403 on one of many: the others are done, and the report names the action, the scope and a role", async () => {
    await using world = await createWorld();
    const action = "Microsoft.Maintenance/configurationAssignments/write";
    await world.ask("POST", "/sandbox/denials", { scope: scaleSet("vmss-worker-prod"), action });
    const plan = associateAll(world, "vmss-cache-prod", "vmss-worker-prod", "vmss-checkout-prod");
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["done", "failed", "done"]);
    assert.match(report, /2 of 3 changes done, 1 failed/);
    assert.match(
      report,
      new RegExp(`Ask for a role with the action ${action} on .*vmss-worker-prod.*Contributor`),
    );
    assert.match(treeText(world), /vmss-checkout-prod · Scheduled · mc-prod-nightly/);
    await world.assertTreeIsTrue();
  });

  test("a set that was deleted meanwhile: it is told, the others are done, and the set leaves the tree", async () => {
    await using world = await createWorld();
    const plan = enable(world, "vmss-cache-prod", "vmss-worker-prod");
    await world.ask("DELETE", `${cache}?api-version=2025-04-01`);
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["changedBySomeoneElse", "done"]);
    assert.match(report, /vmss-cache-prod no longer exists\..*\n.*Nothing was sent\./);
    assert.doesNotMatch(treeText(world), /vmss-cache-prod/);
    await world.assertTreeIsTrue();
  });

  test("404 of a configuration that was deleted meanwhile: the association fails, the set stays as it was", async () => {
    await using world = await createWorld();
    const plan = associateAll(world, "vmss-cache-prod");
    await world.ask("DELETE", `${configuration("mc-prod-nightly")}?api-version=2023-04-01`);
    const { outcomes, report } = await world.apply(plan);
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /Not found\./);
    assert.match(report, /mc-prod-nightly/);
    assert.match(treeText(world), unassociated);
  });

  test("an association that somebody else has removed meanwhile: its removal is done", async () => {
    await using world = await createWorld();
    const plan = dissociateAll(world, "vmss-search-prod");
    const id = assignment(scaleSet("vmss-search-prod"), "mc-prod-nightly");
    await world.ask("DELETE", `${id}?api-version=2023-04-01`);
    const { outcomes } = await world.apply(plan);
    assert.deepEqual(outcomes, ["done"]);
    assert.match(treeText(world), /vmss-search-prod · Not set up/);
    await world.assertTreeIsTrue();
  });

  test("409 of another change that goes on: told as such, nothing is repeated", async () => {
    await using world = await createWorld();
    const error = { code: "OperationNotAllowed", message: "Another operation is in progress." };
    await world.order({ ...patch, do: { status: 409, body: { error } } });
    const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /Its current state doesn't allow this\./);
    assert.match(report, /Another operation is in progress\./);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 0],
    });
    await world.assertTreeIsTrue();
  });

  test("409 not registered: the report names the provider and how it is registered", async () => {
    await using world = await createWorld();
    await world.ask(
      "POST",
      `/subscriptions/${fleet.production}/providers/Microsoft.Maintenance/unregister?api-version=2021-04-01`,
    );
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /isn't registered for resource provider Microsoft\.Maintenance/);
    assert.match(report, /Azure answered: 409 MissingSubscriptionRegistration/);
    await world.assertTreeIsTrue();
  });
});

describe("a long-running operation", { concurrency: true }, () => {
  const rough = {
    "429 with Retry-After": { status: 429, headers: { "retry-after": "1" } },
    "500": { status: 500 },
    "503": { status: 503, headers: { "retry-after": "1" } },
    "a broken connection": { reset: "before" },
    "a page instead of JSON": { status: 502, body: "<html>Bad gateway" },
  };
  for (const [what, effect] of Object.entries(rough)) {
    test(`${what} while it is followed: it is followed on to its end, and the PATCH is sent once`, async () => {
      await using world = await createWorld({ operationSeconds: 1 });
      await world.order({ ...poll, times: 2, do: effect });
      const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
      assert.deepEqual(outcomes, ["done"], report);
      const requests = await world.requests();
      assert.deepEqual(writeCounts(requests), { "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1] });
      assert.ok(requests.filter(({ path }) => path.includes("/operations/")).length >= 3);
      await world.assertTreeIsTrue();
    });
  }

  test("that ends badly: the report has Azure's own words, though the answer says 200", async () => {
    await using world = await createWorld({ operationSeconds: 1 });
    const error = { code: "OverconstrainedAllocationRequest", message: "Allocation failed." };
    await world.order({ ...poll, times: "always", do: { status: 200, body: { status: "Failed", error } } });
    const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /Azure started the operation but couldn't finish it\./);
    assert.match(report, /OverconstrainedAllocationRequest\nAllocation failed\./);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1],
    });
  });

  test("whose status cannot be asked any more: the set itself tells how it ended", async () => {
    await using world = await createWorld({ operationSeconds: 1 });
    await world.order({ ...poll, times: "always", do: { status: 500 } });
    const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["done"], report);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1],
    });
    await world.assertTreeIsTrue();
  });
});

describe("a plan that is cancelled", { concurrency: true }, () => {
  test("before it began: nothing is sent", async () => {
    await using world = await createWorld();
    const { outcomes, report } = await world.apply(threeSteps(world), { signal: AbortSignal.abort() });
    assert.deepEqual(outcomes, ["notStarted", "notStarted", "notStarted", "notStarted"]);
    assert.match(report, /0 of 4 changes done, 4 not sent/);
    assert.deepEqual(writeCounts(await world.requests()), {});
    await world.assertTreeIsTrue();
  });

  const titles = ["creating the group", "creating the configuration", "associating", "enabling"];
  for (const [step, title] of titles.entries()) {
    test(`while ${title}: what is under way goes on to its end, the rest is not sent, and nothing is undone`, async () => {
      await using world = await createWorld();
      const plan = threeSteps(world);
      const method = step === 3 ? "PATCH" : "PUT";
      const held = world.hold({ method, path: `${plan.changes[step]?.target}\\?` });
      const controller = new AbortController();
      const applying = world.apply(plan, { signal: controller.signal });
      await held.reached();
      controller.abort();
      held.release();
      const { outcomes, report } = await applying;
      const rest = Array(3 - step).fill("notStarted");
      assert.deepEqual(outcomes, [...Array(step).fill("done"), step === 3 ? "underWay" : "done", ...rest]);
      if (step < 3) assert.match(report, /Not sent: you cancelled\./);
      const counts = Object.values(writeCounts(await world.requests()));
      assert.deepEqual(counts, Array(step + 1).fill([1, 1]));
      await world.refresh();
      await world.assertTreeIsTrue();
    });
  }

  test("while Azure asks to wait: it ends at once, and what was refused counts as not sent", async () => {
    await using world = await createWorld();
    await world.order({ ...nightly, times: "always", do: { status: 429, headers: { "retry-after": "60" } } });
    const controller = new AbortController();
    world.azure.waits.onDidChange(() => controller.abort());
    const start = world.clock.now();
    const { outcomes } = await world.apply(associateAll(world, "vmss-cache-prod"), {
      signal: controller.signal,
    });
    assert.equal(world.clock.now(), start, "the wait is not waited to its end");
    assert.deepEqual(outcomes, ["notStarted"]);
    assert.equal(world.azure.waits.endsAt, undefined);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [1, 0],
    });
    await world.assertTreeIsTrue();
  });

  test("while a long operation runs: it is told that Azure works on it, and the tree shows how it ends", async () => {
    await using world = await createWorld({ operationSeconds: 30 });
    const controller = new AbortController();
    const held = world.hold(poll.match);
    const applying = world.apply(enable(world, "vmss-cache-prod"), { signal: controller.signal });
    await held.reached();
    controller.abort();
    held.release();
    const { outcomes, report } = await applying;
    assert.deepEqual(outcomes, ["underWay"], report);
    await world.ask("POST", "/sandbox/clock", { advance: "PT1M" });
    await world.refresh();
    assert.equal(setNamed(world, "vmss-cache-prod").coverage.state, "uncontrolled");
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 1],
    });
    await world.assertTreeIsTrue();
  });
});
