import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { armLiteral, armValue } from "../../../../src/export/arm/quote.ts";
import { armText } from "../../../support/arm.ts";
import { hostileTexts } from "../../../support/hostileTexts.ts";

describe("Quoting in ARM's JSON", () => {
  it("makes a text of each text, and none an expression", () => {
    for (const text of hostileTexts) assert.equal(armText(armValue(text)), text);
    assert.equal(armValue("[x]"), "[[x]");
    assert.equal(armValue("[x"), "[x");
  });

  it("makes one literal of each text inside an expression", () => {
    for (const text of hostileTexts) {
      const literal = armLiteral(text);
      assert.match(literal, /^'(?:[^']|'')*'$/s);
      assert.equal(literal.slice(1, -1).replaceAll("''", "'"), text);
    }
  });

  it("looks into lists and objects, and leaves names as they are", () => {
    assert.deepEqual(armValue({ "[a]": ["[b]", 1, null] }), { "[a]": ["[[b]", 1, null] });
  });
});
