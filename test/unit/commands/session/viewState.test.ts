import assert from "node:assert/strict";
import { test } from "node:test";
import { viewStateOf } from "../../../../src/commands/session/viewState.ts";
import { message } from "../../../../src/core/text/message.ts";
import type { Snapshot, SubscriptionRecord } from "../../../../src/fleet/snapshot/snapshot.ts";

const problem = { kind: "network", summary: message("No route.") } as const;
const ready = { state: "ready" } as const;
const record: SubscriptionRecord = {
  subscription: {
    subscriptionId: "s",
    displayName: "Shop",
    tenantId: "t",
    through: { tenantId: "t", tenantName: "Contoso" },
  },
  configurations: ready,
  scaleSets: ready,
  assignments: ready,
};
const empty = {
  subscriptions: new Map<string, SubscriptionRecord>(),
  failedTenants: [],
  hiddenSubscriptions: 0,
  loading: false,
} satisfies Partial<Snapshot>;

test("until it is connected, the view shows how far the session is", () => {
  assert.equal(viewStateOf("idle", empty), "idle");
  assert.equal(viewStateOf("signingIn", empty), "signingIn");
  assert.equal(viewStateOf("connecting", empty), "loading");
  assert.equal(viewStateOf("signedOut", empty), "signedOut");
  assert.equal(viewStateOf("failed", empty), "failed");
});

test("a reading under way is loading only until there is something to show", () => {
  assert.equal(viewStateOf("connected", { ...empty, loading: true }), "loading");
  const some = { ...empty, loading: true, subscriptions: new Map([["s", record]]) };
  assert.equal(viewStateOf("connected", some), "ready");
});

test("an empty fleet says why: failed, hidden by the filter, or no subscription", () => {
  assert.equal(viewStateOf("connected", { ...empty, problem, hiddenSubscriptions: 2 }), "failed");
  assert.equal(viewStateOf("connected", { ...empty, hiddenSubscriptions: 2 }), "filterEmpty");
  assert.equal(viewStateOf("connected", empty), "noSubscriptions");
});

test("a tenant that failed is a node of its own and needs no welcome view", () => {
  const failedTenants = [{ tenantId: "t", displayName: "Contoso", problem }];
  assert.equal(viewStateOf("connected", { ...empty, failedTenants }), "ready");
});

test("what an earlier window saved is shown while the session is still connecting", () => {
  const some = { ...empty, subscriptions: new Map([["s", record]]) };
  assert.equal(viewStateOf("connecting", some), "ready");
});
