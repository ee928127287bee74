import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idOfDisplayName } from "../../../../src/core/windows/displayNames.ts";
import {
  allZones,
  ianaOf,
  insteadOfRetired,
  nextChange,
  offsetNow,
  windowsOf,
} from "../../../../src/core/windows/zones.ts";
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

  it("knows the ids that Windows keeps for old data and CLDR does not map, with a current one instead", () => {
    for (const retired of ["Kamchatka Standard Time", "mid-atlantic standard time "]) {
      assert.equal(ianaOf(retired), undefined);
      assert.ok(ianaOf(insteadOfRetired(retired) ?? ""), retired);
    }
    assert.equal(insteadOfRetired("Pacific Standard Time"), undefined);
    assert.equal(insteadOfRetired("Atlantis Standard Time"), undefined);
  });

  it("finds the id that a display name belongs to", () => {
    const names = {
      "Coordinated Universal Time": "UTC",
      "(UTC) Coordinated Universal Time": "UTC",
      "(UTC) Co-ordinated Universal Time": "UTC",
      "(UTC-02:00) Coordinated Universal Time-02": "UTC-02",
      "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "W. Europe Standard Time",
      "Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "W. Europe Standard Time",
      "(GMT+01:00) amsterdam, berlin, bern, rome, stockholm, vienna": "W. Europe Standard Time",
      "(UTC-08:00) Pacific Time (US & Canada)": "Pacific Standard Time",
      "W. Europe Daylight Time": "W. Europe Standard Time",
      "Pacific Daylight Time": "Pacific Standard Time",
      "(UTC-08:00) Pacific Standard Time": "Pacific Standard Time",
      "Jerusalem Daylight Time": "Israel Standard Time",
      "(UTC+12:00) Anadyr, Petropavlovsk-Kamchatsky": "Russia Time Zone 11",
      "(UTC+13:00) Nuku'alofa": "Tonga Standard Time",
      "(UTC+12:00) Petropavlovsk-Kamchatsky - Old": "Russia Time Zone 11",
      "Kamchatka Daylight Time": "Russia Time Zone 11",
      "(UTC-02:00) Mid-Atlantic - Old": "UTC-02",
    };
    for (const [name, id] of Object.entries(names)) assert.equal(idOfDisplayName(name), id, name);
  });

  it("offers no id for a name that it does not know, or whose places have another offset now", () => {
    for (const name of [
      "",
      "(UTC)",
      "Coordinated Universal Time+02",
      "Atlantis Daylight Time",
      "(UTC+06:00) Astana",
      "(UTC+05:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
    ]) {
      assert.equal(idOfDisplayName(name), undefined, name);
    }
  });

  it("shows the clock that Windows shows for the places that changed theirs", () => {
    const shown = {
      "(UTC-07:00) La Paz, Mazatlan": "Mountain Standard Time (Mexico)",
      "(UTC-06:00) Guadalajara, Mexico City, Monterrey": "Central Standard Time (Mexico)",
      "(UTC+05:00) Astana": "Qyzylorda Standard Time",
      "(UTC+06:00) Bishkek": "Central Asia Standard Time",
      "(UTC-02:00) Greenland": "Greenland Standard Time",
      "(UTC-03:00) Asuncion": "Paraguay Standard Time",
    };
    for (const [name, id] of Object.entries(shown)) assert.equal(idOfDisplayName(name), id, name);
  });

  it("gives places that changed their clocks the zone with the clock that they have now", () => {
    for (const { windowsId, ianaId, otherIanaIds } of allZones()) {
      for (const month of ["01", "07"]) {
        const now = `2026-${month}-01T00:00:00Z`;
        for (const other of otherIanaIds.filter((place) => !place.startsWith("Antarctica/"))) {
          assert.equal(offsetNow(other, now), offsetNow(ianaId, now), `${windowsId}: ${other}`);
        }
      }
    }
    assert.equal(windowsOf("Asia/Almaty"), "Qyzylorda Standard Time");
    assert.equal(windowsOf("America/Chihuahua"), "Central Standard Time (Mexico)");
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
