import assert from "node:assert/strict";
import { test } from "node:test";
import { Emitter } from "../../../src/core/emitter.ts";

test("each listener hears each event, in the order in which they came", () => {
  const heard: string[] = [];
  const emitter = new Emitter<number>();
  const { event } = emitter;
  event((value) => heard.push(`first ${value}`));
  event((value) => heard.push(`second ${value}`));
  emitter.fire(1);
  emitter.fire(2);
  assert.deepEqual(heard, ["first 1", "second 1", "first 2", "second 2"]);
});

test("who is disposed of hears no more, also while the event is told", () => {
  const heard: string[] = [];
  const emitter = new Emitter();
  emitter.event(() => second.dispose());
  const second = emitter.event(() => heard.push("second"));
  emitter.event(() => heard.push("third"));
  emitter.fire();
  assert.deepEqual(heard, ["third"]);
});

test("one function that listens twice ends each of the two apart", () => {
  let calls = 0;
  const listener = () => {
    calls += 1;
  };
  const emitter = new Emitter();
  const first = emitter.event(listener);
  emitter.event(listener);
  emitter.fire();
  assert.equal(calls, 2);
  first.dispose();
  emitter.fire();
  assert.equal(calls, 3);
});

test("a disposed emitter tells nobody", () => {
  const emitter = new Emitter();
  emitter.event(() => assert.fail("It was told."));
  emitter.dispose();
  emitter.fire();
});
