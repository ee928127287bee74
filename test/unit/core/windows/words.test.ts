import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { scheduleInWords } from "../../../../src/core/windows/words.ts";
import { never, window } from "./arbitraries.ts";

const nothing: WindowFields = {
  startDateTime: undefined,
  expirationDateTime: undefined,
  duration: undefined,
  timeZone: undefined,
  recurEvery: undefined,
};

const cases: readonly (readonly [fields: Partial<WindowFields>, words: string])[] = [
  [{ timeZone: "Pacific Standard Time" }, "Every day 22:00–03:00, Pacific Time"],
  [{ expirationDateTime: never }, "Every day 22:00–03:00, UTC"],
  [{ recurEvery: "3Days" }, "Every 3 days 22:00–03:00, UTC"],
  [{ recurEvery: "week Saturday, Sunday" }, "Every week on Sunday, Saturday 22:00–03:00, UTC"],
  [{ recurEvery: "2Weeks" }, "Every 2 weeks on Sunday 22:00–03:00, UTC"],
  [{ recurEvery: "Month day23,day24" }, "Every month on day 23, 24 22:00–03:00, UTC"],
  [{ recurEvery: "Month Last Sunday" }, "Every month on the last Sunday 22:00–03:00, UTC"],
  [
    { recurEvery: "2Months Third Sunday Offset-1" },
    "Every 2 months 1 day before the third Sunday 22:00–03:00, UTC",
  ],
  [
    { recurEvery: "Month First Monday Offset6" },
    "Every month 6 days after the first Monday 22:00–03:00, UTC",
  ],
  [{ recurEvery: "Month" }, "Every month 22:00–03:00, UTC"],
  [{ duration: "30:00" }, "Every day 22:00 for 30 h, UTC"],
  [{ duration: undefined }, "Every day 22:00, UTC"],
  [{ expirationDateTime: "2027-01-31 00:00" }, "Every day 22:00–03:00, UTC, until 2027-01-31 00:00"],
  [{ recurEvery: "every other day" }, "“every other day” 22:00–03:00, UTC"],
  [{ startDateTime: "soon" }, "Every day from “soon”, UTC"],
  [{ timeZone: "Middle-earth Standard Time" }, "Every day 22:00–03:00, Middle-earth Standard Time"],
  [{ ...nothing, recurEvery: "Day" }, "Every day"],
  [nothing, "No schedule"],
];

describe("scheduleInWords", () => {
  for (const [fields, words] of cases) {
    it(`says ${words}`, () => assert.equal(inEnglish(scheduleInWords(window(fields))), words));
  }
});
