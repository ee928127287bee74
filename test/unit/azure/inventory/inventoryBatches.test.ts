import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { HttpClient } from "@azure/core-rest-pipeline";
import type { Connection, InventoryEvent } from "../../../../src/azure/contracts.ts";
import { openAzure } from "../../../../src/azure/open.ts";
import { at } from "../../../../src/core/resources/json.ts";
import { answer, collected, never, recordingLog } from "../support.ts";

interface Listed {
  readonly subscriptionId: string;
  /** The owner, where it is not the tenant that lists it. */
  readonly tenantId?: string;
}

/** Accounts, and the subscriptions that each sees in each tenant. */
type Directory = Readonly<Record<string, Readonly<Record<string, readonly Listed[]>>>>;

/** A query, by who asked, in which tenant. */
interface Query {
  readonly account: string;
  readonly tenant: string;
  readonly subscriptions: readonly string[];
}

/**
 * An Azure that lists a directory, and has one configuration in each subscription. `last` names the account whose subscriptions are listed
 * after another's.
 */
function createWorld(directory: Directory, last?: string) {
  const anotherIsListed = Promise.withResolvers<void>();
  const queries: Query[] = [];
  let now = 0;
  /** Of each account: 15 queries in 5 s. */
  const quotas = new Map<string, { readonly ends: number; left: number }>();
  const quotaOf = (account: string) => {
    const known = quotas.get(account);
    const quota = known !== undefined && known.ends > now ? known : { ends: now + 5000, left: 15 };
    quotas.set(account, quota);
    return quota;
  };
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      const [account = "", tenant = ""] = (request.headers.get("authorization") ?? "").slice(7).split("/");
      const path = new URL(request.url).pathname;
      const tenants = directory[account] ?? {};
      if (path === "/tenants") {
        const value = Object.keys(tenants).map((tenantId) => ({ tenantId, displayName: tenantId }));
        return answer(request, 200, { value });
      }
      if (path === "/subscriptions") {
        const value = (tenants[tenant] ?? []).map((one) => ({ tenantId: tenant, ...one }));
        if (account === last) await anotherIsListed.promise;
        else setImmediate(() => anotherIsListed.resolve());
        return answer(request, 200, { value });
      }
      assert.equal(path, "/providers/Microsoft.ResourceGraph/resources");
      const quota = quotaOf(account);
      assert.ok(quota.left-- > 0, "a query above the quota");
      const body: unknown = JSON.parse(request.body as string);
      const subscriptions = at(body, "subscriptions") as readonly string[];
      queries.push({ account, tenant, subscriptions });
      const rows = subscriptions.map((id) => [
        `/subscriptions/${id}/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/mc`,
        "configurations",
        id,
      ]);
      const columns = ["id", "part", "subscriptionId"].map((name) => ({ name, type: "string" }));
      return answer(
        request,
        200,
        { totalRecords: rows.length, count: rows.length, resultTruncated: "false", data: { columns, rows } },
        {
          "x-ms-user-quota-remaining": `${quota.left}`,
          "x-ms-user-quota-resets-after": `00:00:0${Math.ceil((quota.ends - now) / 1000)}`,
        },
      );
    },
  };
  const access = (token: string) => ({
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Infinity }) },
  });
  const connection: Connection = {
    origin: "azure",
    cloud: { name: "test", endpoint: "https://arm.invalid", scopes: [] },
    httpClient,
    accounts: async () =>
      Object.keys(directory).map((id) => ({
        name: { id, label: id },
        home: access(`${id}/`),
        into: (tenantId) => access(`${id}/${tenantId}`),
      })),
  };
  const waited: number[] = [];
  const time = {
    now: () => now,
    random: () => 0,
    wait: async (ms: number) => {
      waited.push(ms);
      const end = now + ms;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, end);
    },
  };
  const { log } = recordingLog();
  return { azure: openAzure(connection, log, "0.0.0", time), queries, waited };
}

const many = (count: number, prefix = "s") =>
  Array.from({ length: count }, (_, index) => ({
    subscriptionId: `${prefix}${String(index).padStart(4, "0")}`,
  }));

const listedIn = (events: readonly InventoryEvent[]) =>
  events.flatMap((event) => (event.kind === "listed" ? event.subscriptionIds : []));

