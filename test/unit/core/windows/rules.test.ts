import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import {
  checkDuration,
  checkExpiry,
  checkName,
  checkRecurrence,
  checkSchedule,
  checkStart,
  checkTimeZone,
  scheduleRules,
} from "../../../../src/core/windows/rules.ts";
import type { WindowProblem } from "../../../../src/core/windows/types.ts";
import { window } from "./arbitraries.ts";

const now = "2026-10-20T12:00:00Z";
const pacific = "Pacific Standard Time";
const group =
  "/subscriptions/s/resourceGroups/rg-ops/providers/Microsoft.Maintenance/maintenanceConfigurations/";

const rulesOf = (problems: readonly WindowProblem[]) =>
  problems.map(({ rule, severity }) => `${severity} ${rule}`);

function configuration(
  fields: Record<string, string | undefined>,
  scope: string | undefined = "OSImage",
  name = "nightly",
) {
  return {
    id: `${group}${name}`,
    name,
    properties: { maintenanceScope: scope, maintenanceWindow: { ...window({}), ...fields } },
  };
}

describe("scheduleRules", () => {
  it("are told apart by stable kebab-case ids", () => {
    const ids = scheduleRules.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
  });

  it("block only with a source", () => {
    for (const { id, severity, sources } of scheduleRules)
      assert.ok(severity === "warn" || sources.length > 0, id);
  });

  it("name both sides where Microsoft's pages disagree on the recurrence", () => {
    const sources = scheduleRules.find(({ id }) => id === "recurrence-daily")?.sources ?? [];
    assert.ok(sources.some((source) => source.endsWith("-powershell")));
    assert.ok(sources.some((source) => source.endsWith("maintenance-control")));
  });
});

