import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish } from "../../../src/core/text/message.ts";
import { differences, inOrder } from "../../../src/ui/differences.ts";

test("what differs is told by its path, with both values", () => {
  const before = {
    id: "/a",
    tags: { owner: "ops" },
    properties: { window: { duration: "05:00" }, list: [1, 2] },
  };
  const now = {
    id: "/a",
    tags: { stage: "prod" },
    properties: { list: [1, 3], window: { duration: "06:00" } },
  };
  assert.deepEqual(differences(before, now).map(inEnglish), [
    'tags.owner: "ops" → nothing',
    'tags.stage: nothing → "prod"',
    'properties.window.duration: "05:00" → "06:00"',
    "properties.list: [1,2] → [1,3]",
  ]);
  assert.deepEqual(differences(before, structuredClone(before)), []);
  assert.deepEqual(differences({ a: {} }, { a: null }).map(inEnglish), ["a: {} → null"]);
});

test("members come by name at every depth, and lists keep their order", () => {
  const value = { b: [{ d: 1, c: 2 }, "a"], a: { z: null, y: "x" } };
  assert.equal(JSON.stringify(inOrder(value)), '{"a":{"y":"x","z":null},"b":[{"c":2,"d":1},"a"]}');
});
