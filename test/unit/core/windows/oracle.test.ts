import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { occurrences } from "../../../../src/core/windows/occurrences.ts";
import type { Mark, Occurrence } from "../../../../src/core/windows/types.ts";
import { allZones, ianaOf, nextChange } from "../../../../src/core/windows/zones.ts";
import { anyDuration, anyZone, looselyWritten, shortRecurrence, wallTimeBetween } from "./arbitraries.ts";

const windowCount = 2500;
const occurrencesEach = 10;
/** The databases are compared over this time; no window that is asked for opens later. */
const [from, to] = ["2014-01-01", "2045-01-01"] as const;
const maxZonesLeftOut = 5;

const anyWindow = fc
  .record({
    startDateTime: wallTimeBetween("2015-01-01", "2032-12-31"),
    duration: anyDuration,
    timeZone: anyZone,
    recurEvery: shortRecurrence.chain(looselyWritten),
    // One in ten expires.
    expirationDateTime: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: wallTimeBetween("2018-01-01", "2040-12-31") },
    ),
    asked: wallTimeBetween("2015-01-01", "2032-12-31"),
    // Minutes from the next change of the zone's clock to the start of a daily window, for every other one.
    fromChange: fc.oneof(fc.constant(undefined), fc.integer({ min: -60, max: 60 })),
  })
  .map(({ asked, fromChange, ...window }) => {
    const from = `${asked.replace(" ", "T")}:00Z`;
    return {
      ...window,
      from,
      ...(fromChange !== undefined && around(window, from, fromChange)),
      count: occurrencesEach,
    };
  });

/** Turns a window into a daily one that starts some minutes from the next change of its zone's clock. */
function around(
  { timeZone, startDateTime }: { timeZone: string; startDateTime: string },
  from: string,
  minutes: number,
) {
  const ianaId = ianaOf(timeZone) ?? "";
  const change = nextChange(ianaId, from);
  if (change === undefined) return {};
  const at = Temporal.Instant.from(change.at);
  const time = at.toZonedDateTimeISO(ianaId).toPlainTime().add({ minutes }).toString().slice(0, 5);
  return {
    startDateTime: `2016${startDateTime.slice(4, 10)} ${time}`,
    recurEvery: "Day",
    from: at.subtract({ hours: 100 }).toString(),
  };
}

interface Answer {
  /** Of Python's time-zone database. */
  readonly version: string;
  /** By Windows id: the offset in seconds at the beginning, and from each change on. */
  readonly changes: Readonly<Record<string, readonly (readonly [instant: string, offset: number])[]>>;
  readonly occurrences: readonly (readonly string[])[][];
}

const python = spawnSync("python3", ["-c", "import zoneinfo"]).status === 0;

test(
  `Python's zoneinfo finds the same ${occurrencesEach} occurrences of ${windowCount} random windows`,
  { skip: python ? false : `${windowCount} windows were not compared: there is no python3 with zoneinfo` },
  (t) => {
    const zones = Object.fromEntries(allZones().map(({ windowsId, ianaId }) => [windowsId, ianaId]));
    const seed = Date.now();
    const sample = fc.sample(anyWindow, { numRuns: windowCount, seed });
    const oracle = ask({ zones, from, to, windows: sample });

    const leftOut = Object.keys(zones).filter(
      (id) => !isSame(oracle.changes[id], changesOf(zones[id] ?? "")),
    );
    t.diagnostic(`Time zones of ${process.versions["tz"]} here and of ${oracle.version} in Python`);
    t.diagnostic(`Left out, because their offsets differ: ${leftOut.join(", ") || "none"}`);
    assert.ok(leftOut.length <= maxZonesLeftOut, leftOut.join(", "));

    const compared: string[] = [];
    let full = 0;
    for (const [index, window] of sample.entries()) {
      if (leftOut.includes(window.timeZone)) continue;
      const ours = occurrences(window, window).map(line);
      const theirs = (oracle.occurrences[index] ?? []).map((parts) => parts.join(" "));
      assert.deepEqual(
        ours.filter(isInRange),
        theirs.filter(isInRange),
        `seed ${seed}: ${JSON.stringify(window)}`,
      );
      compared.push(...ours.filter(isInRange));
      if (ours.filter(isInRange).length === occurrencesEach) full++;
    }
    const marked = (mark: Mark) => compared.filter((occurrence) => occurrence.includes(mark)).length;
    const marks = [marked("gap"), marked("overlap"), marked("shift")];
    t.diagnostic(`${compared.length} occurrences compared; gap, overlap, shift: ${marks.join(", ")}`);
    assert.ok(full >= 2000, `only ${full} windows had ${occurrencesEach} occurrences`);
    assert.ok(Math.min(...marks) >= 20, `${marks.join(", ")} marks`);
  },
);

function ask(question: object): Answer {
  const program = fileURLToPath(new URL("oracle.py", import.meta.url));
  const { stdout, stderr, status } = spawnSync("python3", [program], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Answer;
}

/** What Temporal knows of a zone, as Python tells it. */
function changesOf(ianaId: string): Answer["changes"][string] {
  const end = Temporal.Instant.from(`${to}T00:00Z`);
  let at = Temporal.Instant.from(`${from}T00:00Z`).toZonedDateTimeISO(ianaId);
  const found: (readonly [string, number])[] = [];
  for (;;) {
    found.push([at.toInstant().toString(), at.offsetNanoseconds / 1e9]);
    const next = transitionAfter(at, end);
    if (next === undefined) return found;
    at = next;
  }
}

/** The polyfill looks no more than three years ahead at once. */
function transitionAfter(
  at: Temporal.ZonedDateTime,
  end: Temporal.Instant,
): Temporal.ZonedDateTime | undefined {
  for (let from = at; Temporal.Instant.compare(from.toInstant(), end) < 0; from = from.add({ years: 2 })) {
    const next = from.getTimeZoneTransition("next");
    if (next !== null) return Temporal.Instant.compare(next.toInstant(), end) <= 0 ? next : undefined;
  }
  return undefined;
}

function isSame(a: Answer["changes"][string] | undefined, b: Answer["changes"][string]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function line({ start, end, localStart, localEnd, marks }: Occurrence): string {
  return [start, end, localStart, localEnd, ...marks].join(" ");
}

function isInRange(occurrence: string): boolean {
  return occurrence < "2044-06";
}
