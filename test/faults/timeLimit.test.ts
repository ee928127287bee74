// In a process of its own, whose time limits are 50 times shorter: 1.2 s instead of a minute for an answer.
import assert from "node:assert/strict";
import { before, describe, mock, test } from "node:test";
import { associateAll, enable } from "./support/plans.ts";
import { createWorld, problems, treeText, trustSandbox, writeCounts } from "./support/world.ts";

trustSandbox();

const late = { delayMs: 2000 };
const production = "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";

describe("an answer that comes after the time limit", { concurrency: true }, () => {
  before(() => {
    const { timeout } = AbortSignal;
    mock.method(AbortSignal, "timeout", (ms: number) => timeout.call(AbortSignal, Math.ceil(ms / 50)));
  });

  test("of a list: it is asked again, and nothing is missing", async () => {
    await using world = await createWorld({ unread: true, withoutGraph: true });
    await world.order({ match: { path: `${production}/.*/virtualMachineScaleSets\\?` }, do: late });
    await world.refresh();
    const asked = (await world.requests()).filter(({ path }) => path.endsWith("/virtualMachineScaleSets"));
    assert.ok(asked.length > 3, "3 subscriptions, one of them again");
    await world.assertTreeIsTrue();
  });

  test("of a list, again and again: it is told, the rest is there", async () => {
    await using world = await createWorld({ unread: true, withoutGraph: true });
    await world.order({
      match: { path: `${production}/.*/maintenanceConfigurations\\?` },
      times: "always",
      do: late,
    });
    await world.refresh();
    assert.match(problems(world), /could not be reached, or the connection broke[^]*ETIMEDOUT/);
    assert.match(treeText(world), /Contoso Staging · /);
  });

  test("of a PUT that was applied: the read-back shows it, and it was sent once", async () => {
    await using world = await createWorld();
    await world.order({ match: { method: "PUT" }, do: late });
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["done"], report);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [1, 1],
    });
    await world.assertTreeIsTrue();
  });

  test("of a PATCH that was not applied: it is told as failed, and was sent once", async () => {
    await using world = await createWorld();
    await world.order({ match: { method: "PATCH" }, do: { reset: "before", ...late } });
    const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
    assert.deepEqual(outcomes, ["failed"]);
    assert.match(report, /No answer within 60 s\./);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 0],
    });
    await world.assertTreeIsTrue();
  });
});
