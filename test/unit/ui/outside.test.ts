import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { notificationText, plainText, promptText, rowText } from "../../../src/ui/outside.ts";

/** What VS Code takes for a link in a notification: `src/vs/base/common/linkedText.ts`. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** What it takes for an icon, unless a backslash is before it: `src/vs/base/common/iconLabels.ts`. */
const icon = /(\\)?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

const hostile = fc
  .array(
    fc.constantFrom(
      "[",
      "]",
      "(",
      ")",
      "[a](command:b)",
      "https://",
      "command:x",
      "$(",
      "$(sync~spin)",
      "\\",
      "\u200B",
      "\n",
      "a",
    ),
  )
  .map((parts) => parts.join(""));

describe("text on its way to VS Code", () => {
  it("property: is no link in a notification and below a box", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(notificationText(text), link);
        assert.doesNotMatch(promptText(text), link);
      }),
    );
  });

  it("property: is no icon in a row and below a box", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const shown of [rowText(text), promptText(text)])
          for (const [, backslash] of shown.matchAll(icon)) assert.equal(backslash, "\\");
      }),
    );
  });

  it("is one line of bounded length everywhere", () => {
    for (const on of [plainText, rowText, notificationText, promptText]) {
      assert.equal(on("two\nlines"), "two lines");
      assert.equal(on("x".repeat(100_000)).length, 900);
    }
  });
});
