import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inEnglish, joined, message, verbatim } from "../../../src/core/text/message.ts";

describe("messages", () => {
  it("fill their holes, with other messages too", () => {
    assert.equal(inEnglish(message("{1} of {0}", 7, message("at most {0}", "three"))), "at most three of 7");
  });

  it("leave data alone that looks like a hole", () => {
    assert.equal(inEnglish(message("name {0}", "{1} $&")), "name {1} $&");
    assert.equal(inEnglish(verbatim("{0}")), "{0}");
  });

  it("keep a hole that nothing fills", () => assert.equal(inEnglish(message("{0} {1}", "a")), "a {1}"));

  it("join in a row", () => {
    assert.equal(inEnglish(joined(", ", [verbatim("a"), message("b {0}", 1)])), "a, b 1");
    assert.equal(inEnglish(joined(", ", [])), "");
  });
});
