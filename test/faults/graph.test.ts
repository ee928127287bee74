import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertCancelEndsTheWait } from "./support/waiting.ts";
import { createWorld, isGraph, problems, treeText, trustSandbox, type World } from "./support/world.ts";

trustSandbox();

const graph = { match: { method: "POST", path: "^/providers/Microsoft.ResourceGraph/resources" } };

/** A fleet whose first read meets these faults. */
async function worldWith(...faults: readonly unknown[]): Promise<World> {
  const world = await createWorld({ unread: true });
  await world.order(...faults);
  return world;
}

/** How often Resource Graph was asked, and how often a scale sets' list of ARM's. */
async function asked(world: World): Promise<readonly [queries: number, lists: number]> {
  const paths = (await world.requests()).map(({ path }) => path);
  const isList = (path: string) =>
    /^\/subscriptions\/[^/]+\/providers\/.*\/virtualMachineScaleSets$/i.test(path);
  return [paths.filter(isGraph).length, paths.filter(isList).length];
}

const everything = /mc-prod-nightly[^]*vmss-web-prod · Scheduled · mc-prod-nightly[^]*Contoso Staging · /;

describe("Resource Graph that fails for now", { concurrency: true }, () => {
  test("429 with the time until its quota is full: it waits so long, says so meanwhile, and shows everything", async () => {
    await using world = await worldWith({
      ...graph,
      do: {
        status: 429,
        headers: { "x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:01" },
        body: { error: { code: "RateLimiting", message: "Client application has been throttled." } },
      },
    });
    const ends: (number | undefined)[] = [];
    world.azure.waits.onDidChange(() => ends.push(world.azure.waits.endsAt));
    await world.refresh();
    assert.equal(typeof ends[0], "number");
    assert.equal(ends.at(-1), undefined);
    assert.match(treeText(world), everything);
    assert.deepEqual(await asked(world), [3, 0], "2 tenants, one of them twice");
    await world.assertTreeIsTrue();
  });

  test("cancelled while Azure asks to wait: it ends at once and asks no more", () =>
    assertCancelEndsTheWait({
      ...graph,
      do: { status: 429, headers: { "x-ms-user-quota-resets-after": "00:01:00" } },
    }));

  for (const [what, effect] of Object.entries({
    "503": { status: 503 },
    "the connection breaks before the answer": { reset: "before" },
    "the connection breaks in the middle of the body": { truncate: "broken" },
  })) {
    test(`${what}: asked again, and nothing is missing or there twice`, async () => {
      await using world = await worldWith({ ...graph, do: effect });
      await world.refresh();
      assert.deepEqual(await asked(world), [3, 0]);
      await world.assertTreeIsTrue();
    });
  }
});

describe("Resource Graph that fails in another way", { concurrency: true }, () => {
  const notOurs = /Couldn't load the (scale sets|maintenance)/;

  for (const [what, effect, log] of [
    ["429 for longer than two minutes", { status: 429, headers: { "retry-after": "600" } }, /throttled/],
    [
      "500 that does not end",
      { status: 500, body: { error: { code: "InternalServerError", message: "An error has occurred." } } },
      /InternalServerError/,
    ],
    ["503 without a body that does not end", { status: 503 }, /server/],
    ["an answer that is no JSON", { status: 200, body: "<html>Hotel network" }, /malformed/],
    [
      "an answer of another form",
      { status: 200, body: { totalRecords: 1, count: 1, data: [{ id: "/x" }], facets: [] } },
      /malformed/,
    ],
  ] as const) {
    test(`${what}: ARM's lists are asked, its subscriptions and the log say so, and the next read asks it again`, async () => {
      await using world = await worldWith({ ...graph, times: "always", do: effect });
      await world.refresh();
      assert.match(treeText(world), everything);
      assert.match(treeText(world), /Contoso Production · .*listed without Resource Graph/);
      assert.doesNotMatch(problems(world), notOurs);
      const [, lists] = await asked(world);
      assert.equal(lists, 3);
      const warnings = world.log.filter((line) => /ARM's lists are used instead/.test(line));
      assert.equal(warnings.length, 2, "one for each tenant");
      assert.match(warnings.join(), log);
      await world.calm();
      await world.clock.wait(600_000);
      await world.refresh();
      assert.deepEqual(await asked(world), [2, 0]);
      assert.doesNotMatch(treeText(world), /without Resource Graph/);
      await world.assertTreeIsTrue();
    });
  }

  test("a second read that fails does not take away what the first one showed", async () => {
    await using world = await createWorld();
    await world.order({ ...graph, times: "always", do: { status: 200, body: "<html>Hotel network" } });
    await world.order({
      match: { method: "GET", path: "/virtualMachineScaleSets(\\?|$)" },
      times: "always",
      do: { status: 200, body: "<html>Hotel network" },
    });
    await world.refresh();
    assert.match(problems(world), /Couldn't load the scale sets of Contoso Production\.[^]*Hotel network/);
    assert.match(treeText(world), /vmss-web-prod · /);
  });
});

describe("Resource Graph that refuses", { concurrency: true }, () => {
  for (const [what, answer] of Object.entries({
    "403": { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } },
    "404, as in a cloud without it": {
      status: 404,
      body: { error: { code: "InvalidResourceNamespace", message: "The resource namespace is invalid." } },
    },
    "400 for the query": {
      status: 400,
      body: {
        error: { code: "BadRequest", message: "?", details: [{ code: "InvalidQuery", message: "No." }] },
      },
    },
  })) {
    test(`${what}: ARM's lists are asked, and the tree has the same`, async () => {
      await using world = await worldWith({ ...graph, times: "always", do: answer });
      await world.refresh();
      assert.match(treeText(world), everything);
      const [queries, lists] = await asked(world);
      assert.deepEqual([queries, lists], [2, 3]);
      assert.deepEqual(world.store.snapshot.withoutGraph.map(({ displayName }) => displayName).toSorted(), [
        "Contoso",
        "Contoso Staging",
      ]);
    });
  }

  test("in one tenant only: the other is read in one query", async () => {
    await using world = await createWorld({ unread: true });
    const ofTenant = { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } };
    await world.order({ ...graph, match: { ...graph.match, nth: 1 }, do: ofTenant });
    await world.refresh();
    const [queries, lists] = await asked(world);
    assert.equal(queries, 2);
    assert.ok(lists === 1 || lists === 2, `those of one tenant, not ${lists}`);
    assert.match(treeText(world), everything);
  });
});
