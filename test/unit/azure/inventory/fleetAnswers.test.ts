import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FleetAnswers } from "../../../../src/azure/inventory/fleetAnswers.ts";
import type { GraphAnswer } from "../../../../src/azure/inventory/resourceGraph.ts";
import { at } from "../../../../src/core/resources/json.ts";
import { atOnce } from "../../../../src/core/slices.ts";

const columns = ["id", "part", "subscriptionId", "tags"];

/** One page, of sets by their name with the tags that each has. */
function answerOf(tags: Record<string, string>) {
  const rows = Object.entries(tags).map(([name, own]) => [`/${name}`, "scaleSets", "s", `{"of":"${own}"}`]);
  const answer = { total: rows.length, digest: JSON.stringify(rows), times: 0 };
  const page = () => {
    answer.times++;
    return { columns, rows, skipToken: undefined };
  };
  return Object.assign(answer, { page });
}

/** What a reading of these answers has: each answer's rows, and how many of the answers were read. */
function reading(answers: FleetAnswers, ...given: readonly (GraphAnswer & { readonly times: number })[]) {
  answers.begin();
  const pages = given.map((answer) => atOnce(answers.read(answer)).page.rows);
  return { pages, readCount: given.filter(({ times }) => times > 0).length };
}

describe("the answers about a fleet", () => {
  it("are read once while they come again word for word, and their rows stay the same objects", () => {
    const answers = new FleetAnswers();
    const first = reading(answers, answerOf({ a: "x" }), answerOf({ b: "x" }));
    const second = reading(answers, answerOf({ b: "x" }), answerOf({ a: "x" }));
    const third = reading(answers, answerOf({ a: "x" }), answerOf({ b: "x" }));
    assert.deepEqual([first.readCount, second.readCount, third.readCount], [2, 0, 0]);
    assert.equal(second.pages[1], first.pages[0]);
    assert.equal(third.pages[0], first.pages[0]);
  });

  it("are all read again after a reading with a new one, and what their texts say stays the same object", () => {
    const answers = new FleetAnswers();
    const tagsOf = ({ pages }: ReturnType<typeof reading>, page: number) =>
      at(pages[page]?.[0]?.resource, "tags");
    const first = reading(answers, answerOf({ a: "x" }), answerOf({ b: "y" }));
    const changed = reading(answers, answerOf({ a: "x" }), answerOf({ b: "z" }));
    const after = reading(answers, answerOf({ a: "x" }), answerOf({ b: "z" }));
    const again = reading(answers, answerOf({ a: "x" }), answerOf({ b: "z" }));
    assert.deepEqual(
      [first, changed, after, again].map(({ readCount }) => readCount),
      [2, 1, 2, 0],
    );
    assert.equal(tagsOf(after, 0), tagsOf(first, 0));
    assert.equal(tagsOf(after, 1), tagsOf(changed, 1));
  });

  it("leave nothing behind of texts that none of them has any more", () => {
    const answers = new FleetAnswers();
    const readings = ["x", "y", "y", "z", "z", "x"].map((tag) => reading(answers, answerOf({ a: tag })));
    const tags = readings.map(({ pages }) => at(pages[0]?.[0]?.resource, "tags"));
    assert.deepEqual(tags[5], tags[0]);
    assert.notEqual(tags[5], tags[0]);
  });
});
