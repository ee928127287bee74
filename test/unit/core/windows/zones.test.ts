import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { allZones, ianaOf, offsetNow, windowsOf } from "../../../../src/core/windows/zones.ts";

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
});
