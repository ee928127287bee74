import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { insideWindow } from "../../../../src/core/windows/insideWindow.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";

const nightly: WindowFields = {
  startDateTime: "2026-10-01 22:00",
  expirationDateTime: "2026-12-01 00:00",
  duration: "05:00",
  timeZone: "W. Europe Standard Time",
  recurEvery: "Day",
};
const answer = (at: string | undefined, fields = nightly) => {
  const found = insideWindow(at, fields);
  if (found.inside === "unknown") return `unknown: ${inEnglish(found.why)}`;
  return found.inside === "inside" ? `inside ${found.window.localStart}` : "outside";
};

test("an instant lies in a window from its start to its end, on the clocks of the configuration's zone", () => {
  assert.equal(answer("2026-11-20T21:00:00Z"), "inside 2026-11-20 22:00");
  assert.equal(answer("2026-11-21T02:00:00Z"), "inside 2026-11-20 22:00");
  assert.equal(answer("2026-11-20T20:59:59Z"), "outside");
  assert.equal(answer("2026-11-21T02:00:01Z"), "outside");
  assert.equal(answer("2026-10-10T20:30:00Z"), "inside 2026-10-10 22:00"); // daylight saving
});

test("after the expiry there is no window", () => {
  assert.equal(answer("2026-12-05T22:00:00Z"), "outside");
});

test("before the start it is not known, since a pause moves that", () => {
  assert.match(answer("2026-09-20T21:30:00Z"), /^unknown: .*starts on 2026-10-01 22:00/);
});

test("a time or a schedule that is not understood is unknown, with the reason", () => {
  assert.equal(answer(undefined), "unknown: Azure didn't give the time.");
  assert.equal(answer("soon"), "unknown: Azure didn't give the time.");
  for (const odd of [{ recurEvery: "Fortnight" }, { timeZone: "Moon" }, { duration: undefined }])
    assert.equal(
      answer("2026-11-20T21:00:00Z", { ...nightly, ...odd }),
      "unknown: The configuration's schedule couldn't be read.",
    );
});

test("where the start comes twice, only what lies in both readings of the window is known", () => {
  const early = { ...nightly, startDateTime: "2026-10-01 02:30" };
  // On October 25, 02:30 comes at 00:30Z and at 01:30Z.
  assert.match(answer("2026-10-25T01:00:00Z", early), /^unknown: .*occurs twice/);
  assert.equal(answer("2026-10-25T02:00:00Z", early), "inside 2026-10-25 02:30");
  assert.match(answer("2026-10-25T06:00:00Z", early), /^unknown: .*occurs twice/);
});
