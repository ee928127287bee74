import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { serialize } from "node:v8";
import { textOfUtf8 } from "../../../../src/azure/http/utf8.ts";

/** Whether V8 has a text in one byte a character: https://github.com/v8/v8/blob/main/src/objects/value-serializer.cc has `"` for those, behind two bytes of its own. */
const isNarrow = (text: string) => serialize(text)[2] === 0x22;

describe("the text of UTF-8", () => {
  const letters = Array.from({ length: 128 }, (_, index) => String.fromCharCode(0x80 + index));

  it("is in one byte a character where a few letters are beyond ASCII, however long it is", () => {
    const long = "plain text ".repeat(200_000);
    for (const text of [
      "ü",
      "üü",
      "ÿ at the end ÿ",
      letters.join(""),
      letters.join("plain"),
      `${long}Zürich${long}`,
    ]) {
      const made = textOfUtf8(Buffer.from(text));
      assert.ok(made === text && isNarrow(made), text.slice(0, 20));
    }
  });

  it("is what it is in any other case too", () => {
    const many = "é".repeat(3000);
    for (const text of ["", "plain", "東京", "ü 東京", "東京 ü", "€ ü", "👍", "a👍ü", many, `${many}東`]) {
      assert.equal(textOfUtf8(Buffer.from(text)), text);
    }
  });

  it("has what is no UTF-8 replaced, as ever", () => {
    for (const bytes of [
      [0xc3],
      [0xc3, 0x41],
      [0xfc],
      [0x41, 0xc2, 0xc3],
      [0xc3, 0xbc, 0xff],
      [0x80, 0xc3, 0xbc],
    ]) {
      assert.equal(textOfUtf8(Buffer.from(bytes)), Buffer.from(bytes).toString());
    }
  });

  it("is the same as Node's for whatever comes", () => {
    let seed = 42;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const parts = ["a", '"', "ü", "ß", "\u0080", "ÿ", "東", "👍", "plain text "];
    for (let times = 0; times < 2000; times++) {
      const few = 2 + random(parts.length - 1);
      const text = Array.from({ length: random(20) }, () => parts[random(few)]).join("");
      const bytes = Buffer.from(text);
      if (random(3) === 0 && bytes.length > 0) bytes[random(bytes.length)] = random(256);
      const expected = bytes.toString();
      assert.equal(textOfUtf8(bytes), expected);
    }
  });
});
