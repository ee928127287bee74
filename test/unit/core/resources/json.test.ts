import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { isSameJson } from "../../../../src/core/resources/json.ts";

test("two values say the same where Node says so too, whatever they share", () => {
  const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  fc.assert(
    fc.property(json, json, (one, other) => {
      assert.equal(isSameJson(one, other), isDeepStrictEqual(one, other));
      assert.ok(isSameJson({ one, other }, { other: structuredClone(other), one }));
      assert.ok(!isSameJson({ one }, { one, other }));
      assert.ok(!isSameJson({ one, other }, { one }));
      assert.ok(!isSameJson([one], [one, other]));
      assert.ok(!isSameJson([one], { 0: one }));
    }),
  );
});
