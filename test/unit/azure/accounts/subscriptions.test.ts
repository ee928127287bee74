import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Clients } from "../../../../src/azure/clients/clients.ts";
import type { Connection, Subscription, TenantAccess } from "../../../../src/azure/contracts.ts";
import { AzureError } from "../../../../src/azure/errors/errors.ts";
import { createLimit } from "../../../../src/core/limit.ts";
import { Subscriptions } from "../../../../src/azure/accounts/subscriptions.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import { never, recordingLog } from "../support.ts";

type Answers = Readonly<Record<string, Promise<readonly unknown[]>>>;

/** What names an access in these tests: `me` for the home of an account, `me in t1` for one of its tenants. */
const names = new WeakMap<TenantAccess, string>();

function access(name: string): TenantAccess {
  const made = { credential: { getToken: async () => null } };
  names.set(made, name);
  return made;
}

/** Accounts by name, the tenants that each sees, and what each of these answers, by the name of the access. */
function directory(
  accounts: Readonly<Record<string, readonly string[] | Promise<readonly string[]>>>,
  answers: Answers,
  homes: Readonly<Record<string, string>> = {},
) {
  /** Where subscriptions were asked for. */
  const asked: string[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const counted = async <T>(answer: T | Promise<T>): Promise<T> => {
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    try {
      return await answer;
    } finally {
      inFlight--;
    }
  };
  const connection: Connection = {
    origin: "azure",
    cloud: { name: "test", endpoint: "https://arm.invalid", scopes: [] },
    accounts: async () =>
      Object.keys(accounts).map((id) => ({
        name: { id, label: `${id}@contoso.com` },
        home: access(id),
        homeTenantId: async () => homes[id],
        into: (tenantId) => access(`${id} in ${tenantId}`),
      })),
  };
  const clientsOf = (made: TenantAccess) => {
    const name = names.get(made) ?? "";
    const tenants = async () => {
      const known = (await counted(accounts[name])) ?? [];
      return known.map((tenantId) => ({ tenantId, displayName: `Tenant ${tenantId}` }));
    };
    const subscriptions = () => {
      asked.push(name);
      return counted(answers[name]);
    };
    return { name, resourceManager: { tenants, subscriptions } } as unknown as Clients;
  };
  const { log, lines } = recordingLog();
  const found: Subscription[] = [];
  const named: Subscription[] = [];
  const failed: string[] = [];
  const tenants: string[] = [];
  const subscriptions = new Subscriptions(connection, clientsOf, createLimit(6), log);
  const listed = subscriptions.list(never, {
    onTenants: (account, count) => void tenants.push(`${account?.id} ${count}`),
    onFound: (all) => void found.push(...all),
    onNamed: (all) => void named.push(...all),
    onTenantFailed: ({ displayName, account }) => void failed.push(`${displayName} for ${account?.id}`),
  });
  const through = async (id: string) =>
    (await subscriptions.clientsFor(id, never)) as unknown as { readonly name: string };
  return {
    subscriptions,
    listed,
    found,
    named,
    failed,
    asked,
    tenants,
    lines,
    through,
    mostInFlight: () => mostInFlight,
  };
}

const ids = (found: readonly Subscription[]) =>
  found.map(({ subscriptionId, tenantId }) => `${subscriptionId} of ${tenantId}`);

const sub = (subscriptionId: string, tenantId: string) => ({
  subscriptionId,
  tenantId,
  displayName: subscriptionId,
});
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe("the subscriptions of several accounts and tenants", () => {
  it("come once, under their own tenant and through it, even if another tenant shows them first", async () => {
    const own = Promise.withResolvers<readonly unknown[]>();
    const { listed, found, through } = directory(
      { guest: ["t2"], me: ["t1"] },
      {
        "guest in t2": Promise.resolve([sub("s1", "t1"), sub("s2", "t2")]),
        "me in t1": own.promise,
      },
    );
    await tick();
    assert.deepEqual(ids(found), ["s2 of t2"], "what needs no other tenant's answer comes at once");
    own.resolve([sub("S1", "t1")]);
    await listed;
    assert.deepEqual(ids(found), ["s2 of t2", "S1 of t1"]);
    assert.equal((await through("s1")).name, "me in t1");
  });

  it("know through whom they were reached", async () => {
    const { listed, found } = directory(
      { me: ["t1"] },
      { "me in t1": Promise.resolve([sub("s1", "t1"), sub("delegated", "t9")]) },
    );
    await listed;
    const through = {
      tenantId: "t1",
      tenantName: "Tenant t1",
      account: { id: "me", label: "me@contoso.com" },
    };
    assert.deepEqual(
      found.map((subscription) => [subscription.tenantId, subscription.through]),
      [
        ["t1", through],
        ["t9", through],
      ],
    );
  });

  it("are reached through the first of two accounts in their tenant, whichever answers first", async () => {
    const slow = Promise.withResolvers<readonly unknown[]>();
    const { listed, found, through } = directory(
      { me: ["t1"], admin: ["t1", "t2"] },
      {
        "me in t1": slow.promise,
        "admin in t1": Promise.resolve([sub("s1", "t1"), sub("hers", "t1")]),
        "admin in t2": Promise.resolve([sub("s2", "t2")]),
      },
    );
    await tick();
    assert.deepEqual(ids(found), ["s2 of t2"]);
    slow.resolve([sub("s1", "t1")]);
    await listed;
    assert.deepEqual(ids(found).toSorted(), ["hers of t1", "s1 of t1", "s2 of t2"]);
    assert.equal((await through("s1")).name, "me in t1");
    assert.equal((await through("hers")).name, "admin in t1");
  });

  it("wait for the tenants of every account before another's tenant may show them", async () => {
    const late = Promise.withResolvers<readonly string[]>();
    const { listed, found, through } = directory(
      { guest: ["t2"], me: late.promise },
      {
        "guest in t2": Promise.resolve([sub("s1", "t1")]),
        "me in t1": Promise.resolve([sub("s1", "t1")]),
      },
    );
    await tick();
    assert.deepEqual(found, []);
    late.resolve(["t1"]);
    await listed;
    assert.deepEqual(ids(found), ["s1 of t1"]);
    assert.equal((await through("s1")).name, "me in t1");
  });

  it("come through another tenant where their own is not among the user's, or fails, or does not show them", async () => {
    const { listed, found, failed, through } = directory(
      { me: ["t1", "t2", "t3"] },
      {
        "me in t1": Promise.reject(new AzureError({ kind: "forbidden", summary: verbatim("no") })),
        "me in t2": Promise.resolve([sub("delegated", "t9"), sub("s1", "t1"), sub("s3", "t3")]),
        "me in t3": Promise.resolve([]),
      },
    );
    await listed;
    assert.deepEqual(ids(found).toSorted(), ["delegated of t9", "s1 of t1", "s3 of t3"]);
    assert.deepEqual(failed, ["Tenant t1 for me"]);
    assert.equal((await through("s3")).name, "me in t2");
  });

  it("of an account's home are asked for while its tenants are, and once", async () => {
    const late = Promise.withResolvers<readonly string[]>();
    const { listed, found, asked, tenants, through } = directory(
      { me: late.promise },
      { me: Promise.resolve([sub("s1", "t1")]), "me in t2": Promise.resolve([sub("s2", "t2")]) },
      { me: "t1" },
    );
    await tick();
    assert.deepEqual(asked, ["me"]);
    late.resolve(["t1", "t2"]);
    await listed;
    assert.deepEqual(asked, ["me", "me in t2"]);
    assert.deepEqual(ids(found), ["s1 of t1", "s2 of t2"]);
    assert.deepEqual(tenants, ["me 2"]);
    assert.equal((await through("s1")).name, "me in t1");
  });

  it("of a home that is not among the account's tenants are there all the same, and its failure counts for nothing", async () => {
    const { listed, found, failed } = directory(
      { me: ["t1"], guest: ["t2"] },
      {
        me: Promise.resolve([sub("hidden", "t9")]),
        "me in t1": Promise.resolve([sub("s1", "t1")]),
        guest: Promise.reject(new AzureError({ kind: "forbidden", summary: verbatim("no") })),
        "guest in t2": Promise.resolve([]),
      },
      { me: "t9", guest: "t9" },
    );
    await listed;
    assert.deepEqual(ids(found).toSorted(), ["hidden of t9", "s1 of t1"]);
    assert.deepEqual(failed, []);
  });

  it("of an account's home are told before the list of its tenants comes, which may take half a minute", async () => {
    const late = Promise.withResolvers<readonly string[]>();
    const { listed, found, named, through } = directory(
      { me: late.promise },
      { me: Promise.resolve([sub("s1", "t1"), sub("delegated", "t9")]), "me in t2": Promise.resolve([]) },
      { me: "t1" },
    );
    await tick();
    assert.deepEqual(ids(found), ["s1 of t1"], "another's may still come through its own tenant");
    assert.equal(named.length, 0);
    assert.equal((await through("s1")).name, "me in t1");
    late.resolve(["t1", "t2"]);
    await listed;
    assert.deepEqual(ids(found), ["s1 of t1", "delegated of t9"]);
    assert.deepEqual(
      named.map(({ subscriptionId, through: { tenantName } }) => `${subscriptionId} through ${tenantName}`),
      ["s1 through Tenant t1"],
    );
    assert.equal(found[1]?.through.tenantName, "Tenant t1");
  });

  it("of one tenant share their clients, also once its name is known", async () => {
    const late = Promise.withResolvers<readonly string[]>();
    const { listed, through } = directory(
      { me: late.promise },
      { me: Promise.resolve([sub("s1", "t1"), sub("s2", "t1")]) },
      { me: "t1" },
    );
    await tick();
    const before = await through("s1");
    assert.equal(await through("s2"), before);
    late.resolve(["t1"]);
    await listed;
    assert.notEqual(await through("s1"), before, "those of the tenant's name");
    assert.equal(await through("s2"), await through("s1"));
  });

  it("of homes are told before any list of tenants, each through the account whose home it is", async () => {
    const late = Promise.withResolvers<readonly string[]>();
    const { listed, found, through } = directory(
      { me: late.promise, admin: late.promise },
      {
        me: Promise.resolve([sub("s1", "t1"), sub("s2", "t2")]),
        admin: Promise.resolve([sub("s2", "t2")]),
        "me in t2": Promise.resolve([sub("s2", "t2")]),
        "admin in t1": Promise.resolve([sub("s1", "t1")]),
      },
      { me: "t1", admin: "t2" },
    );
    await tick();
    assert.deepEqual(ids(found), ["s1 of t1", "s2 of t2"]);
    late.resolve(["t1", "t2"]);
    await listed;
    assert.deepEqual(ids(found), ["s1 of t1", "s2 of t2"], "each once");
    assert.equal((await through("s2")).name, "admin in t2");
  });

  it("of other tenants do not wait for those of a slow home", async () => {
    const slow = Promise.withResolvers<readonly unknown[]>();
    const { listed, found } = directory(
      { me: ["t1", "t2"] },
      { me: slow.promise, "me in t2": Promise.resolve([sub("s2", "t2")]) },
      { me: "t1" },
    );
    await tick();
    assert.deepEqual(ids(found), ["s2 of t2"]);
    slow.resolve([sub("s1", "t1")]);
    await listed;
    assert.deepEqual(ids(found), ["s2 of t2", "s1 of t1"]);
  });

  it("are told with their state where they are not enabled", async () => {
    const states = ["Enabled", "PastDue", "Disabled", "Deleted", undefined];
    const all = states.map((state, place) => ({ ...sub(`s${place}`, "t1"), ...(state && { state }) }));
    const { listed, found } = directory({ me: ["t1"] }, { "me in t1": Promise.resolve(all) });
    await listed;
    assert.deepEqual(
      found.map(({ state }) => state),
      [undefined, "PastDue", "Disabled", "Deleted", undefined],
    );
  });

  it("of a home that fails are told as its tenant's failure", async () => {
    const failure = new AzureError({ kind: "network", summary: verbatim("down") });
    const { listed, found, failed, asked } = directory(
      { me: ["t1", "t2"] },
      { me: Promise.reject(failure), "me in t2": Promise.resolve([sub("s2", "t2")]) },
      { me: "t1" },
    );
    await listed;
    assert.deepEqual(ids(found), ["s2 of t2"]);
    assert.deepEqual(failed, ["Tenant t1 for me"]);
    assert.deepEqual(asked, ["me", "me in t2"]);
  });

  it("come once where two accounts reach the same tenant", async () => {
    const { listed, found } = directory(
      { me: ["t1"], admin: ["t1"] },
      {
        "me in t1": Promise.resolve([sub("s1", "t1")]),
        "admin in t1": Promise.resolve([sub("s1", "t1"), sub("s2", "t1")]),
      },
    );
    await listed;
    assert.deepEqual(ids(found).toSorted(), ["s1 of t1", "s2 of t1"]);
  });

  it("of an account whose tenants cannot be listed are missing, those of the others come", async () => {
    const failure = new AzureError({ kind: "notSignedIn", summary: verbatim("sign in") });
    const { listed, found, failed } = directory(
      { locked: Promise.reject(failure), me: ["t1"] },
      { "me in t1": Promise.resolve([sub("s1", "t1")]) },
    );
    await listed;
    assert.deepEqual(ids(found), ["s1 of t1"]);
    assert.deepEqual(failed, ["locked@contoso.com for locked"]);
  });

  it("leave out an item without an id, and say so in the log", async () => {
    const { listed, found, lines } = directory(
      { me: ["t1"] },
      { "me in t1": Promise.resolve([{ displayName: "?" }, null, sub("s1", "t1")]) },
    );
    await listed;
    assert.deepEqual(ids(found), ["s1 of t1"]);
    assert.equal(lines.length, 2);
  });

  it("are asked for at most six at a time, however many tenants there are", async () => {
    const tenants = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const { listed, found, mostInFlight } = directory(
      { me: tenants },
      Object.fromEntries(tenants.map((id) => [`me in ${id}`, tick().then(() => [sub(`s-${id}`, id)])])),
    );
    await listed;
    assert.equal(found.length, 40);
    assert.equal(mostInFlight(), 6);
  });

  it("are named as not reached when no tenant shows them, and by the tenant's failure when one failed", async () => {
    const good = directory({ me: ["t1"] }, { "me in t1": Promise.resolve([]) });
    await assert.rejects(good.subscriptions.clientsFor("s9", never), /no access to subscription s9/);
    const bad = directory(
      { me: ["t1"] },
      { "me in t1": Promise.reject(new AzureError({ kind: "network", summary: verbatim("down") })) },
    );
    const error = await bad.subscriptions
      .clientsFor("s9", never)
      .catch((reason: unknown) => reason as AzureError);
    assert.ok(error instanceof AzureError);
    assert.equal(error.problem.kind, "network");
  });
});
