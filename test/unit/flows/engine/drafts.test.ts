import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { draftsIn } from "../../../../src/flows/engine/drafts.ts";

describe("drafts", () => {
  function storage() {
    const kept = new Map<string, unknown>();
    return {
      kept,
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) =>
        void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    };
  }

  test("come back as they were saved, one per flow, and go when they are cleared", async () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    const draft = { given: { a: "1" }, answers: { b: ["2", "3"] }, at: "c" };
    await drafts.save("one", draft);
    assert.deepEqual(drafts.load("one"), draft);
    assert.equal(drafts.load("two"), undefined);
    await drafts.clear("one");
    assert.equal(memento.kept.size, 0);
  });

  test("of a plan that failed can be put back, after its flow has ended", async () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    const draft = { given: {}, answers: { a: "1" } };
    await drafts.restore();
    assert.equal(memento.kept.size, 0);
    await drafts.save("one", draft);
    await drafts.clear("one");
    await drafts.restore();
    assert.deepEqual(drafts.load("one"), draft);
  });

  test("that were put back are forgotten once their plan is applied, but not others that were given meanwhile", async () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    await drafts.forget();
    const draft = { given: {}, answers: { a: "1" } };
    for (const [meanwhile, left] of [
      [draft, undefined],
      [
        { given: {}, answers: { a: "2" } },
        { given: {}, answers: { a: "2" } },
      ],
    ] as const) {
      await drafts.save("one", draft);
      await drafts.clear("one");
      await drafts.restore();
      await drafts.save("one", meanwhile);
      await drafts.forget();
      assert.deepEqual(drafts.load("one"), left);
    }
  });

  test("in a shape of another version are none", () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    for (const value of [
      "text",
      7,
      { answers: {} },
      { given: {}, answers: { a: 1 } },
      { given: { a: [1] }, answers: {} },
    ]) {
      memento.kept.set("draft.one", value);
      assert.equal(drafts.load("one"), undefined, JSON.stringify(value));
    }
  });
});
