import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { explainScaleSet } from "../../scripts/explain/scaleSet.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import type { JsonObject } from "../../src/core/resources/json.ts";
import { runTask } from "../support/task.ts";
import { healthExtension, scaleSet, serviceFabric } from "../unit/core/scaleSets.ts";

const explain = (args: readonly string[], input = "") => runTask("explain", args, { input });

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

  it("says of a start that comes twice that it is the one or the other, and lists the first", () => {
    const twice = { ...nightly, startDateTime: "2026-10-01 01:30" };
    const { occurrences } = answer([
      ...["window", JSON.stringify(twice)],
      ...["--from", "2026-10-31T12:00:00Z", "--count", "2"],
    ]);
    const [first, second] = occurrences as readonly Record<string, unknown>[];
    const { note, ...others } = first ?? {};
    assert.deepEqual(others, {
      start: "2026-11-01T08:30:00Z",
      end: "2026-11-01T13:30:00Z",
      localStart: "2026-11-01 01:30",
      localEnd: "2026-11-01 05:30",
      marks: ["overlap", "shift"],
      laterStart: "2026-11-01T09:30:00Z",
    });
    assert.match(String(note), /^starts at this time or 60 minutes later: clocks go back/);
    assert.deepEqual(second?.["marks"], []);
    assert.ok(!("note" in (second ?? {})));
  });

  it("says of a retired zone that its windows can't be computed, and of a display name which id is meant", () => {
    const problemsOf = (timeZone: string) => {
      const { problems, occurrences } = answer(["window", JSON.stringify({ ...nightly, timeZone })]);
      assert.deepEqual(occurrences, []);
      return problems
        .filter(({ rule }) => rule !== "start-past")
        .map(({ rule, severity, message }) => `${severity} ${rule} ${message}`);
    };
    for (const zone of ["Kamchatka Standard Time", "Mid-Atlantic Standard Time"]) {
      const found = problemsOf(zone);
      assert.equal(found.length, 1);
      assert.match(
        found[0] ?? "",
        /^warn time-zone-retired .* is a retired Windows ID, so its windows can't be calculated/,
      );
    }
    const [displayed] = problemsOf("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna");
    assert.match(displayed ?? "", /^block time-zone-unknown .* Choose W\. Europe Standard Time\.$/);
  });

  it("ends well and without occurrences where there are problems, each with its rule, severity and message", () => {
    const broken = { ...nightly, duration: 5, recurEvery: "every day", timeZone: null };
    const { problems, occurrences } = answer(["window", JSON.stringify(broken), "--scope=OSImage"]);
    const found = problems.filter(({ rule }) => rule !== "start-past");
    assert.deepEqual(
      found.map(({ rule, severity }) => `${severity} ${rule}`),
      ["block time-zone-missing", "block duration-format", "block recurrence-unknown"],
    );
    assert.match(found[1]?.message ?? "", /“5” isn't written as HH:mm/);
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
    [[], /Choose what to explain: window/],
    [["fortnight", "{}"], /Choose what to explain: window/],
    [["window"], /The JSON is missing/],
    [["window", "{\n"], /Not JSON/],
    [["window", "[]"], /Not a JSON object/],
    [["window", "null"], /Not a JSON object/],
    [["window", "{}", "{}"], /Unexpected "\{\}"/],
    [["window", JSON.stringify({ properties: { maintenanceWindow: nightly } })], /a whole configuration/],
    [["window", "{}", "--until", "x"], /Unknown option '--until'/],
    [["window", "{}", "--from"], /--from/],
    [["window", "{}", "--from", "2026-11-01"], /ISO instant/],
    [["window", "{}", "--from", "so\non"], /ISO instant/],
    [["window", "{}", "--count", "ten"], /--count must be a number/],
    [["window", "{}", "--count", "1.5"], /--count must be a number/],
    [["window", "{}", "--count=-1"], /--count must be a number/],
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

const jammy = {
  publisher: "Canonical",
  offer: "0001-com-ubuntu-server-jammy",
  sku: "22_04-lts",
  version: "latest",
};
const several = { properties: { singlePlacementGroup: false }, extensions: [], probe: "/probe" };
const eligibleSet = scaleSet({ image: jammy });

describe("explain scale-set", () => {
  const set = scaleSet({ extensions: [], tags: { "aks-managed-poolName": "np1" } });

  function explained(args: readonly string[], input?: string) {
    const { status, stdout, stderr } = explain(["scale-set", ...args], input);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    return JSON.parse(stdout) as ReturnType<typeof explainScaleSet>;
  }

  it("prints the verdict and each rule's finding, of a file as of standard input", async () => {
    await using scratch = scratchFolder("explain");
    const file = join(scratch.path, "set.json");
    writeFileSync(file, `\uFEFF${JSON.stringify(set)}`);
    const fromFile = explained([file]);
    assert.deepEqual(explained(["-"], JSON.stringify(set)), fromFile);
    assert.equal(fromFile.verdict, "blocked");
    assert.equal(new Set(fromFile.findings.map(({ rule }) => rule)).size, 17);
    const health = fromFile.findings.find(({ rule }) => rule === "health-source");
    assert.ok(health);
    assert.deepEqual(Object.keys(health), [
      "rule",
      "severity",
      "status",
      "observed",
      "message",
      "fix",
      "sources",
    ]);
    assert.match(health.message, /health probe or health extension was not specified/);
    const owner = fromFile.findings.find(({ rule }) => rule === "managed-by-other");
    assert.deepEqual(
      [owner?.severity, owner?.status, owner?.observed],
      ["warn", "fail", "Azure Kubernetes Service"],
    );
  });

  it("waits for a slow standard input", () => {
    const { status, stdout } = spawnSync(
      "sh",
      ["-c", "(sleep 0.5; echo '{\"properties\":null}') | node scripts/run.mjs explain scale-set -"],
      { cwd: root, encoding: "utf8" },
    );
    assert.equal(status, 0);
    assert.match(stdout, /"verdict": "warnings"/);
  });

  const unusable: readonly (readonly [input: string, says: RegExp])[] = [
    ["{", /Not JSON/],
    ["[]", /Not a JSON object/],
    ["{}", /Not a scale set/],
    ['{"name":"web","virtualMachineProfile":{}}', /output of az vmss show.*az resource show/],
    [
      '{"type":"Microsoft.Compute/virtualMachines","properties":{}}',
      /Not a scale set: type "Microsoft\.Compute\/virtualMachines"/,
    ],
  ];
  for (const [input, says] of unusable) {
    it(`answers ${input} with one line and exit code 2`, () => {
      const { status, stdout, stderr } = explain(["scale-set", "-"], input);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, says);
      assert.equal(stderr.trim().split("\n").length, 1);
    });
  }

  it("answers a file that is not there with one line and exit code 2", () => {
    const { status, stderr } = explain(["scale-set", "/no/such/set.json"]);
    assert.equal(status, 2);
    assert.match(stderr, /^Couldn't read \/no\/such\/set\.json: ENOENT[^\n]*\n$/);
  });
});

describe("the verdict of explain scale-set", () => {
  const cases: readonly (readonly [what: string, set: JsonObject, verdict: string])[] = [
    ["a supported image and all else in order", eligibleSet, "eligible"],
    ["an image that nobody lists, which only Azure can tell", scaleSet(), "eligible"],
    [
      "several placement groups and a balancer that is not in the document",
      scaleSet({ ...several, image: jammy }),
      "eligible",
    ],
    [
      "Service Fabric Silver without a probe",
      scaleSet({ image: jammy, extensions: [serviceFabric("Silver")] }),
      "eligible",
    ],
    ["a Flexible set", scaleSet({ image: jammy, mode: "Flexible" }), "warnings"],
    [
      "an operating system that the model does not say",
      scaleSet({ image: jammy, os: undefined, osProfile: null }),
      "warnings",
    ],
    ["a document without the model", { properties: null }, "warnings"],
    [
      "one that is known by its type alone",
      { type: "Microsoft.Compute/VirtualMachineScaleSets" },
      "warnings",
    ],
    ["Updating", scaleSet({ image: jammy, properties: { provisioningState: "Updating" } }), "warnings"],
    [
      "a pinned image on a Flexible set",
      scaleSet({ image: { ...jammy, version: "1.2.3" }, mode: "Flexible" }),
      "blocked",
    ],
    [
      "a rolling policy out of range",
      scaleSet({ image: jammy, rollingPolicy: { maxBatchInstancePercent: 0 } }),
      "blocked",
    ],
    [
      "Service Fabric Bronze",
      scaleSet({ image: jammy, extensions: [serviceFabric("Bronze"), healthExtension("Linux")] }),
      "blocked",
    ],
  ];
  for (const [what, set, verdict] of cases) {
    it(`is ${verdict} for ${what}`, () => assert.equal(explainScaleSet(set).verdict, verdict));
  }
});
