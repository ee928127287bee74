import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { execute } from "../../../../src/azure/changes/executor.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";

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
    const events: string[] = [];
    await execute(
      planOf(change("a"), change("b", "a")),
      { signal, onOutcome: ({ change: { id }, outcome }) => void events.push(`${outcome.status} ${id}`) },
      async ({ id }) => {
        events.push(`start ${id}`);
        return id === "a" ? failed : done;
      },
    );
    assert.deepEqual(events, ["start a", "failed a", "skipped b"]);
  });

  it("refuses a plan whose changes need each other in a circle, instead of waiting for ever", async () => {
    await assert.rejects(
      execute(planOf(change("a", "b"), change("b", "a")), { signal }, async () => done),
      /a, b/,
    );
  });

  it("refuses a plan with a change that needs one that is not there", async () => {
    await assert.rejects(
      execute(planOf(change("a", "gone")), { signal }, async () => done),
      /a/,
    );
  });

  describe("keeps the order within a scale set", () => {
    const set = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets";
    const of = (name: string, id: string, ...needs: string[]): Change => ({
      ...change(id, ...needs),
      target: `${set}/${name}/providers/Microsoft.Maintenance/configurationAssignments/${id}`,
    });

    it("one after another, though none needs the other, whatever became of the one before", async () => {
      const { run, end, inFlight } = byHand();
      const plan = planOf(of("web", "w1"), of("WEB", "w2"), of("api", "a1"), of("web", "w3"));
      const applying = execute(plan, { signal }, run);
      assert.deepEqual(inFlight(), ["w1", "a1"]);
      await end("w1", failed);
      assert.deepEqual(inFlight(), ["a1", "w2"]);
      await end("a1", done);
      await end("w2", done);
      assert.deepEqual(inFlight(), ["w3"]);
      await end("w3", done);
      assert.deepEqual(statuses(await applying), { w1: "failed", w2: "done", a1: "done", w3: "done" });
    });

    it("but for what others of the set need, which comes first", async () => {
      const { run, end, inFlight } = byHand();
      void execute(planOf(of("web", "w1", "w3"), of("web", "w2"), of("web", "w3")), { signal }, run);
      for (const id of ["w3", "w1", "w2"]) {
        assert.deepEqual(inFlight(), [id]);
        await end(id, done);
      }
    });

    it("past one that is skipped while another is in flight", async () => {
      const { run, end, inFlight } = byHand();
      const plan = planOf(of("web", "w1"), of("web", "w2", "x"), of("web", "w3"), of("other", "x"));
      const applying = execute(plan, { signal }, run);
      await end("x", failed);
      assert.deepEqual(inFlight(), ["w1"], "w3 waits for w1, though w2 was skipped");
      await end("w1", done);
      assert.deepEqual(inFlight(), ["w3"]);
      await end("w3", done);
      assert.deepEqual(statuses(await applying), { w1: "done", w2: "skipped", w3: "done", x: "failed" });
    });
  });

  it("property: whatever the needs, each runs once, after what it needs and what its set has before it", async () => {
    const plans = fc.array(
      fc.record({ set: fc.nat(4), needs: fc.array(fc.nat(20), { maxLength: 3 }), fails: fc.boolean() }),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(plans, fc.boolean(), async (drawn, backwards) => {
        const changes = drawn.map(({ set, needs }, index): Change => {
          const earlier = [...new Set(needs.filter((need) => need < index))].map((need) => `c${need}`);
          return { ...change(`c${index}`, ...earlier), target: `/subscriptions/s/${set}` };
        });
        const plan = planOf(...(backwards ? changes.toReversed() : changes));
        const ended = new Map<string, Outcome>();
        const running = new Set<string>();
        const results = await execute(plan, { signal }, async (one) => {
          assert.ok(!ended.has(one.id) && !running.has(one.target) && running.size < 8);
          assert.ok(one.needs.every((id) => ended.get(id)?.status === "done"));
          running.add(one.target);
          await new Promise((resolve) => setImmediate(resolve));
          running.delete(one.target);
          const outcome = drawn[Number(one.id.slice(1))]?.fails === true ? failed : done;
          ended.set(one.id, outcome);
          return outcome;
        });
        for (const { change: one, outcome } of results) {
          const isSkipped = one.needs.some(
            (id) => results.find((other) => other.change.id === id)?.outcome.status !== "done",
          );
          assert.equal(outcome.status === "skipped", isSkipped);
          assert.equal(ended.has(one.id), !isSkipped);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("takes plans of tens of thousands of changes, each of which needs another", async () => {
    const changes = Array.from({ length: 40_000 }, (_, index) =>
      index === 0 ? change("c0") : change(`c${index}`, `c${index - 1}`),
    );
    for (const plan of [planOf(...changes), planOf(...changes.toReversed())]) {
      // With each looking at all others it would take longer than a test may.
      const results = await execute(plan, { signal }, async () => done);
      assert.equal(results.filter(({ outcome }) => outcome.status === "done").length, 40_000);
    }
  });

  it("has nothing to do for an empty plan", async () => {
    assert.deepEqual(await execute(planOf(), { signal }, async () => done), []);
  });
});
