import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { idsIn } from "../../../../src/flows/scaleSets/pastedIds.ts";
import { parseTags } from "../../../../src/flows/configurations/tags.ts";

describe("typed lists", () => {
  test("tags keep everything behind the first =, and are told apart without case", () => {
    assert.deepEqual(parseTags(" a = b=c , ,d=\ne=1").tags, { a: "b=c", d: "", e: "1" });
    const { problems } = parseTags("Team=a,team=b,alone,=x");
    assert.deepEqual(
      problems.map((problem) => inEnglish(problem.message)),
      [
        "Tag team appears twice.",
        "“alone” isn't a tag. Use name=value.",
        "“=x” isn't a tag. Use name=value.",
      ],
    );
  });

  test("ids that a paste glued together come apart", () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/";
    assert.deepEqual(idsIn(`${id}a${id}b`), [`${id}a`, `${id}b`]);
    assert.deepEqual(idsIn(`${id}a;${id.toUpperCase()}A\n`), [`${id.toUpperCase()}A`]);
  });
});
