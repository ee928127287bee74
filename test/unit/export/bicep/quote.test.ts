import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bicepComment, bicepKey, bicepText, bicepValue } from "../../../../src/export/bicep/quote.ts";
import { bicepLiteral } from "../../../support/bicep.ts";
import { hostileTexts } from "../../../support/hostileTexts.ts";
import { nodesOfType, parserOf, treeOf } from "../../../support/treeSitter.ts";

/** The grammar takes two slashes behind a blank or a quote for a comment. */
const misread = ["// x"];

describe("Quoting in Bicep", () => {
  it("makes one literal of each text, which is read back", async () => {
    const parser = await parserOf("bicep");
    assert.ok(hostileTexts.length >= 45);
    for (const text of hostileTexts) {
      const line = `var value = ${bicepText(text)}\n`;
      if (misread.includes(text)) {
        assert.throws(() => treeOf(parser, line));
        assert.equal(bicepText(text), `'${text}'`);
        continue;
      }
      const [literal, ...more] = nodesOfType(treeOf(parser, line), "string");
      assert.equal(more.length, 0, line);
      assert.equal(bicepLiteral(literal?.text ?? ""), text);
    }
  });

  it("makes one name of each text", async () => {
    const parser = await parserOf("bicep");
    for (const text of hostileTexts.filter((one) => !misread.includes(one))) {
      const tree = treeOf(parser, `var value = {\n  ${bicepKey(text)}: 1\n}\n`);
      assert.equal(nodesOfType(tree, "object_property").length, 1, text);
    }
    assert.equal(bicepKey("env"), "env");
  });

  it("keeps a comment on its line", async () => {
    const parser = await parserOf("bicep");
    const text = hostileTexts.map((one) => bicepComment(one)).join("\n");
    assert.equal(nodesOfType(treeOf(parser, `${text}\nvar value = 1\n`), "variable_declaration").length, 1);
  });

  it("writes values as Bicep has them", () => {
    assert.equal(
      bicepValue({ a: 1, b: 1.5, c: null, d: [], e: {}, f: true }),
      "{\n  a: 1\n  b: json('1.5')\n  c: null\n  d: []\n  e: {}\n  f: true\n}",
    );
    assert.equal(bicepText("a\ud800b"), "'a\\u{fffd}b'");
  });
});
