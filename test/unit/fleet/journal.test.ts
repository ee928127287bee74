import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { verbatim } from "../../../src/core/message.ts";
import type { Change, Plan } from "../../../src/core/plan.ts";
import { applyPlan } from "../../../src/fleet/apply.ts";
import { followInterrupted } from "../../../src/fleet/interrupted.ts";
import { Journal, type JournalStorage } from "../../../src/fleet/journal.ts";
import * as fake from "./fakes.ts";

/** A window's storage, through JSON as VS Code keeps it; a new Journal over it is the window after a reload. */
function windowStorage() {
  const kept = new Map<string, string>();
  const storage: JournalStorage = {
    get: (key) => {
      const text = kept.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    update: async (key, value) => {
      await Promise.resolve();
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.stringify(value));
    },
  };
  return { storage, kept, text: () => [...kept.values()].join() };
}

const change = (id: string, target: string, ...needs: string[]): Change => ({
  id,
  kind: "setUpgradePolicy",
  target,
  title: verbatim(id),
  after: {},
  needs,
});
const plan: Plan = {
  title: verbatim("Enable"),
  changes: [change("a", fake.web.id), change("b", fake.idle.id), change("c", fake.idle.id, "b")],
  leftOut: [],
  warnings: [],
};
const endpoint = "https://example.invalid";
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A window that was closed when `a` was done and `b` had been sent. */
async function closedWindow() {
  const window = windowStorage();
  const run = await new Journal(window.storage, fake.silentLog).begin(endpoint, plan);
  const [a, b] = plan.changes;
  assert.ok(a && b);
  run.started(a.id);
  run.ended({ change: a, outcome: { status: "done", readBack: { secret: "of a resource" } } });
  run.started(b.id);
  await settled();
  return window;
}

describe("the journal", () => {
  test("gives the next window what was sent and how it ended, once, and only for its own Azure", async () => {
    const { storage } = await closedWindow();
    const journal = new Journal(storage, fake.silentLog);
    assert.deepEqual(journal.interrupted("https://other.invalid"), []);
    const [run, second] = journal.interrupted(endpoint);
    assert.ok(run);
    assert.equal(second, undefined);
    assert.deepEqual(run.plan, plan);
    assert.deepEqual([...run.sent], ["a", "b"]);
    assert.deepEqual([...run.outcomes], [["a", { status: "done" }]]);
    assert.deepEqual(journal.interrupted(endpoint), []);
  });

  test("keeps an interrupted plan until it is closed, and nothing after", async () => {
    const { storage, kept } = await closedWindow();
    new Journal(storage, fake.silentLog).interrupted(endpoint);
    const [run] = new Journal(storage, fake.silentLog).interrupted(endpoint);
    await run?.close();
    assert.equal(kept.size, 0);
  });

  test("keeps no resource that was read back", async () => {
    assert.doesNotMatch((await closedWindow()).text(), /secret/);
  });

  test("reads what another version left as nothing", () => {
    for (const left of ["text", 1, {}, [1, null, { endpoint: 1 }, { endpoint, plan: {} }]]) {
      const { storage, kept } = windowStorage();
      kept.set("journal.1", JSON.stringify(left));
      assert.deepEqual(new Journal(storage, fake.silentLog).interrupted(endpoint), []);
    }
  });

  test("that cannot be written does not stop a plan", async () => {
    const lines: string[] = [];
    const log = { ...fake.silentLog, error: (line: string) => void lines.push(line) };
    const storage = { get: () => undefined, update: () => Promise.reject(new Error("disk is full")) };
    const azure = fake.fakeAzure({ apply: async () => [] });
    const results = await applyPlan(azure, await fake.readStore(azure), plan, {
      signal: fake.noSignal(),
      journal: new Journal(storage, log),
    });
    assert.deepEqual(results, []);
    assert.match(lines[0] ?? "", /disk is full/);
  });

  test("holds a plan while it is applied, and nothing once it has ended", async () => {
    const { storage, kept, text } = windowStorage();
    let meanwhile = "";
    const azure = fake.fakeAzure({
      apply: async ({ changes }, options) => {
        const [first] = changes;
        assert.ok(first);
        await options.onStarted?.(first);
        await settled();
        meanwhile = text();
        return [];
      },
    });
    await applyPlan(azure, await fake.readStore(azure), plan, {
      signal: fake.noSignal(),
      journal: new Journal(storage, fake.silentLog),
    });
    assert.match(meanwhile, /"sent":\["a"\]/);
    assert.equal(kept.size, 0);
  });
});

test("after a reload what was sent is followed, what was not is told so, and nothing is sent again", async () => {
  const { storage } = await closedWindow();
  const followed: string[] = [];
  const after = fake.scaleSet("AAAA", "api", true);
  const azure = fake.fakeAzure({
    outcomeOf: async ({ id }) => {
      followed.push(id);
      return { status: "done", readBack: after };
    },
  });
  const store = await fake.readStore(azure);
  const [run] = new Journal(storage, fake.silentLog).interrupted(endpoint);
  assert.ok(run);
  const results = await followInterrupted(azure, store, run, fake.noSignal());
  assert.deepEqual(
    results.map(({ change: { id }, outcome }) => [id, outcome.status]),
    [
      ["a", "done"],
      ["b", "done"],
      ["c", "notStarted"],
    ],
  );
  assert.deepEqual(followed, ["b"]);
  const shown = [...store.snapshot.scaleSets.values()].find(({ id }) => id === fake.idle.id);
  assert.deepEqual(shown?.resource, after);
});
