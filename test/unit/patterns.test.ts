import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { patternsIn, patternsOf } from "../support/patternLiterals.ts";
import { mostSteps } from "../support/patternSteps.ts";

// What Azure, a network in between or a user writes is of any length: a pattern whose work grows with the square of it stops the window.

const source = new URL("../../src/", import.meta.url);
const files = globSync("**/*.ts", { cwd: source }).toSorted();
/** Of each text: where the work grows with its square, it is hundreds of steps for each character. */
const length = 600;
/** Steps for each character. */
const most = 120;

test("each regular expression of the program does work that grows with a text as its length does", async () => {
  let count = 0;
  for (const file of files) {
    for (const pattern of await patternsIn(new URL(file, source))) {
      count += 1;
      const { steps, text } = mostSteps(pattern, length, most);
      assert.ok(steps < most, `${file}: ${String(pattern)} in ${text}`);
    }
  }
  assert.ok(count > 100, `only ${count} were found`);
});

test("no other one is made of text but in the sandbox", () => {
  const making = files.filter((file) => /\bRegExp\(/.test(readFileSync(new URL(file, source), "utf8")));
  assert.deepEqual(making, ["sandbox/control/faults.ts", "sandbox/maintenance/window.ts"]);
});

test("the count tells patterns whose work grows with the square of a text from those where it does not", () => {
  const slow = [
    /[^\s'"<(]+@[^\s'">)]+/g,
    /\s+$/,
    /\/+$/,
    /^(a+)+$/,
    /x*x*y/,
    /\s*\r?\n\s*/g,
    /^a.*b.*c$/,
    /https?:\/\/([^/?\s"']+)[^\s"']*[?&]sig=[^\s"']*/i,
  ];
  const fast = [
    /^\s+/,
    /a+/g,
    /"[^"]*"/g,
    /\d{1,3}:\d\d/,
    /^(?:a|b)*c$/,
    /(?=x)x/,
    /(?<!\/)\/+$/,
    /^a.*b$/,
    /a+b/gy,
  ];
  for (const pattern of slow) assert.ok(mostSteps(pattern, length, most).steps >= most, String(pattern));
  for (const pattern of fast) assert.ok(mostSteps(pattern, length, most).steps < most, String(pattern));
});

test("patterns are told from divisions, strings and templates", () => {
  const code = String.raw`const a = b / c / d; f("/x/", '/y/', ${"`/z/${g(/in/u, { h: `${1 / 2}` })}/w/`"}); return /[/"]\/e/gi.test(i);`;
  assert.deepEqual(patternsOf(code).map(String), ["/in/u", String.raw`/[/"]\/e/gi`]);
});
