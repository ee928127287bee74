import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { itemsOf, maxPages } from "../../../../src/azure/http/wire.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";

/** Reads a list of so many pages, each of one item and with a next link of its own. */
async function read(pages: number) {
  let asked = 0;
  const page = async () => {
    asked += 1;
    return {
      value: [asked],
      ...(asked < pages && { nextLink: `https://arm.invalid/list?page=${asked + 1}` }),
    };
  };
  const end = await itemsOf(page, page).then(
    (items) => items.length,
    (error: unknown) => problemOf(error),
  );
  return { end, asked };
}

describe("the pages of a list", () => {
  it("are read up to the stated number", async () => {
    assert.deepEqual(await read(1), { end: 1, asked: 1 });
    assert.deepEqual(await read(maxPages), { end: maxPages, asked: maxPages });
  });

  it("are left where the list goes on after it, and that is said", async () => {
    const { end, asked } = await read(Infinity);
    assert.equal(asked, maxPages);
    assert.ok(typeof end === "object" && end.kind === "malformed");
    assert.match(inEnglish(end.summary), /^The list has more than 1000 pages/);
  });
});
