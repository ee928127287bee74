import assert from "node:assert/strict";
import { test } from "node:test";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../../src/core/upgrades/freshness.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { BackgroundRefresh } from "../../../../src/commands/session/backgroundRefresh.ts";
import type { BackgroundRefreshOptions } from "../../../../src/commands/session/backgroundRefresh.ts";
import type { SavedFolder } from "../../../../src/fleet/saved/savedFleets.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { turnedClock } from "../../../support/turnedClock.ts";
import { createLab } from "../../azure/support.ts";
import * as fake from "../../fleet/fakes.ts";

const minuteMs = 60_000;
const start = fake.now;
const megan = "megan";
const adele = "adele";

function folderInMemory(): SavedFolder {
  const files = new Map<string, string>();
  return {
    names: async () => [...files.keys()],
    read: async (name) => files.get(name),
    write: async (name, text) => void files.set(name, text),
    remove: async (name) => void files.delete(name),
  };
}

/** Windows that look every minute by one clock while they are in sight. */
function windowsOn(folder: SavedFolder | undefined) {
  const clock = turnedClock(start);
  const minute = () => Math.round((clock.now() - Date.parse(start)) / minuteMs);
  const open = (over: Partial<BackgroundRefreshOptions> & { accounts?: readonly string[] } = {}) => {
    const { accounts = [megan], ...rest } = over;
    const refreshed: number[] = [];
    let snapshot = { readAt: start, withoutGraph: [] } as unknown as Snapshot;
    const window = {
      isVisible: true,
      isBusy: false,
      refreshed,
      show: (shown: Partial<Snapshot>) => (snapshot = { ...snapshot, ...shown }),
    };
    const background = new BackgroundRefresh({
      session: {
        azure: fake.fakeAzure(),
        accountIds: async () => accounts,
        refreshIfIdle: async (how) => {
          assert.deepEqual(how, { graphOnly: true });
          refreshed.push(minute());
          snapshot = { ...snapshot, readAt: new Date(clock.now()).toISOString() };
          return true;
        },
      },
      store: {
        get snapshot() {
          return snapshot;
        },
      },
      folder: () => folder,
      isBusy: () => window.isBusy,
      interval: () => 30,
      now: clock.now,
      ...rest,
    });
    return Object.assign(window, { look: () => background.look() });
  };
  type Window = ReturnType<typeof open>;
  const pass = async (minutes: number, ...windows: readonly Window[]) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      await clock.wait(minuteMs);
      await Promise.all(windows.filter(({ isVisible }) => isVisible).map((window) => window.look()));
    }
  };
  return { open, pass };
}

test("what is shown is refreshed once it is as old as the setting says, whoever has refreshed it last", async () => {
  const { open, pass } = windowsOn(undefined);
  const window = open();
  await pass(65, window);
  assert.deepEqual(window.refreshed, [30, 60]);
  window.show({ readAt: new Date(Date.parse(start) + 80 * minuteMs).toISOString() });
  await pass(60, window);
  assert.deepEqual(window.refreshed, [30, 60, 110]);
});

test("the setting counts in minutes, at least five; 0 and what is no number turn it off", async () => {
  for (const [interval, expected] of [
    [0, []],
    [-1, []],
    ["30", []],
    [undefined, []],
    [1, [5, 10]],
    [7, [7]],
  ] as const) {
    const { open, pass } = windowsOn(undefined);
    const window = open({ interval: () => interval });
    await pass(11, window);
    assert.deepEqual(window.refreshed, expected, String(interval));
  }
});

test("it waits for the end of a command, and is not tried again each minute where it fails", async () => {
  const { open, pass } = windowsOn(undefined);
  const window = open();
  window.isBusy = true;
  await pass(40, window);
  assert.deepEqual(window.refreshed, []);
  window.isBusy = false;
  await pass(1, window);
  assert.deepEqual(window.refreshed, [41]);
  let tries = 0;
  const failing = open({
    session: {
      azure: fake.fakeAzure(),
      accountIds: async () => [megan],
      refreshIfIdle: async () => {
        tries += 1;
        return true;
      },
    },
  });
  await pass(59, failing);
  assert.equal(tries, 2);
});

test("a fleet that Resource Graph refuses is not read at a call for each set", async () => {
  const { open, pass } = windowsOn(undefined);
  const window = open();
  const refused = { tenantId: "t", displayName: "Contoso", problem: fake.problem() };
  window.show({ withoutGraph: [refused] });
  await pass(90, window);
  assert.deepEqual(window.refreshed, []);
});

