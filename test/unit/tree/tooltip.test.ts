import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish, message, verbatim } from "../../../src/core/text/message.ts";
import { tooltipMarkdown } from "../../../src/tree/tooltip.ts";

const shown = (title: string, ...texts: string[]) =>
  tooltipMarkdown(
    { title: verbatim(title), lines: texts.map((text) => ({ text: verbatim(text) })) },
    inEnglish,
  );

test("names and words from Azure draw nothing: no link, image, command, icon, HTML, heading or table", () => {
  const hostile =
    "[x](command:evil) ![i](https://e.invalid/i) <img src=x> $(zap) `c` **b** | a |\n# h\n1. l\n- m\nhttps://e.invalid";
  const markdown = shown(hostile, hostile).replaceAll(/^\*\*|\*\*$/gm, "");
  const unescaped = markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, "");
  assert.doesNotMatch(unescaped, /[[\]()<>`$|#!*:]/);
});

test("a line has its name before it, and documentation is a link", () => {
  const lines = [
    { name: message("Image"), text: verbatim("a_b") },
    { link: "https://learn.microsoft.com/azure/x" },
  ];
  const markdown = tooltipMarkdown({ title: verbatim("t"), lines }, inEnglish);
  assert.match(
    markdown,
    /^\*\*t\*\*\n\nImage: a\\_b  \n\[.*\]\(https:\/\/learn\.microsoft\.com\/azure\/x\)$/,
  );
});

test("JSON can't end its own code block", () => {
  const markdown = tooltipMarkdown(
    { title: verbatim("t"), lines: [], json: { a: "```\n[x](command:evil)" } },
    inEnglish,
  );
  assert.match(markdown, /\n````json\n[^]*\n````$/);
});
