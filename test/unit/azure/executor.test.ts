import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { execute } from "../../../src/azure/executor.ts";
import { verbatim } from "../../../src/core/message.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../../src/core/plan.ts";

const change = (id: string, ...needs: string[]): Change => ({
  id,
  kind: "associate",
  target: `/${id}`,
  title: verbatim(id),
  needs,
});
const planOf = (...changes: Change[]): Plan => ({
  title: verbatim("plan"),
  changes,
  leftOut: [],
  warnings: [],
});
const done: Outcome = { status: "done" };
const failed: Outcome = { status: "failed", problem: { kind: "forbidden", summary: verbatim("no") } };
const statuses = (results: readonly ChangeResult[]) =>
  Object.fromEntries(results.map(({ change: { id }, outcome }) => [id, outcome.status]));

/** Changes that end when they are told to. */
function byHand() {
  const ends = new Map<string, (outcome: Outcome) => void>();
  const run = ({ id }: Change) => new Promise<Outcome>((resolve) => ends.set(id, resolve));
  const end = async (id: string, outcome: Outcome) => {
    ends.get(id)?.(outcome);
    ends.delete(id);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { run, end, inFlight: () => [...ends.keys()] };
}

const signal = new AbortController().signal;

describe("the plan executor", () => {
  it("starts a change only when all that it needs is done, wherever it stands in the plan", async () => {
    const { run, end, inFlight } = byHand();
    const applying = execute(
      planOf(change("enable", "associate", "group"), change("associate", "group"), change("group")),
      { signal },
      run,
    );
    assert.deepEqual(inFlight(), ["group"]);
    await end("group", done);
    assert.deepEqual(inFlight(), ["associate"]);
    await end("associate", done);
    assert.deepEqual(inFlight(), ["enable"]);
    await end("enable", done);
    assert.deepEqual(
      (await applying).map((result) => result.change.id),
      ["enable", "associate", "group"],
    );
  });

  it("keeps at most 8 changes in flight and starts the next as one ends", async () => {
    const { run, end, inFlight } = byHand();
    const changes = Array.from({ length: 20 }, (_, index) => change(`c${index}`));
    const applying = execute(planOf(...changes), { signal }, run);
    assert.equal(inFlight().length, 8);
    await end("c3", done);
    assert.deepEqual(inFlight().at(-1), "c8");
    let most = 0;
    while (inFlight().length > 0) {
      most = Math.max(most, inFlight().length);
      await end(inFlight()[0] ?? "", done);
    }
    assert.equal(most, 8);
    assert.ok((await applying).every(({ outcome }) => outcome.status === "done"));
  });

  it("skips what needs a failed change, all the way down, and goes on with the rest", async () => {
    const outcomes = new Map([["a", failed]]);
    const results = await execute(
      planOf(change("a"), change("b", "a"), change("c", "b"), change("d"), change("e", "d")),
      { signal },
      async ({ id }) => outcomes.get(id) ?? done,
    );
    assert.deepEqual(statuses(results), { a: "failed", b: "skipped", c: "skipped", d: "done", e: "done" });
    assert.deepEqual(results[2]?.outcome, { status: "skipped", because: "b" });
  });

  it("lets what is in flight finish when cancelled, and does not start the rest", async () => {
    const { run, end } = byHand();
    const controller = new AbortController();
    const applying = execute(
      planOf(change("a"), change("b", "a"), change("c")),
      { signal: controller.signal },
      run,
    );
    controller.abort();
    await end("a", done);
    await end("c", failed);
    assert.deepEqual(statuses(await applying), { a: "done", b: "notStarted", c: "failed" });
  });

  it("starts nothing when it was cancelled before", async () => {
    const results = await execute(planOf(change("a")), { signal: AbortSignal.abort() }, () =>
      assert.fail("was sent"),
    );
    assert.deepEqual(statuses(results), { a: "notStarted" });
  });

  it("tells of each change once when it starts and once when it ends", async () => {
    const told: string[] = [];
    await execute(
      planOf(change("a"), change("b", "a")),
      {
        signal,
        onStarted: ({ id }) => void told.push(`start ${id}`),
        onOutcome: ({ change: { id }, outcome }) => void told.push(`${outcome.status} ${id}`),
      },
      async ({ id }) => (id === "a" ? failed : done),
    );
    assert.deepEqual(told, ["start a", "failed a", "skipped b"]);
  });

  it("refuses a plan whose changes need each other in a circle, instead of waiting for ever", async () => {
    await assert.rejects(
      execute(planOf(change("a", "b"), change("b", "a")), { signal }, async () => done),
      /a, b/,
    );
  });

  it("has nothing to do for an empty plan", async () => {
    assert.deepEqual(await execute(planOf(), { signal }, async () => done), []);
  });
});