describe("checkSchedule", () => {
  const cases: readonly (readonly [
    what: string,
    fields: Record<string, string | undefined>,
    problems: readonly string[],
  ])[] = [
    ["a window that every page accepts", {}, []],
    ["exactly 5 hours", { duration: "05:00" }, []],
    ["less than 5 hours", { duration: "04:59" }, ["block duration-minimum"]],
    ["a duration in words", { duration: "5h" }, ["block duration-format"]],
    ["no duration", { duration: undefined }, ["warn duration-missing"]],
    ["a duration of a whole day, every day", { duration: "24:00" }, []],
    ["more than a day, every day", { duration: "24:01" }, ["warn duration-recurrence"]],
    [
      "more than a day, on neighbouring weekdays",
      { duration: "30:00", recurEvery: "Week Saturday,Sunday" },
      ["warn duration-recurrence", "warn recurrence-daily"],
    ],
    ["another recurrence than Day", { recurEvery: "Week Sunday" }, ["warn recurrence-daily"]],
    ["several days", { recurEvery: "5days" }, ["warn recurrence-daily"]],
    ["Day written otherwise", { recurEvery: "1day" }, []],
    [
      "a month without a day",
      { recurEvery: "Month" },
      ["block recurrence-month-day", "warn recurrence-daily"],
    ],
    ["prose", { recurEvery: "every day" }, ["block recurrence-unknown"]],
    ["no recurrence", { recurEvery: undefined }, ["block recurrence-missing"]],
    ["no start", { startDateTime: undefined }, ["block start-missing"]],
    ["a start in another form", { startDateTime: "11/01/2026 22:00" }, ["block start-format"]],
    ["a start on 30 February", { startDateTime: "2026-02-30 22:00" }, ["block start-impossible"]],
    ["a start at 24:00", { startDateTime: "2026-11-01 24:00" }, ["block start-impossible"]],
    ["a start yesterday", { startDateTime: "2026-10-19 22:00" }, ["warn start-past"]],
    ["a start earlier today", { startDateTime: "2026-10-20 02:00" }, []],
    [
      "a start that is yesterday in UTC but today in its zone",
      { startDateTime: "2026-10-20 01:00", timeZone: "Hawaiian Standard Time" },
      [],
    ],
    ["a start in a gap", { startDateTime: "2027-03-14 02:30", timeZone: pacific }, ["warn start-gap"]],
    ["a start that comes twice", { startDateTime: "2026-11-01 01:30", timeZone: pacific }, []],
    ["an IANA zone", { timeZone: "Europe/Berlin" }, ["block time-zone-unknown"]],
    ["a retired zone", { timeZone: "Kamchatka Standard Time" }, ["warn time-zone-retired"]],
    ["a display name", { timeZone: "Coordinated Universal Time" }, ["block time-zone-unknown"]],
    ["no zone", { timeZone: undefined }, ["block time-zone-missing"]],
    ["an expiry before the start", { expirationDateTime: "2026-10-31 22:00" }, ["block expiry-before-start"]],
    ["an expiry at the start", { expirationDateTime: "2026-11-01 22:00" }, ["block expiry-before-start"]],
    ["an expiry after it", { expirationDateTime: "2026-11-01 22:01" }, []],
    ["Azure's default expiry", { expirationDateTime: "9999-12-31 23:59:59" }, []],
    ["an expiry in words", { expirationDateTime: "never" }, ["block expiry-format"]],
    ["an expiry on 31 June", { expirationDateTime: "2027-06-31 00:00" }, ["block expiry-impossible"]],
    [
      "an expiry that has passed",
      { startDateTime: "2026-10-19 22:00", expirationDateTime: "2026-10-20 12:00" },
      ["warn start-past", "block expired"],
    ],
  ];
  for (const [what, fields, problems] of cases) {
    it(`${problems.length === 0 ? "has nothing against" : `answers ${problems.join(", ")} to`} ${what}`, () => {
      assert.deepEqual(rulesOf(checkSchedule(configuration(fields), { now })), problems);
    });
  }

  it("judges another scope by nothing else", () => {
    assert.deepEqual(rulesOf(checkSchedule(configuration({ duration: "02:00" }, "Host"), { now })), [
      "block scope",
    ]);
    assert.deepEqual(rulesOf(checkSchedule({ properties: {} }, { now })), ["block scope"]);
  });

  it("takes the scope in any casing", () => {
    assert.deepEqual(checkSchedule(configuration({}, "osimage"), { now }), []);
  });

  it("misses a window that is absent or null, and asks for nothing in it", () => {
    for (const maintenanceWindow of [undefined, null]) {
      const windowless = { properties: { maintenanceScope: "OSImage", maintenanceWindow } };
      assert.deepEqual(rulesOf(checkSchedule(windowless, { now })), ["block window-missing"]);
    }
  });

  it("does not hold it against a configuration in use that it has started, or what it is called", () => {
    const started = configuration({ startDateTime: "2020-10-01 00:00" }, "OSImage", "nightly (old)");
    assert.deepEqual(rulesOf(checkSchedule(started, { now })), ["warn name-characters", "warn start-past"]);
    assert.deepEqual(checkSchedule(started, { now, existing: true }), []);
  });

  it("holds it against one in use that its start is skipped: the next edit may be refused for it", () => {
    const skipped = configuration({ startDateTime: "2026-03-08 02:30", timeZone: pacific });
    assert.deepEqual(rulesOf(checkSchedule(skipped, { now, existing: true })), ["warn start-gap"]);
  });

  it("does not hold it against an edit that the start it keeps has passed", () => {
    const before = configuration({ startDateTime: "2020-10-01 00:00" });
    const kept = configuration({ startDateTime: "2020-10-01 00:00", duration: "06:00" });
    const moved = configuration({ startDateTime: "2020-10-02 00:00" });
    const day = { now: "2026-10-20T12:00:00Z" };
    assert.deepEqual(rulesOf(checkSchedule(kept, { ...day, before })), []);
    assert.deepEqual(rulesOf(checkSchedule(moved, { ...day, before })), ["warn start-past"]);
  });

  it("warns of an edit less than an hour before a window, as it was or as it will be", () => {
    const opens = (time: string) => configuration({ startDateTime: `2026-10-20 ${time}` });
    const edit = (before: string, after: string) =>
      rulesOf(checkSchedule(opens(after), { now, before: opens(before) }));
    assert.deepEqual(edit("13:00", "22:00"), []);
    assert.deepEqual(edit("12:59", "22:00"), ["warn edit-too-late"]);
    assert.deepEqual(edit("12:00", "22:00"), ["warn edit-too-late"]);
    assert.deepEqual(edit("11:59", "22:00"), []);
    assert.deepEqual(edit("22:00", "12:30"), ["warn edit-too-late"]);
    // Without `before` it is a creation.
    assert.deepEqual(rulesOf(checkSchedule(opens("12:30"), { now })), []);
  });

  it("says when the window opens that an edit comes too late for", () => {
    const before = configuration({ startDateTime: "2026-10-20 05:30", timeZone: pacific });
    const [problem] = checkSchedule(configuration({}), { now, before });
    assert.match(
      problem === undefined ? "" : inEnglish(problem.message),
      /2026-10-20 05:30 \(Pacific Time\)/,
    );
  });

  it("warns above 250 configurations in a region and 3,000 associations, of new ones and of those in use", () => {
    for (const existing of [true, false]) {
      const check = (counts: object) =>
        rulesOf(checkSchedule(configuration({}), { now, existing, ...counts }));
      assert.deepEqual(check({ inRegion: 250, associations: 3000 }), []);
      assert.deepEqual(check({ inRegion: 251 }), ["warn configurations-per-region"]);
      assert.deepEqual(check({ associations: 3001 }), ["warn associations-per-configuration"]);
    }
  });

  it("compares the name with those taken, without case", () => {
    assert.deepEqual(rulesOf(checkSchedule(configuration({}), { now, taken: ["NIGHTLY"] })), [
      "block name-taken",
    ]);
  });
});

