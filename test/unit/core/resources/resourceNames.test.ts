import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { checkResourceGroupName, checkTags } from "../../../../src/core/resources/resourceNames.ts";

describe("checkResourceGroupName", () => {
  const cases: readonly (readonly [what: string, name: string, rules: readonly string[]])[] = [
    ["an ordinary name", "rg-ops_1.eu(test)", []],
    ["letters of any script", "группа", []],
    ["nothing", "", ["group-name-empty"]],
    ["90 characters", "g".repeat(90), []],
    ["91 characters", "g".repeat(91), ["group-name-length"]],
    ["a space", "rg ops", ["group-name-characters"]],
    ["a slash", "rg/ops", ["group-name-characters"]],
    ["a period at the end", "rg.", ["group-name-end"]],
    ["a taken name in another casing", "RG-Web", ["group-name-taken"]],
  ];
  for (const [what, name, rules] of cases) {
    it(`${rules.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
      assert.deepEqual(
        checkResourceGroupName(name, ["rg-web"]).map(({ rule }) => rule),
        rules,
      );
    });
  }
});

describe("checkTags", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, ""]));
  const cases: readonly (readonly [what: string, tags: Record<string, string>, rules: readonly string[]])[] =
    [
      ["none", {}, []],
      ["ordinary tags", { team: "web", "cost centre": "4711 / EU?" }, []],
      ["50 tags", many(50), []],
      ["51 tags", many(51), ["tags-count"]],
      ["a tag without a name", { "": "web" }, ["tag-name-empty"]],
      ["a name of 512 characters", { ["n".repeat(512)]: "" }, []],
      ["a name of 513 characters", { ["n".repeat(513)]: "" }, ["tag-name-length"]],
      ["a value of 256 characters", { n: "v".repeat(256) }, []],
      ["a value of 257 characters", { n: "v".repeat(257) }, ["tag-value-length"]],
      ...[..."<>%&\\?/"].map(
        (sign) => [`“${sign}” in a name`, { [`a${sign}b`]: "" }, ["tag-name-characters"]] as const,
      ),
    ];
  for (const [what, tags, rules] of cases) {
    it(`${rules.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
      assert.deepEqual(
        checkTags(tags).map(({ rule }) => rule),
        rules,
      );
    });
  }

  it("names the tag that is wrong", () => {
    assert.match(
      inEnglish(checkTags({ fine: "", "not/fine": "" })[0]?.message ?? { template: "", args: [] }),
      /“not\/fine”/,
    );
  });
});
