import assert from "node:assert/strict";
import { test } from "node:test";
import { codeSpan, escapeInline, escapeMarkdown, markdownTable } from "../../../src/ui/markdown.ts";

test("text within a line draws nothing: no table, link, tag, code, mention or icon, and stays on its line", () => {
  assert.equal(
    escapeInline("a|b [c](d) <e> `f` *g* _h_ ~i~"),
    String.raw`a\|b \[c\](d) \<e\> \`f\` \*g\* \_h\_ \~i\~`,
  );
  assert.equal(escapeInline("@team $(zap) &amp; \\"), String.raw`\@team \$(zap) \&amp; \\`);
  assert.equal(escapeInline("two\r\n  lines"), "two lines");
});

test("text of its own draws nothing at the beginning of a line either, and keeps its lines", () => {
  assert.equal(escapeMarkdown("# a\n  - b"), `${String.raw`\# a`}  \n${String.raw`\- b`}`);
});

test("code keeps every sign, whatever fence that takes", () => {
  assert.equal(codeSpan("a|b"), "`a\\|b`");
  assert.equal(codeSpan("a`b"), "``a`b``");
  assert.equal(codeSpan("`"), "`` ` ``");
});

test("a table has a line for its heads, one between and one for each row", () => {
  assert.equal(
    markdownTable(
      ["Name", "State"],
      [
        ["web", "on"],
        ["db", "off"],
      ],
    ),
    "| Name | State |\n| --- | --- |\n| web | on |\n| db | off |",
  );
});