test("of the windows of an account one refreshes, and the next once that is out of sight", async () => {
  const { open, pass } = windowsOn(folderInMemory());
  const [one, other] = [open(), open()];
  await pass(95, one, other);
  const [first, second] = one.refreshed.length > 0 ? [one, other] : [other, one];
  assert.deepEqual(first.refreshed, [30, 60, 90]);
  assert.deepEqual(second.refreshed, []);
  first.isVisible = false;
  await pass(35, one, other);
  assert.equal(first.refreshed.length, 3);
  assert.deepEqual(second.refreshed, [98 + 1, 98 + 31]);
});

test("windows of other accounts do not wait for each other, and one of both accounts waits for either", async () => {
  const { open, pass } = windowsOn(folderInMemory());
  const [first, second] = [open(), open({ accounts: [adele] })];
  await pass(10, first, second);
  const both = open({ accounts: [megan, adele] });
  await pass(60, first, second, both);
  assert.deepEqual([first.refreshed, second.refreshed, both.refreshed], [[30, 60], [30, 60], []]);
  [first.isVisible, second.isVisible] = [false, false];
  await pass(8, both);
  assert.equal(both.refreshed.length, 1);
});

test("a claim that can't be read, or of a clock that was set back, keeps nobody waiting", async () => {
  for (const claim of ["", "{", "[]", `{"owner":"x"}`, `{"owner":"x","at":9e15}`]) {
    const folder = folderInMemory();
    const { open, pass } = windowsOn({ ...folder, read: async (name) => (await folder.read(name)) ?? claim });
    const window = open();
    await pass(31, window);
    assert.deepEqual(window.refreshed, [30], claim);
  }
});

test("it asks for lists and Resource Graph alone, and never of a set or a configuration", async () => {
  const lab = createLab();
  const store = fake.newStore({
    loadRules: async () => ({
      eligibility,
      freshnessOf,
      scheduleFacts: (configuration) => scheduleFacts(configuration, start),
    }),
    problemOf,
  });
  store.connect(lab.azure);
  await store.refresh(fake.noSignal());
  await store.settled();
  const before = store.snapshot;
  await lab.ask("DELETE", "/sandbox/requests");
  const background = new BackgroundRefresh({
    session: {
      azure: lab.azure,
      accountIds: async () => [],
      refreshIfIdle: async (how) => {
        await store.refresh(fake.noSignal(), how?.graphOnly);
        return true;
      },
    },
    store,
    folder: () => undefined,
    isBusy: () => false,
    interval: () => 30,
    now: () => Date.parse(start) + 30 * minuteMs,
  });
  await background.look();
  await store.settled();
  const { json } = await lab.ask("GET", "/sandbox/requests");
  const asked = (json as { readonly value: readonly { readonly method: string; readonly path: string }[] })
    .value;
  const paths = new Set(asked.map(({ method, path }) => `${method} ${path}`));
  assert.deepEqual([...paths].sort(), [
    "GET /subscriptions",
    "GET /tenants",
    "POST /providers/Microsoft.ResourceGraph/resources",
  ]);
  const statesOf = ({ scaleSets }: Snapshot) =>
    [...scaleSets.values()].map(({ name, coverage }) => `${name}: ${coverage.state}`);
  assert.deepEqual(statesOf(store.snapshot), statesOf(before));
  assert.notEqual(store.snapshot, before);
});

test("where Resource Graph fails meanwhile, no list is read in its place, and what is known stays", async () => {
  const lab = createLab();
  const store = await fake.readStore(lab.azure, { problemOf });
  await store.settled();
  const sets = store.snapshot.scaleSets.size;
  lab.fault = (request) =>
    request.url.includes("Microsoft.ResourceGraph")
      ? { status: 403, request, headers: request.headers, bodyAsText: "{}" }
      : undefined;
  await lab.ask("DELETE", "/sandbox/requests");
  await store.refresh(fake.noSignal(), true);
  const { json } = await lab.ask("GET", "/sandbox/requests");
  const { value } = json as { readonly value: readonly { readonly path: string }[] };
  assert.deepEqual(
    value.filter(({ path }) => !/^\/(tenants|subscriptions)$/.test(path)),
    [],
  );
  assert.equal(store.snapshot.scaleSets.size, sets);
  assert.ok(
    [...store.snapshot.subscriptions.values()].every(({ scaleSets }) => scaleSets.state === "failed"),
  );
});