describe("the checks of single fields", () => {
  const only = (problems: readonly WindowProblem[]) => {
    assert.equal(problems.length, 1, rulesOf(problems).join());
    return problems[0] as WindowProblem;
  };

  it("name the value, the rule and the way out", () => {
    const { message } = only(checkDuration("04:30"));
    assert.match(inEnglish(message), /“04:30”.*at least 5 hours.*05:00 or more/);
    assert.match(
      inEnglish(only(checkStart("2026-02-30 10:00", "UTC", now)).message),
      /“2026-02-30 10:00” isn't a real date/,
    );
    assert.match(
      inEnglish(only(checkStart("2027-03-14 02:30", pacific, now)).message),
      /Pacific Time.*2027-03-14 03:30/,
    );
    assert.match(inEnglish(only(checkStart("2020-10-01 00:00", "UTC", now)).message), /2026-10-20 or later/);
    assert.match(inEnglish(only(checkTimeZone("Europe/Berlin")).message), /W\. Europe Standard Time/);
  });

  it("check a start without its zone by its form alone", () => {
    assert.deepEqual(checkStart("2020-10-01 00:00", undefined, now), []);
    assert.deepEqual(rulesOf(checkStart("soon", undefined, now)), ["block start-format"]);
    assert.deepEqual(rulesOf(checkStart("", "UTC", now)), ["block start-missing"]);
  });

  it("want a duration", () => {
    assert.deepEqual(rulesOf(checkDuration("")), ["block duration-format"]);
    assert.deepEqual(checkDuration("06:30"), []);
    assert.deepEqual(rulesOf(checkDuration("48:00", "Day")), ["warn duration-recurrence"]);
  });

  it("take an empty expiry for none", () => {
    assert.deepEqual(checkExpiry("", "2026-11-01 22:00", "UTC", now), []);
    assert.deepEqual(rulesOf(checkExpiry("2026-10-01 00:00", "2026-11-01 22:00", "UTC", now)), [
      "block expiry-before-start",
      "block expired",
    ]);
  });

  it("take Day without a word, and other recurrences with a warning", () => {
    assert.deepEqual(checkRecurrence("Day"), []);
    assert.deepEqual(rulesOf(checkRecurrence("Week Monday")), ["warn recurrence-daily"]);
    assert.deepEqual(rulesOf(checkRecurrence("weekly")), ["block recurrence-unknown"]);
    assert.deepEqual(rulesOf(checkRecurrence("Day", "30:00")), ["warn duration-recurrence"]);
  });

  it("check names", () => {
    const check = (name: string, resourceGroup = "rg", taken: string[] = []) =>
      rulesOf(checkName(name, { resourceGroup, taken }));
    assert.deepEqual(check("mc-nightly_2.eu"), []);
    assert.deepEqual(check(""), ["block name-empty"]);
    assert.deepEqual(check("  "), ["block name-empty"]);
    assert.deepEqual(check("night windows"), ["warn name-characters"]);
    assert.deepEqual(check("a/b"), ["block name-reserved", "warn name-characters"]);
    assert.deepEqual(check(".."), ["block name-reserved", "warn name-characters"]);
    assert.deepEqual(check("-nightly"), ["warn name-characters"]);
    assert.deepEqual(check("Nightly", "rg", ["other", "nightly"]), ["block name-taken"]);
    assert.deepEqual(check("n".repeat(37), "g".repeat(90)), []);
    assert.deepEqual(check("n".repeat(38), "g".repeat(90)), ["block name-length"]);
  });
});