describe("the queries of an inventory", () => {
  /** How many subscriptions each query about a tenant names. */
  const sizes = (queries: readonly Query[]): Readonly<Record<string, readonly number[]>> =>
    Object.fromEntries(
      [...Map.groupBy(queries, ({ tenant }) => tenant)].map(([tenant, all]) => [
        tenant,
        all.map(({ subscriptions }) => subscriptions.length),
      ]),
    );

  it("are about 100 subscriptions, and about the same number each, while they are few", async () => {
    const { azure, queries } = createWorld({
      megan: { t1: many(400, "a"), t2: many(100, "b"), t3: many(301, "c") },
    });
    const events = await collected(azure.inventory(never));
    assert.deepEqual(sizes(queries), { t1: [100, 100, 100, 100], t2: [100], t3: [76, 76, 76, 73] });
    assert.equal(new Set(listedIn(events)).size, 801);
  });

  it("are about 300 subscriptions at most, and above 100 of them only so many that the quota has some left", async () => {
    const directory = (count: number, each: number) =>
      Object.fromEntries(
        many(count, "t").map(({ subscriptionId: id }) => [id, many(each, `${id}-`)] as const),
      );
    for (const { tenants, each, expected } of [
      { tenants: 1, each: 1200, expected: 12 },
      { tenants: 1, each: 3300, expected: 12 },
      { tenants: 1, each: 3900, expected: 13 },
      { tenants: 4, each: 700, expected: 12 },
      { tenants: 5, each: 700, expected: 15 },
      { tenants: 7, each: 250, expected: 7 },
    ]) {
      const { azure, queries } = createWorld({ megan: directory(tenants, each) });
      const events = await collected(azure.inventory(never));
      assert.equal(queries.length, expected, `${tenants} tenants with ${each} each`);
      assert.ok(queries.every(({ subscriptions }) => subscriptions.length <= 300));
      assert.equal(new Set(listedIn(events)).size, tenants * each);
    }
  });

  it("are as few for each account as its own tenants allow", async () => {
    const { azure, queries } = createWorld({
      megan: { m1: many(600, "m") },
      alex: Object.fromEntries(
        Array.from({ length: 6 }, (_, index) => [`a${index}`, many(400, `a${index}-`)]),
      ),
    });
    await collected(azure.inventory(never));
    const { m1, a0 } = sizes(queries);
    assert.deepEqual([m1?.length, a0?.length], [6, 2]);
  });

  it("leave out what the user's filter hides before the batches are made, whatever the casing of the ids", async () => {
    const { azure, queries } = createWorld({ megan: { t1: many(900, "A") } });
    const wanted = new Set(many(301, "a").map(({ subscriptionId }) => subscriptionId));
    const events = await collected(
      azure.inventory(never, ({ subscriptionId }) => wanted.has(subscriptionId.toLowerCase())),
    );
    assert.deepEqual(
      queries.map(({ subscriptions }) => subscriptions.length),
      [76, 76, 76, 73],
    );
    assert.equal(listedIn(events).length, 301);
  });

  it("go on for more than 10,000 subscriptions: each names its own", async () => {
    const { azure, queries } = createWorld({ megan: { t1: many(10_800) } });
    const events = await collected(azure.inventory(never));
    assert.equal(queries.length, 36);
    assert.equal(new Set(listedIn(events)).size, 10_800);
  });

  it("ask about each subscription once, through the first account that reaches its tenant", async () => {
    const shared = many(3);
    const { azure, queries } = createWorld({
      megan: { t1: shared },
      alex: { t1: [...shared, ...many(1, "only-alex")] },
    });
    const events = await collected(azure.inventory(never));
    assert.deepEqual(
      queries.map(({ account, subscriptions }) => `${account} ${subscriptions.length}`).toSorted(),
      ["alex 1", "megan 3"],
    );
    assert.equal(listedIn(events).length, 4);
  });

  it("are each of one account, also where what two of them reach becomes known at once", async () => {
    const directory = { megan: { t1: many(2, "m") }, alex: { t1: many(1, "a") } };
    const { azure, queries } = createWorld(directory, "megan");
    const events = await collected(azure.inventory(never));
    assert.deepEqual(
      events.flatMap((event) => (event.kind === "subscriptions" ? event.subscriptions.length : [])),
      [3],
    );
    assert.deepEqual(
      queries.map(({ account, subscriptions }) => [account, ...subscriptions].join(" ")).toSorted(),
      ["alex a0000", "megan m0000 m0001"],
    );
  });

  it("ask about a delegated subscription through the tenant that it was reached through", async () => {
    const delegated = { subscriptionId: "customers", tenantId: "customer" };
    const { azure, queries } = createWorld({ megan: { provider: [delegated, ...many(1)] } });
    const events = await collected(azure.inventory(never));
    assert.deepEqual(queries, [
      { account: "megan", tenant: "provider", subscriptions: ["customers", "s0000"] },
    ]);
    assert.deepEqual(listedIn(events), ["customers", "s0000"]);
  });

  const tenants = (prefix: string, count: number) =>
    Object.fromEntries(many(count, prefix).map(({ subscriptionId: id }) => [id, many(1, `${id}-`)]));

  it("share one quota over all tenants of an account, and not with another account", async () => {
    const { azure, queries, waited } = createWorld({ megan: tenants("m", 15), alex: tenants("a", 15) });
    await collected(azure.inventory(never));
    assert.equal(queries.length, 30);
    assert.deepEqual(waited, []);
  });

  it("wait where the quota of their account is used up, and none is refused", async () => {
    const { azure, queries, waited } = createWorld({ megan: tenants("m", 40) });
    const ends: (number | undefined)[] = [];
    azure.waits.onDidChange(() => ends.push(azure.waits.endsAt));
    const events = await collected(azure.inventory(never));
    assert.equal(queries.length, 40);
    assert.equal(listedIn(events).length, 40);
    assert.ok(waited.length > 0 && ends.length > 0);
    assert.equal(ends.at(-1), undefined);
  });
});
