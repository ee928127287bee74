import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { window } from "./arbitraries.ts";

const configuration = (fields: Partial<WindowFields>, scope = "OSImage") => ({
  properties: { maintenanceScope: scope, maintenanceWindow: { ...window(fields) } },
});

describe("scheduleFacts", () => {
  it("gives the words and all windows of the agenda, and a day more, of a configuration that has long started", () => {
    const facts = scheduleFacts(configuration({ startDateTime: "2020-10-01 22:00" }), "2026-11-23T12:00:00Z");
    assert.equal(inEnglish(facts.words), "Every day 22:00–03:00, UTC");
    assert.equal(facts.zone, "UTC");
    assert.equal(facts.knownUntil, "2026-12-08T12:00:00Z");
    assert.deepEqual(
      [facts.next.length, facts.next[0]?.start, facts.next.at(-1)?.start],
      [15, "2026-11-23T22:00:00Z", "2026-12-07T22:00:00Z"],
    );
    assert.deepEqual(facts.problems, []);
    assert.equal(facts.unreadable, undefined);
  });

  it("tells when the schedule begins, which need not be with a window", () => {
    const beginOf = (fields: Partial<WindowFields>) =>
      scheduleFacts(configuration(fields), "2026-11-23T12:00:00Z").begins;
    const monthly = { startDateTime: "2026-12-04 02:30", recurEvery: "Month Last Friday Offset6" };
    assert.equal(beginOf({ ...monthly, timeZone: "Pacific Standard Time" }), "2026-12-04T10:30:00Z");
    assert.equal(
      beginOf({ startDateTime: "2027-03-14 02:30", timeZone: "Pacific Standard Time" }),
      "2027-03-14T10:30:00Z",
    );
    assert.equal(beginOf({ startDateTime: "soon" }), undefined);
    assert.equal(beginOf({ timeZone: "Mars Standard Time" }), undefined);
  });

  it("gives five windows where fewer open so soon, and no more than there are", () => {
    const dates = (fields: Partial<WindowFields>) =>
      scheduleFacts(configuration(fields), "2026-11-23T12:00:00Z").next.map(({ start }) =>
        start.slice(0, 10),
      );
    assert.deepEqual(dates({ recurEvery: "2Weeks Monday" }), [
      "2026-11-30",
      "2026-12-14",
      "2026-12-28",
      "2027-01-11",
      "2027-01-25",
    ]);
    assert.equal(dates({ expirationDateTime: "2026-11-26 00:00" }).length, 3);
  });

  it("puts a window that is open now first, and no longer when it ends", () => {
    const start = (now: string) => scheduleFacts(configuration({}), now).next[0]?.start;
    assert.equal(start("2026-11-03T02:59:59Z"), "2026-11-02T22:00:00Z");
    assert.equal(start("2026-11-03T03:00:00Z"), "2026-11-03T22:00:00Z");
  });

  it("shows all of several windows that are open at once", () => {
    const { next } = scheduleFacts(configuration({ duration: "60:00" }), "2026-11-05T00:00:00Z");
    assert.deepEqual(
      next.slice(0, 4).map(({ start }) => start.slice(0, 10)),
      ["02", "03", "04", "05"].map((day) => `2026-11-${day}`),
    );
  });

  it("says why it can't tell where Azure holds what is not understood", () => {
    const { next, unreadable } = scheduleFacts(
      configuration({ recurEvery: "fortnightly" }),
      "2026-11-05T00:00:00Z",
    );
    assert.deepEqual(next, []);
    assert.match(unreadable === undefined ? "" : inEnglish(unreadable), /“fortnightly” couldn't be read/);
  });

  it("can't tell the windows of a retired zone", () => {
    const { next, unreadable, problems, zone } = scheduleFacts(
      configuration({ timeZone: "Kamchatka Standard Time" }),
      "2026-11-05T00:00:00Z",
    );
    assert.deepEqual([next, zone], [[], "Kamchatka Standard Time"]);
    assert.match(unreadable === undefined ? "" : inEnglish(unreadable), /is a retired Windows ID/);
    assert.deepEqual(
      problems.map(({ rule, severity }) => `${severity} ${rule}`),
      ["warn time-zone-retired"],
    );
  });

  it("can tell that an expired configuration opens no window, whatever its recurrence", () => {
    const fields = { recurEvery: "fortnightly", expirationDateTime: "2026-11-02 00:00" };
    const { problems, unreadable } = scheduleFacts(configuration(fields), "2026-11-05T00:00:00Z");
    assert.equal(unreadable, undefined);
    assert.deepEqual(
      problems.map(({ rule }) => rule),
      ["recurrence-unknown", "expired"],
    );
  });
});
