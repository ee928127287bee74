// In a process of its own, in which the time for an answer is up when a test says so.
import assert from "node:assert/strict";
import { before, describe, mock, test } from "node:test";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import type { Match } from "./support/holding.ts";
import { associateAll, enable } from "./support/plans.ts";
import {
  createWorld,
  problems,
  treeText,
  trustSandbox,
  type World,
  type WorldOptions,
  writeCounts,
} from "./support/world.ts";

trustSandbox();

const production = "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";

/** What ends a signal that is one of a time limit, or made of one. */
const limits = new WeakMap<object, AbortController>();
/** The same of the attempt that is under way, by its client request id. */
const underWay = new Map<string, AbortController>();

const client = createDefaultHttpClient();
const httpClient: HttpClient = {
  sendRequest: (request) => {
    const limit = request.abortSignal && limits.get(request.abortSignal);
    if (limit !== undefined) underWay.set(request.requestId, limit);
    return client.sendRequest(request);
  },
};

const limitedWorld = (options: WorldOptions = {}) =>
  createWorld({
    ...options,
    connect: ({ url, token }) => connectToEndpoint({ origin: "sandbox", endpoint: url, token, httpClient }),
  });

/** Lets the time be up for the next requests that match, one after the other, once Azure has each. */
async function timeIsUp(world: World, match: Match, times = 1): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    const { headers } = await world.hold(match).reached();
    const limit = underWay.get(headers["x-ms-client-request-id"] ?? "") ?? assert.fail("without a limit");
    limit.abort();
  }
}

describe("an answer that comes after the time limit", { concurrency: true }, () => {
  before(() => {
    const { any } = AbortSignal;
    mock.method(AbortSignal, "timeout", () => {
      const limit = new AbortController();
      limits.set(limit.signal, limit);
      return limit.signal;
    });
    mock.method(AbortSignal, "any", (signals: readonly AbortSignal[]) => {
      const joined = any.call(AbortSignal, [...signals]);
      for (const signal of signals) {
        const limit = limits.get(signal);
        if (limit !== undefined) limits.set(joined, limit);
      }
      return joined;
    });
  });

  test("of a list: it is asked again, and nothing is missing", async () => {
    await using world = await limitedWorld({ unread: true, withoutGraph: true });
    const up = timeIsUp(world, { path: `${production}/.*/virtualMachineScaleSets\\?` });
    await world.refresh();
    await up;
    const asked = (await world.requests()).filter(({ path }) => path.endsWith("/virtualMachineScaleSets"));
    assert.equal(asked.length, 4, "3 subscriptions, one of them again");
    await world.assertTreeIsTrue();
  });

  test("of a list, again and again: it is told, the rest is there", async () => {
    await using world = await limitedWorld({ unread: true, withoutGraph: true });
    const up = timeIsUp(world, { path: `${production}/.*/maintenanceConfigurations\\?` }, 4);
    await world.refresh();
    await up;
    assert.match(
      problems(world),
      /Couldn't reach [\w.:]+: it didn't answer in time\.[^]*Error code: ETIMEDOUT/,
    );
    assert.match(treeText(world), /Contoso Staging · /);
  });

  test("of a PUT that was applied: the read-back shows it, and it was sent once", async () => {
    await using world = await limitedWorld();
    const up = timeIsUp(world, { method: "PUT" });
    const { outcomes, report } = await world.apply(associateAll(world, "vmss-cache-prod"));
    await up;
    assert.deepEqual(outcomes, ["done"], report);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PUT configurationAssignments/mc-prod-nightly": [1, 1],
    });
    await world.assertTreeIsTrue();
  });

  test("of a PATCH that was not applied: it is told as not confirmed, and was sent once", async () => {
    await using world = await limitedWorld();
    await world.order({ match: { method: "PATCH" }, do: { reset: "before" } });
    const up = timeIsUp(world, { method: "PATCH" });
    const { outcomes, report } = await world.apply(enable(world, "vmss-cache-prod"));
    await up;
    assert.deepEqual(outcomes, ["notConfirmed"]);
    assert.match(report, /No answer within 60 s\./);
    assert.deepEqual(writeCounts(await world.requests()), {
      "PATCH virtualMachineScaleSets/vmss-cache-prod": [1, 0],
    });
    await world.assertTreeIsTrue();
  });
});
