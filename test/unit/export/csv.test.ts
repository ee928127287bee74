import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf } from "../../../src/export/csv.ts";

test("rows are lines, and cells that have separators are quoted", () => {
  assert.equal(
    csvOf([
      ["name", "count"],
      ['a "b", c', 3],
      ["two\r\nlines", -1],
    ]),
    'name,count\r\n"a ""b"", c",3\r\n"two\r\nlines",-1\r\n',
  );
});

for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
  test(`${JSON.stringify(text)} is no formula`, () => {
    assert.equal(csvOf([[text]]), `"'${text}"\r\n`);
  });
}

test("what only has such a sign within stays as it is", () => {
  assert.equal(csvOf([["vmss-web", "a=b", "22.04.202610100"]]), "vmss-web,a=b,22.04.202610100\r\n");
});
