import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { collect } from "../../../../src/azure/http/collect.ts";
import { never } from "../support.ts";

const forEver = () => new Promise<void>(() => {});

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe("collecting what is emitted", () => {
  it("yields each value as soon as it is there, and the last ones before it ends", async () => {
    const gate = Promise.withResolvers<void>();
    const values = collect<number>(never, async (emit) => {
      emit(1);
      await gate.promise;
      emit(2);
      emit(3);
    });
    assert.deepEqual(await values.next(), { value: 1, done: false });
    gate.resolve();
    assert.deepEqual(await all(values), [2, 3]);
  });

  it("throws what the producer throws, after what it emitted", async () => {
    const values = collect<number>(never, async (emit) => {
      emit(1);
      throw new Error("broken");
    });
    assert.equal((await values.next()).value, 1);
    await assert.rejects(values.next(), /broken/);
  });

  it("ends when the signal is aborted, even if the producer does not", async () => {
    const controller = new AbortController();
    const values = collect<number>(controller.signal, async (emit) => {
      emit(1);
      await forEver();
    });
    assert.equal((await values.next()).value, 1);
    const next = values.next();
    controller.abort();
    assert.deepEqual(await next, { value: undefined, done: true });
  });

  it("aborts the producer when the consumer stops early", async () => {
    let signal = never;
    const values = collect<number>(never, async (emit, stopped) => {
      signal = stopped;
      emit(1);
      await forEver();
    });
    for await (const value of values) {
      assert.equal(value, 1);
      assert.equal(signal.aborted, false);
      break;
    }
    assert.equal(signal.aborted, true);
  });
});
