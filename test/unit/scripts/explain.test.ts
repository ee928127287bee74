import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { root } from "../../../scripts/bootstrap/paths.mjs";

function explain(args: readonly string[], input = "") {
  return spawnSync("node", ["scripts/run.mjs", "explain", ...args], { cwd: root, encoding: "utf8", input });
}

function answer(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = explain(args, input);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return JSON.parse(stdout) as {
    readonly summary: string;
    readonly problems: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly message: string;
    }[];
    readonly occurrences: readonly object[];
  };
}

const nightly = {
  startDateTime: "2026-10-31 22:00",
  duration: "05:00",
  timeZone: "Pacific Standard Time",
  recurEvery: "Day",
};
const window = JSON.stringify(nightly);

describe("explain window", () => {
  it("prints the schedule in words and the occurrences from the instant asked on", () => {
    const { summary, occurrences } = answer([
      ...["window", window, "--scope", "OSImage"],
      ...["--from", "2026-11-01T05:00:00Z", "--count", "2"],
    ]);
    assert.equal(summary, "Every day 22:00–03:00, Pacific Time");
    assert.deepEqual(occurrences, [
      {
        start: "2026-11-01T05:00:00Z",
        end: "2026-11-01T10:00:00Z",
        localStart: "2026-10-31 22:00",
        localEnd: "2026-11-01 02:00",
        marks: ["shift"],
      },
      {
        start: "2026-11-02T06:00:00Z",
        end: "2026-11-02T11:00:00Z",
        localStart: "2026-11-01 22:00",
        localEnd: "2026-11-02 03:00",
        marks: [],
      },
    ]);
  });

  it("ends well and without occurrences where there are problems, each with its rule, severity and message", () => {
    const broken = { ...nightly, duration: 5, recurEvery: "every day", timeZone: null };
    const { problems, occurrences } = answer(["window", JSON.stringify(broken), "--scope=OSImage"]);
    const told = problems.filter(({ rule }) => rule !== "start-past");
    assert.deepEqual(
      told.map(({ rule, severity }) => `${severity} ${rule}`),
      ["block time-zone-missing", "block duration-format", "block recurrence-unknown"],
    );
    assert.match(told[1]?.message ?? "", /“5” is not written as HH:mm/);
    assert.deepEqual(occurrences, []);
  });

  it("asks from now and for ten where it is not told otherwise, and reads standard input", () => {
    const { occurrences } = answer(["window", "-"], window);
    assert.equal(occurrences.length, 10);
    const [{ start }] = occurrences as [{ start: string }];
    assert.ok(Math.abs(Date.parse(start) - Date.now()) < 25 * 3_600_000, start);
  });

  it("takes another scope for the one problem that it is", () => {
    const { problems, occurrences } = answer(["window", window, "--scope", "Host", "--count", "1"]);
    assert.deepEqual(
      problems.map(({ rule }) => rule),
      ["scope"],
    );
    assert.equal(occurrences.length, 1);
  });

  const unusable: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [[], /Name what to explain first: window/],
    [["fortnight", "{}"], /Name what to explain first: window/],
    [["window"], /The JSON is missing/],
    [["window", "{\n"], /not JSON/],
    [["window", "[]"], /A JSON object is needed/],
    [["window", "null"], /A JSON object is needed/],
    [["window", "{}", "{}"], /Unexpected "\{\}"/],
    [["window", JSON.stringify({ properties: { maintenanceWindow: nightly } })], /a whole configuration/],
    [["window", "{}", "--until", "x"], /Unknown option '--until'/],
    [["window", "{}", "--from"], /--from/],
    [["window", "{}", "--from", "2026-11-01"], /ISO instant/],
    [["window", "{}", "--from", "so\non"], /ISO instant/],
    [["window", "{}", "--count", "ten"], /--count takes a number/],
    [["window", "{}", "--count", "1.5"], /--count takes a number/],
    [["window", "{}", "--count=-1"], /--count takes a number/],
  ];
  for (const [args, says] of unusable) {
    it(`ends with 2 and one line for ${JSON.stringify(args)}`, () => {
      const { status, stdout, stderr } = explain(args);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, says);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
    });
  }
});
