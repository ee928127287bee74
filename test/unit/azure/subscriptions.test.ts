import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Clients } from "../../../src/azure/clients.ts";
import type { Connection, TenantAccess } from "../../../src/azure/contracts.ts";
import { AzureError } from "../../../src/azure/errors.ts";
import { createLimit } from "../../../src/azure/limit.ts";
import { Subscriptions } from "../../../src/azure/subscriptions.ts";
import { verbatim } from "../../../src/core/message.ts";
import { never, recordingLog } from "./support.ts";

type Answers = Readonly<Record<string, Promise<readonly unknown[]>>>;

/** Tenants that answer as `answers` say, keyed by the name that the test gives the access. */
function directory(accesses: readonly (readonly [name: string, tenantId: string])[], answers: Answers) {
  const tenants = accesses.map(([displayName, tenantId]): TenantAccess => ({
    tenantId,
    displayName,
    credential: { getToken: async () => null },
  }));
  const connection: Connection = {
    origin: "azure",
    cloud: { name: "test", endpoint: "https://arm.invalid", scopes: [] },
    tenants: async () => tenants,
  };
  const clientsOf = ({ displayName }: TenantAccess) =>
    ({
      name: displayName,
      resourceManager: { subscriptions: () => answers[displayName] },
    }) as unknown as Clients;
  const { log, lines } = recordingLog();
  const found: string[] = [];
  const failed: string[] = [];
  const subscriptions = new Subscriptions(connection, clientsOf, createLimit(6), log);
  const listed = subscriptions.list(never, {
    onFound: (all) =>
      void found.push(...all.map(({ subscriptionId, tenantId }) => `${subscriptionId} of ${tenantId}`)),
    onTenantFailed: ({ displayName }) => void failed.push(displayName),
  });
  const through = async (id: string) =>
    (await subscriptions.clientsFor(id, never)) as unknown as { readonly name: string };
  return { subscriptions, listed, found, failed, lines, through };
}

const sub = (subscriptionId: string, tenantId: string) => ({
  subscriptionId,
  tenantId,
  displayName: subscriptionId,
});
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe("the subscriptions of several tenants", () => {
  it("come once, under their own tenant and through it, even if another tenant shows them first", async () => {
    const own = Promise.withResolvers<readonly unknown[]>();
    const { listed, found, through } = directory(
      [
        ["guest", "t2"],
        ["home", "t1"],
      ],
      {
        guest: Promise.resolve([sub("s1", "t1"), sub("s2", "t2")]),
        home: own.promise,
      },
    );
    await tick();
    assert.deepEqual(found, ["s2 of t2"], "what needs no other tenant's answer comes at once");
    own.resolve([sub("S1", "t1")]);
    await listed;
    assert.deepEqual(found, ["s2 of t2", "S1 of t1"]);
    assert.equal((await through("s1")).name, "home");
  });

  it("come through another tenant where their own is not among the user's, or fails, or does not show them", async () => {
    const { listed, found, failed, through } = directory(
      [
        ["broken", "t1"],
        ["guest", "t2"],
        ["empty", "t3"],
      ],
      {
        broken: Promise.reject(new AzureError({ kind: "forbidden", summary: verbatim("no") })),
        guest: Promise.resolve([sub("delegated", "t9"), sub("s1", "t1"), sub("s3", "t3")]),
        empty: Promise.resolve([]),
      },
    );
    await listed;
    assert.deepEqual(found.toSorted(), ["delegated of t9", "s1 of t1", "s3 of t3"]);
    assert.deepEqual(failed, ["broken"]);
    assert.equal((await through("s3")).name, "guest");
  });

  it("come once where two accounts reach the same tenant", async () => {
    const { listed, found } = directory(
      [
        ["me", "t1"],
        ["admin", "t1"],
      ],
      {
        me: Promise.resolve([sub("s1", "t1")]),
        admin: Promise.resolve([sub("s1", "t1"), sub("s2", "t1")]),
      },
    );
    await listed;
    assert.deepEqual(found, ["s1 of t1", "s2 of t1"]);
  });

  it("leave out an item without an id, and say so in the log", async () => {
    const { listed, found, lines } = directory([["me", "t1"]], {
      me: Promise.resolve([{ displayName: "?" }, null, sub("s1", "t1")]),
    });
    await listed;
    assert.deepEqual(found, ["s1 of t1"]);
    assert.equal(lines.length, 2);
  });

  it("are named as not reached when no tenant shows them, and by the tenant's failure when one failed", async () => {
    const good = directory([["me", "t1"]], { me: Promise.resolve([]) });
    await assert.rejects(good.subscriptions.clientsFor("s9", never), /s9 is not among those/);
    const bad = directory([["me", "t1"]], {
      me: Promise.reject(new AzureError({ kind: "network", summary: verbatim("down") })),
    });
    const error = await bad.subscriptions
      .clientsFor("s9", never)
      .catch((reason: unknown) => reason as AzureError);
    assert.ok(error instanceof AzureError);
    assert.equal(error.problem.kind, "network");
  });
});
