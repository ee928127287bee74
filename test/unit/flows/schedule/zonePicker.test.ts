import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { message } from "../../../../src/core/text/message.ts";
import type { PickQuestion, Row } from "../../../../src/flows/engine/question.ts";
import { zonePicker } from "../../../../src/flows/schedule/zonePicker.ts";
import { textsOf } from "../support.ts";

const november = "2026-11-23T09:00:00Z";
const picker = zonePicker({ localZone: "Europe/Berlin", now: () => november });

function rowsOf({ rows }: PickQuestion): readonly Row[] {
  assert.ok(typeof rows !== "function");
  return rows;
}

const valuesOf = (rows: readonly Row[]) => rows.flatMap((row) => (row.kind === "choice" ? [row.value] : []));
const found = (text: string) => picker().find?.(text) ?? assert.fail("it can't be searched");
const idsOf = (text: string) => valuesOf(found(text));

describe("the list of time zones", () => {
  test("begins with the machine's own zone and UTC, and has every zone once, from west to east", () => {
    const question = picker();
    const ids = valuesOf(rowsOf(question));
    assert.equal(question.proposed, "W. Europe Standard Time");
    assert.deepEqual(ids.slice(0, 3), ["W. Europe Standard Time", "UTC", "Dateline Standard Time"]);
    assert.equal(ids.at(-1), "Line Islands Standard Time");
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 130);
  });

  test("shows the Windows id, the offset now, the next change on the zone's own date, and some cities", () => {
    assert.deepEqual(textsOf(found("Los Angeles")), [
      "(UTC-08:00) Pacific Time | Pacific Standard Time | UTC-07:00 from 2027-03-14 · PST, PDT, PT · Los Angeles, Pacific, Pacific-New, Vancouver",
    ]);
    assert.match(textsOf(found("Lord Howe")).join(), /UTC\+10:30 from 2027-04-04/);
    assert.match(textsOf(found("Kolkata")).join(), /\| no upcoming change · IST · Kolkata/);
  });

  test("of an edited window begins with the zone that is kept, which is not there twice", () => {
    const kept = { kind: "choice", value: "UTC", label: message("Keep UTC") } as const;
    const question = picker(kept);
    assert.equal(question.proposed, "UTC");
    assert.match(textsOf(rowsOf(question))[0] ?? "", /^Keep UTC \| \(UTC\+00:00\) UTC \| no upcoming change/);
    assert.equal(valuesOf(rowsOf(question)).filter((id) => id === "UTC").length, 1);
  });
});

describe("a time zone is found", () => {
  test("by city, also by the words of its name, without accents, and by one that was renamed", () => {
    assert.deepEqual(idsOf("los ang"), ["Pacific Standard Time"]);
    assert.deepEqual(idsOf("Berlin"), ["W. Europe Standard Time"]);
    assert.deepEqual(idsOf("são paulo"), ["E. South America Standard Time"]);
    assert.deepEqual(idsOf("Kyiv"), ["FLE Standard Time"]);
    assert.deepEqual(idsOf("Coordinated Universal Time"), ["UTC"]);
    assert.deepEqual(idsOf("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"), ["Romance Standard Time"]);
    assert.match(textsOf(found("Melbourne")).join(), /Melbourne/, "the city that was asked for is shown");
  });

  test("by IANA name, in its old or new form", () => {
    for (const name of ["America/Los_Angeles", "america/vancouver"]) {
      assert.deepEqual(idsOf(name), ["Pacific Standard Time"], name);
    }
    assert.deepEqual(idsOf("Asia/Kolkata"), ["India Standard Time"]);
    assert.deepEqual(idsOf("Europe/Kyiv"), ["FLE Standard Time"]);
  });

  test("by Windows id", () => {
    assert.equal(idsOf("W. Europe Standard Time")[0], "W. Europe Standard Time");
    assert.equal(idsOf("tokyo standard")[0], "Tokyo Standard Time");
  });

  test("by abbreviation, the zone that it is the initials of first", () => {
    const first = {
      PST: "Pacific Standard Time",
      EST: "Eastern Standard Time",
      AEST: "AUS Eastern Standard Time",
      CET: "W. Europe Standard Time",
      BST: "GMT Standard Time",
      JST: "Tokyo Standard Time",
      utc: "UTC",
    };
    for (const [text, id] of Object.entries(first)) assert.equal(idsOf(text)[0], id, text);
    assert.ok(idsOf("CST").includes("China Standard Time"));
  });

  test("by offset, those that have it now before those that will", () => {
    assert.deepEqual(idsOf("+05:30"), ["India Standard Time", "Sri Lanka Standard Time"]);
    assert.deepEqual(idsOf("gmt -9:30"), ["Marquesas Standard Time"]);
    const two = found("UTC+2").flatMap((row) => (row.kind === "choice" ? textsOf([row]) : []));
    assert.match(two[0] ?? "", /^\(UTC\+02:00\)/);
    assert.match(two.at(-1) ?? "", /^\(UTC\+01:00\).*UTC\+02:00 from 2027-03-28/);
    assert.ok(idsOf("+5").includes("Nepal Standard Time"), "an hour stands for its half and quarter hours");
  });

  test("while an offset is typed something is always there", () => {
    for (const text of ["+", "+0", "+05", "+05:", "+05:3", "+05:30"]) {
      assert.ok(found(text).length > 0, text);
    }
  });

  test("and of what no zone is known by the list says so, with a way out", () => {
    assert.deepEqual(textsOf(found("xyzzy")), [
      "No time zone matches “xyzzy” | Try a large city nearby, an abbreviation such as CET, or an offset such as +05:30.",
    ]);
  });

  test("works out once what is known of the zones, not at each question and keystroke", () => {
    let asked = 0;
    const counted = zonePicker({
      localZone: "Europe/Berlin",
      now: () => {
        asked += 1;
        return november;
      },
    });
    const { find } = counted();
    const once = asked;
    assert.ok(once > 0);
    for (const text of ["l", "los a", "+0", "zzz", "cet"]) find?.(text);
    counted().find?.("l");
    assert.equal(asked, once);
  });
});
