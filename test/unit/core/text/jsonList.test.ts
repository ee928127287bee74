import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonList } from "../../../../src/core/text/jsonList.ts";

test("whatever is in a list, its pieces are what JSON.stringify makes of it, at any depth", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (items) => {
      assert.equal([...jsonList(items)].join(""), JSON.stringify(items, undefined, 2));
      const within = JSON.stringify({ items }, undefined, 2);
      assert.equal(`{\n  "items": ${[...jsonList(items, "  ")].join("")}\n}`, within);
    }),
  );
});
