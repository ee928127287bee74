import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { bounded, inLines, oneLine } from "../../../../src/core/text/visible.ts";

describe("text from outside", () => {
  it("is left alone where nothing in it is hidden", () => {
    for (const text of ["vmss-web-prod", "Zürich 東京 ☁️", "שלום", "a\u00A0b", ""]) {
      assert.equal(oneLine(text), text);
      assert.equal(inLines(text), text);
    }
  });

  it("names what turns, joins, takes no room or is no character", () => {
    const hidden = [
      "\u202E",
      "\u2066",
      "\u200B",
      "\u200D",
      "\uFEFF",
      "\u00AD",
      "\u2060",
      "\u3164",
      "\u0007",
      "\u007F",
      "\uD800",
      "\u{E0041}",
    ];
    for (const sign of hidden) {
      const code = sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
      assert.equal(oneLine(`a${sign}b`), `a‹U+${code}›b`);
      assert.equal(inLines(`a${sign}b`), `a‹U+${code}›b`);
    }
  });

  it("drops the marks that a date may have", () => assert.equal(oneLine("\u200E1\u200F/2\u061C"), "1/2"));

  it("stays in its line where it is to be one", () => {
    assert.equal(oneLine("a\r\nb\nc\rd\te\u2028f\u2029g\u0085h\vi"), "a b c d e f g h i");
    assert.equal(inLines("a\r\nb\tc"), "a\r\nb\tc");
    assert.equal(inLines("a\u2028b"), "a‹U+2028›b");
  });

  it("property: has nothing hidden, whatever it was, and is then left as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = oneLine(text);
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        assert.equal(oneLine(line), line);
      }),
    );
  });

  it("is cut at its limit, not within a character", () => {
    assert.equal(bounded("abcd", 4), "abcd");
    assert.equal(bounded("abcde", 4), "abc…");
    assert.equal(bounded("ab😀de", 4), "ab…");
  });
});
