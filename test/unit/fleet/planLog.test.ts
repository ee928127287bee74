import assert from "node:assert/strict";
import { test } from "node:test";
import { message } from "../../../src/core/message.ts";
import type { Change, ChangeResult } from "../../../src/core/plan.ts";
import type { JournalStorage } from "../../../src/fleet/journal.ts";
import { PlanLog } from "../../../src/fleet/planLog.ts";
import { silentLog } from "./fakes.ts";

class Storage implements JournalStorage {
  text: string | undefined;
  get(): unknown {
    return this.text === undefined ? undefined : JSON.parse(this.text);
  }
  async update(_key: string, value: unknown): Promise<void> {
    this.text = JSON.stringify(value);
  }
}

const change = (name: string): Change => ({
  id: name,
  kind: "startUpgrade",
  target: `/subscriptions/s/${name}`,
  title: message("Start {0}", name),
  before: { secret: "read" },
  after: { secret: "sent" },
  needs: [],
});
const applied = (name: string, count = 1) => {
  const changes = Array.from({ length: count }, (_, index) => change(`${name}-${index}`));
  const results: ChangeResult[] = changes.map((one) => ({
    change: one,
    outcome: { status: "done", readBack: { secret: "back" } },
  }));
  const plan = { title: message("Plan {0}", name), changes, leftOut: [], warnings: [] };
  return { at: "2026-11-23T09:00:00Z", origin: "sandbox" as const, plan, results };
};
const titles = ({ plans }: PlanLog) => plans.map(({ plan }) => plan.title.args[0]);

test("what was applied is there after a reload, the latest first, without what was sent or read", async () => {
  const storage = new Storage();
  const log = new PlanLog(storage, silentLog);
  log.add(applied("a"));
  log.add(applied("b"));
  const next = new PlanLog(storage, silentLog);
  assert.deepEqual(titles(next), ["b", "a"]);
  assert.deepEqual(next.plans[0]?.results[0]?.outcome, { status: "done" });
  assert.doesNotMatch(storage.text ?? "", /secret/);
  next.add(applied("c"));
  assert.equal(new Set(next.plans.map(({ id }) => id)).size, 3);
});

test("it keeps twenty plans, and of large ones fewer, but always the latest", () => {
  const log = new PlanLog(new Storage(), silentLog);
  for (let index = 0; index < 25; index++) log.add(applied(String(index)));
  assert.equal(log.plans.length, 20);
  log.add(applied("large", 1990));
  assert.equal(log.plans.length, 11);
  log.add(applied("larger", 3000));
  assert.deepEqual(titles(log), ["larger"]);
});

test("what another version left in another shape is none", () => {
  const storage = new Storage();
  storage.text = JSON.stringify([{ id: "1" }, "x", { ...applied("a"), id: "2" }]);
  assert.deepEqual(titles(new PlanLog(storage, silentLog)), ["a"]);
});
