import assert from "node:assert/strict";
import { test } from "node:test";
import type { Azure } from "../../../../src/azure/contracts.ts";
import { Links } from "../../../../src/commands/links/links.ts";
import type { LinksOptions } from "../../../../src/commands/links/links.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { turnedClock } from "../../../support/turnedClock.ts";
import * as fake from "../../fleet/fakes.ts";

const addressOf = (id: string, cloud = "AzureCloud") => ({
  path: "/reveal",
  query: `id=${id}&cloud=${cloud}`,
  fragment: "",
});

/** A window with the fleet of two subscriptions, or what a test gives it. */
async function windowWith({
  azure = fake.fakeAzure(),
  ...over
}: Partial<LinksOptions> & { azure?: Azure | null } = {}) {
  const done: string[] = [];
  const clock = turnedClock(fake.now);
  const store = await fake.readStore(
    fake.fakeAzure({ read: () => Promise.reject(new fake.Refused("notFound")) }),
  );
  const links = new Links({
    session: { connected: async () => azure ?? undefined, whenRead: async () => undefined },
    store,
    focus: async () => void done.push("focus"),
    reveal: async (id) => void done.push(`reveal ${id}`),
    waiting: (work) => work(new AbortController().signal),
    tell: (text) => done.push(inEnglish(text)),
    fail: (error) => done.push(String(error)),
    pause: () => clock.wait(1000),
    ...over,
  });
  return { links, done, store };
}

test("a set and a configuration are shown, whatever the casing, and nothing else is done", async () => {
  const { links, done } = await windowWith();
  await links.open(addressOf(fake.web.id.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")));
  assert.match(done.join("\n"), /^focus\nreveal .*\/WEB$/);
  done.length = 0;
  await links.open(addressOf(fake.weekly.id));
  assert.deepEqual(done, ["focus", `reveal ${fake.weekly.id}`]);
});

test("what the fleet has not, another cloud and nobody signed in are said, by name", async () => {
  const said = async (id: string, over: Parameters<typeof windowWith>[0] = {}, cloud?: string) => {
    const { links, done } = await windowWith(over);
    await links.open(addressOf(id, cloud));
    assert.equal(done.shift(), "focus");
    return done;
  };
  assert.deepEqual(await said(`${fake.web.id}-2`), ["Not in your fleet: web-2. It may have been deleted."]);
  assert.deepEqual(await said(fake.web.id.replace("AAAA", "cccc")), [
    "Not in your fleet: web. Its subscription may need another account, or your filter hides it.",
  ]);
  assert.deepEqual(await said(fake.web.id, {}, "AzureChinaCloud"), [
    "This link leads to AzureChinaCloud, but this window shows AzureCloud.",
  ]);
  assert.deepEqual(await said(fake.web.id, { azure: fake.fakeAzure({ origin: "sandbox" }) }), [
    "This link leads to AzureCloud, but this window shows Sandbox.",
  ]);
  assert.deepEqual(await said(fake.web.id, { azure: null }), [
    "Sign in, then open the link again to see web.",
  ]);
  const refused = { connected: () => Promise.reject(new Error("refused")), whenRead: async () => undefined };
  assert.deepEqual(await said(fake.web.id, { session: refused }), ["Error: refused"]);
});

test("a fleet that is being read is waited for, and only where it does not have the row yet", async () => {
  const read = Promise.withResolvers<void>();
  const empty = fake.newStore();
  empty.connect(fake.fakeAzure());
  const { links, done } = await windowWith({
    store: empty,
    session: { connected: async () => fake.fakeAzure(), whenRead: () => read.promise },
  });
  const opening = links.open(addressOf(fake.web.id));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(done, ["focus"]);
  await empty.refresh(fake.noSignal());
  read.resolve();
  await opening;
  assert.deepEqual(done, ["focus", `reveal ${fake.web.id}`]);
  const never = await windowWith({
    session: { connected: async () => fake.fakeAzure(), whenRead: () => new Promise(() => undefined) },
  });
  await never.links.open(addressOf(fake.web.id));
  assert.deepEqual(never.done, ["focus", `reveal ${fake.web.id}`]);
});

test("waiting can be cancelled", async () => {
  const controller = new AbortController();
  const cancelled = new DOMException("It was cancelled.", "AbortError");
  const { links, done } = await windowWith({
    session: { connected: () => new Promise(() => undefined), whenRead: async () => undefined },
    waiting: (work) => {
      const waiting = work(controller.signal);
      controller.abort(cancelled);
      return waiting;
    },
  });
  await links.open(addressOf(fake.web.id));
  assert.deepEqual(done, ["focus", String(cancelled)]);
});

test("of thousands that are opened in a row the first and the last are, and one that leads nowhere says so once", async () => {
  const { links, done } = await windowWith();
  const all = [...Array(5000).keys()].map((count) => links.open(addressOf(`${fake.web.id}-${count}`)));
  await Promise.all([...all, links.open(addressOf(fake.weekly.id))]);
  await all[0];
  assert.deepEqual(done, [
    "focus",
    "Not in your fleet: web-0. It may have been deleted.",
    "focus",
    `reveal ${fake.weekly.id}`,
  ]);
  done.length = 0;
  await links.open({ path: "/run", query: "command=x", fragment: "" });
  assert.deepEqual(done, ["This link doesn't lead to a scale set or maintenance configuration."]);
});
