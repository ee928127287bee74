import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { allZones, ianaOf, nextChange, offsetNow, windowsOf } from "../../../../src/core/windows/zones.ts";
import { abbreviationsOf } from "../../../../src/core/windows/zoneNames.ts";

describe("zones", () => {
  it("lists every zone of CLDR once, each with an IANA zone that the runtime knows", () => {
    const zones = allZones();
    assert.ok(zones.length >= 139);
    assert.equal(new Set(zones.map(({ windowsId }) => windowsId)).size, zones.length);
    for (const { windowsId, ianaId } of zones) {
      assert.equal(ianaOf(windowsId), ianaId);
      assert.match(offsetNow(ianaId, "2026-11-23T06:00:00Z"), /^UTC[+-]\d\d:\d\d$/);
    }
  });

  it("maps every representative zone back to its Windows id", () => {
    for (const { windowsId, ianaId } of allZones()) assert.equal(windowsOf(ianaId), windowsId);
  });

  it("offers what a person searches by", () => {
    const pacific = allZones().find(({ windowsId }) => windowsId === "Pacific Standard Time");
    assert.equal(pacific?.ianaId, "America/Los_Angeles");
    assert.equal(pacific.name, "Pacific Time");
    assert.ok(pacific.cities.includes("Los Angeles") && pacific.cities.includes("Vancouver"));
    assert.ok(pacific.otherIanaIds.includes("America/Vancouver"));
    assert.ok(!pacific.cities.includes("PST8PDT"));
  });

  it("names a zone by its Windows id where CLDR has only an offset for it", () => {
    const names = new Map(allZones().map(({ windowsId, name }) => [windowsId, name]));
    assert.equal(names.get("UTC"), "UTC");
    assert.equal(names.get("UTC-11"), "UTC-11");
  });

  it("knows the new name of a zone as well as the old one", () => {
    assert.equal(windowsOf("Europe/Kiev"), "FLE Standard Time");
    assert.equal(windowsOf("Europe/Kyiv"), "FLE Standard Time");
    assert.equal(windowsOf("Asia/Kolkata"), "India Standard Time");
  });

  it("does not invent zones", () => {
    assert.equal(windowsOf("Mars/Olympus_Mons"), undefined);
    assert.equal(ianaOf("Europe/Berlin"), undefined);
    assert.equal(ianaOf(""), undefined);
  });

  it("tells the offset of the moment, daylight saving included", () => {
    assert.equal(offsetNow("America/Los_Angeles", "2026-11-23T00:00:00Z"), "UTC-08:00");
    assert.equal(offsetNow("America/Los_Angeles", "2026-07-23T00:00:00Z"), "UTC-07:00");
    assert.equal(offsetNow("America/St_Johns", "2026-11-23T00:00:00Z"), "UTC-03:30");
    assert.equal(offsetNow("Asia/Kathmandu", "2026-11-23T00:00:00Z"), "UTC+05:45");
    assert.equal(offsetNow("Etc/UTC", "2026-11-23T00:00:00Z"), "UTC+00:00");
  });

  it("knows the abbreviations that people use, of both halves of the year and of the whole", () => {
    const of = (ianaId: string) => abbreviationsOf(ianaId, "2026-11-23T00:00:00Z");
    assert.deepEqual(of("America/Los_Angeles"), ["PST", "PDT", "PT"]);
    assert.deepEqual(of("Australia/Sydney"), ["AEDT", "AEST", "AET"]);
    assert.deepEqual(of("Asia/Calcutta"), ["IST"]);
    assert.ok(of("Europe/London").includes("BST"));
    assert.ok(of("Europe/Berlin").includes("CEST"));
    assert.deepEqual(of("Etc/UTC"), ["UTC"]);
    assert.deepEqual(of("America/Sao_Paulo"), []);
  });

  it("tells when a zone's clocks change next and to what", () => {
    assert.deepEqual(nextChange("America/Los_Angeles", "2026-11-23T00:00:00Z"), {
      at: "2027-03-14T10:00:00Z",
      offset: "UTC-07:00",
    });
    assert.deepEqual(nextChange("Australia/Lord_Howe", "2026-11-23T00:00:00Z"), {
      at: "2027-04-03T15:00:00Z",
      offset: "UTC+10:30",
    });
    assert.equal(nextChange("Asia/Calcutta", "2026-11-23T00:00:00Z"), undefined);
    assert.equal(nextChange("Etc/UTC", "2026-11-23T00:00:00Z"), undefined);
  });
});
