import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { marksInWords } from "../../../../src/core/windows/marks.ts";
import { occurrences } from "../../../../src/core/windows/occurrences.ts";

/** The first window of a daily schedule: when it opens, and what is said of it. */
function first(startDateTime: string, timeZone: string) {
  const fields = {
    startDateTime,
    timeZone,
    duration: "05:00",
    recurEvery: "Day",
    expirationDateTime: undefined,
  };
  const [occurrence] = occurrences(fields, { from: "2026-01-01T00:00:00Z", count: 1 });
  assert.ok(occurrence);
  const { start, laterStart } = occurrence;
  const words = marksInWords(occurrence);
  return { start, laterStart, words: words === undefined ? "" : inEnglish(words) };
}

describe("a start that comes twice", () => {
  it("is the one or the other, an hour apart; the first is listed", () => {
    const { start, laterStart, words } = first("2026-10-25 02:00", "W. Europe Standard Time");
    assert.deepEqual([start, laterStart], ["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"]);
    assert.match(words, /^starts at this time or 60 minutes later: .*not documented which/);
  });

  it("is half an hour apart where the clock goes back by half an hour", () => {
    const { start, laterStart, words } = first("2026-04-05 01:45", "Lord Howe Standard Time");
    assert.deepEqual([start, laterStart], ["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"]);
    assert.match(words, /^starts at this time or 30 minutes later: /);
  });

  it("is not one that comes once: before, after, or while the clocks go forward", () => {
    for (const start of ["2026-10-25 01:59", "2026-10-25 03:00", "2026-03-29 02:30"]) {
      const { laterStart, words } = first(start, "W. Europe Standard Time");
      assert.equal(laterStart, undefined, start);
      assert.doesNotMatch(words, /go back/, start);
    }
  });
});
