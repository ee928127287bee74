import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coverageOf } from "../../../src/core/associations/coverage.ts";
import type { CoverageInput } from "../../../src/core/associations/coverage.ts";
import type { CoverageState } from "../../../src/core/associations/coverageStates.ts";
import type { KnownConfiguration } from "../../../src/core/associations/link.ts";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../src/core/text/message.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import { configurationIdOf, scaleSet } from "./scaleSets.ts";
import type { Wish } from "./scaleSets.ts";

const now = "2026-11-23T06:00:00Z";

function configuration(
  fields: Record<string, string> | null,
  maintenanceScope = "OSImage",
): KnownConfiguration {
  const start = { startDateTime: "2026-01-01 22:00", duration: "05:00", timeZone: "UTC", recurEvery: "Day" };
  const maintenanceWindow = fields === null ? null : { ...start, ...fields };
  const resource = { properties: { maintenanceScope, maintenanceWindow } };
  return { resource, schedule: scheduleFacts(resource, now) };
}

const fleet: Record<string, KnownConfiguration | "missing"> = {
  nightly: configuration({}),
  weekly: configuration({ recurEvery: "Week Sunday" }),
  expired: configuration({ expirationDateTime: "2026-06-01 00:00" }),
  windowless: configuration(null),
  short: configuration({ duration: "02:00" }),
  prose: configuration({ recurEvery: "every other day" }),
  exhausted: configuration({ startDateTime: "2026-02-01 22:00", recurEvery: "12Months day30" }),
  host: configuration({ duration: "02:00" }, "Host"),
  fresh: { ...configuration({}), schedule: undefined },
  gone: "missing",
};

const assignment = (name: string): JsonObject => ({
  name,
  properties: { maintenanceConfigurationId: configurationIdOf(name) },
});

function cover(names: readonly string[], wish: Wish = {}, rest: Partial<CoverageInput> = {}) {
  const set = scaleSet(wish);
  const coverage = coverageOf({
    scaleSet: set,
    assignments: { known: names.map(assignment) },
    configurationOf: (id) => fleet[id.split("/").at(-1)?.toLowerCase() ?? ""] ?? "unknown",
    findings: eligibility(set),
    ...rest,
  });
  return { ...coverage, says: coverage.reasons.map(inEnglish) };
}

const on: Wish = { upgrades: true };
const blocked: Wish = { extensions: [] };

const cases: readonly (readonly [
  what: string,
  names: readonly string[],
  wish: Wish,
  state: CoverageState,
  says: RegExp,
])[] = [
  ["a valid configuration and upgrades on", ["nightly"], on, "controlled", /in the windows of nightly/],
  ["one with a recurrence that only warns", ["weekly"], on, "controlled", /weekly/],
  ["one beside another of another scope", ["nightly", "host"], on, "controlled", /nightly/],
  ["a configuration and upgrades off", ["nightly"], {}, "idle", /upgrades are off/],
  ["neither", [], {}, "unmanaged", /^No maintenance configuration/],
  ["neither, and not eligible", [], blocked, "unmanaged", /^No maintenance configuration/],
  ["only a configuration of another scope", ["host"], {}, "unmanaged", /^No maintenance configuration/],
  ["upgrades on and no configuration", [], on, "uncontrolled", /any time/],
  ["upgrades on and only a configuration of another scope", ["host"], on, "uncontrolled", /any time/],
  [
    "a configuration and a blocking rule",
    ["nightly"],
    blocked,
    "blocked",
    /health extension was not specified/,
  ],
  ["upgrades on and a blocking rule", [], { ...on, ...blocked }, "blocked", /health/],
  ["a configuration that a GET said is gone", ["gone"], on, "broken", /gone was deleted/],
  ["an expired configuration", ["expired"], on, "broken", /has passed/],
  ["one without a window", ["windowless"], on, "broken", /no maintenance window/],
  ["one whose window is too short", ["short"], on, "broken", /at least 5 hours/],
  ["one that never recurs", ["exhausted"], on, "broken", /no more windows/],
  [
    "two OSImage configurations",
    ["nightly", "weekly"],
    on,
    "broken",
    /2 OSImage configurations \(nightly, weekly\)/,
  ],
  ["a gone one beside a good one", ["nightly", "gone"], on, "broken", /gone/],
  [
    "a configuration that is not in the fleet",
    ["elsewhere"],
    on,
    "unknown",
    /Its configuration elsewhere couldn't be read/,
  ],
  ["one whose schedule is not understood", ["prose"], on, "unknown", /couldn't be read.*“every other day”/],
  ["one whose windows are still being worked out", ["fresh"], on, "unknown", /still being calculated/],
  ["an unread one beside a broken one", ["gone", "elsewhere"], on, "unknown", /elsewhere/],
];

describe("coverageOf", () => {
  for (const [what, names, wish, state, says] of cases) {
    it(`is ${state} with ${what}`, () => {
      const coverage = cover(names, wish);
      assert.equal(coverage.state, state);
      assert.match(coverage.says[0] ?? "", says);
      assert.equal(coverage.needsAttention, ["broken", "blocked", "uncontrolled", "idle"].includes(state));
      assert.equal(coverage.managedBy, undefined);
    });
  }

  it("can't tell where the assignments are not known, and says why", () => {
    const { state, says, needsAttention } = cover([], on, {
      assignments: { unknown: message("Access is denied.") },
    });
    assert.deepEqual([state, needsAttention], ["unknown", false]);
    assert.match(says[0] ?? "", /Associations unknown: Access is denied\./);
  });

  it("can't tell where an assignment names no configuration", () => {
    assert.equal(cover([], on, { assignments: { known: [{ name: "x", properties: {} }] } }).state, "unknown");
  });

  it("counts two assignments to one configuration, in different casings, as one", () => {
    const upper = { properties: { maintenanceConfigurationId: configurationIdOf("nightly").toUpperCase() } };
    assert.equal(
      cover([], on, { assignments: { known: [assignment("nightly"), upper] } }).state,
      "controlled",
    );
  });

  it("tells what blocks a broken set as well, after what broke it", () => {
    const { says } = cover(["expired"], { ...on, ...blocked });
    assert.match(says[0] ?? "", /expired/);
    assert.match(says[1] ?? "", /health/);
  });

  it("counts a set that another service owns apart, in every state", () => {
    const tags = { "aks-managed-poolName": "np1" };
    for (const [, names, wish, state] of cases) {
      const coverage = cover(names, { ...wish, tags });
      assert.deepEqual(
        [coverage.state, coverage.needsAttention, coverage.managedBy],
        [state, false, "Azure Kubernetes Service"],
      );
    }
  });
});
