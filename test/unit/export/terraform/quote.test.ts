import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hclComment, hclKey, hclText } from "../../../../src/export/terraform/quote.ts";
import { hclLiterals, terraformOf } from "../../../support/hcl.ts";
import { hostileTexts } from "../../../support/hostileTexts.ts";
import { nodesOfType, parserOf } from "../../../support/treeSitter.ts";

/** The grammar takes an escaped sign behind another one of its kind for the beginning of an expression. */
const misread = ["$${x}", "%%{x}"];

describe("Quoting in HCL", () => {
  it("makes one literal of each text, which Terraform reads back", async () => {
    assert.ok(hostileTexts.length >= 45);
    assert.deepEqual(await hclLiterals(hostileTexts.map(hclText)), hostileTexts);
  });

  it("makes one literal of each text for another parser", async () => {
    const parser = await parserOf("hcl");
    const isLiteral = (text: string) => {
      const tree = parser.parse(`value = ${hclText(text)}\n`)?.rootNode;
      return tree?.hasError === false && nodesOfType(tree, "string_lit").length === 1;
    };
    assert.deepEqual(
      hostileTexts.filter((text) => !isLiteral(text)),
      misread,
    );
  });

  it("makes one name of each text", async () => {
    const names = [...hostileTexts, "for", "if", "null", "true", "env", "a-b", "1a"];
    const objects = names.map((name) => `{\n${hclKey(name)} = 1\nlast = 2\n}`);
    const { value } = await terraformOf(`value = [\n${objects.join(",\n")}\n]\n`);
    const counts = (value as readonly object[]).map((one) => Object.keys(one).length);
    assert.deepEqual(
      counts,
      names.map(() => 2),
    );
    assert.equal(hclKey("env"), "env");
  });

  it("keeps a comment on its line", async () => {
    const text = hostileTexts.map((one) => hclComment(one)).join("\n");
    assert.deepEqual(await terraformOf(`${text}\n`), {});
  });

  it("names half of a character, which HCL can't", async () => {
    assert.deepEqual(await hclLiterals([hclText("a\ud800b")]), ["a\ufffdb"]);
  });
});
