import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { freshnessOf, publishedOf } from "../../../../src/core/upgrades/freshness.ts";
import { freshnessInWords } from "../../../../src/core/upgrades/freshnessInWords.ts";
import { compareVersions, dayOfVersion } from "../../../../src/core/upgrades/imageVersion.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";

const versions: readonly (readonly [what: string, version: string, day: string | undefined])[] = [
  ["Windows Server 2022", "20348.2582.240703", "2024-07-03"],
  ["Windows Server 2019 with the hour", "17763.1935.2105080716", "2021-05-08"],
  ["Windows Server of December 2020", "17763.1637.2012040632", "2020-12-04"],
  ["Windows Server of November 2020, which could be a day of 2011", "17763.1577.2011091200", "2020-11-09"],
  ["Windows Server 2016 of old", "2016.127.20180613", "2018-06-13"],
  ["Ubuntu 22.04", "22.04.202408010", "2024-08-01"],
  ["Ubuntu 20.04", "20.04.202004230", "2020-04-23"],
  ["Debian", "0.20240717.1811", "2024-07-17"],
  ["Azure Linux", "3.20241005.01", "2024-10-05"],
  ["RHEL with the hour", "9.4.2024071119", "2024-07-11"],
  ["SQL Server", "16.0.240715", "2024-07-15"],
  ["SUSE", "2024.07.15", "2024-07-15"],
  ["a month and a day that are written short", "2024.7.5", "2024-07-05"],
  ["a version of three numbers", "1.4.2", undefined],
  ["no such day", "22.04.202402300", undefined],
  ["no such month", "20348.2582.241303", undefined],
  ["a word", "latest", undefined],
  ["nothing", "", undefined],
];

describe("the day in a version", () => {
  for (const [what, version, day] of versions) {
    it(`of ${what}: ${version}`, () => assert.equal(dayOfVersion(version), day));
  }

  it("is found in every form in which publishers write it", () => {
    const days = fc.date({ min: new Date("2013-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        const [year = "", month = "", dayOfMonth = ""] = day.split("-");
        const long = `${year}${month}${dayOfMonth}`;
        for (const version of [
          `22.04.${long}0`,
          `0.${long}.1811`,
          `9.4.${long}19`,
          `1.0.${long}`,
          `1.0.${long.slice(2)}`,
        ]) {
          assert.equal(dayOfVersion(version), day, version);
        }
      }),
    );
  });
});

it("versions compare number by number", () => {
  const ordered = ["1.4.2", "1.4.10", "1.5", "22.04.202408010", "22.04.202409010"];
  assert.deepEqual(ordered.toReversed().sort(compareVersions), ordered);
  assert.equal(compareVersions("1.5", "1.5.0"), 0);
});

describe("freshness", () => {
  const running = (...references: readonly JsonObject[]) =>
    references.map((imageReference) => ({ properties: { storageProfile: { imageReference } } }));
  const newestImage = { name: "22.04.202409010" };
  const on = (version: string): JsonObject => ({
    sku: "22_04-lts",
    version: "latest",
    exactVersion: version,
  });

  it("counts who is behind and how many days the oldest is", () => {
    const instances = running(
      on("22.04.202408010"),
      on("22.04.202409010"),
      on("22.04.202407010"),
      on("22.04.202408010"),
    );
    assert.deepEqual(freshnessOf({ newestImage, instances }), {
      state: "behind",
      newest: "22.04.202409010",
      running: [
        { version: "22.04.202407010", instances: 1, daysBehind: 62 },
        { version: "22.04.202408010", instances: 2, daysBehind: 31 },
        { version: "22.04.202409010", instances: 1, daysBehind: 0 },
      ],
      instancesBehind: 3,
      daysBehind: 62,
    });
  });

  it("says one instance and one day in the singular", () => {
    const freshness = freshnessOf({ newestImage, instances: running(on("22.04.202408310")) });
    assert.equal(
      inEnglish(freshnessInWords(freshness)),
      "1 of 1 instances behind the latest image, 22.04.202409010, by up to 1 day.",
    );
  });

  it("takes instances on the newest version, or on a later one than is known, for current", () => {
    for (const version of ["22.04.202409010", "22.04.202410010"]) {
      const freshness = freshnessOf({ newestImage, instances: running(on(version)) });
      assert.equal(freshness.state, "current");
    }
  });

  it("is unknown while an instance does not say what it runs and no other is behind", () => {
    const bare = { id: "/vms/web_2" };
    const unknown = freshnessOf({ newestImage, instances: [...running(on("22.04.202409010")), bare] });
    assert.ok(unknown.state === "unknown");
    assert.equal(inEnglish(unknown.reason), "Image version of 1 of 2 instances unknown.");
    const behind = freshnessOf({ newestImage, instances: [...running(on("22.04.202408010")), bare] });
    assert.ok(behind.state === "behind" && behind.instancesBehind === 1);
  });

  it("does not guess days for versions without a date", () => {
    const instances = running({ id: "/x/galleries/g/images/i/versions/1.4.2" });
    const freshness = freshnessOf({ newestImage: { name: "1.5.0" }, instances });
    assert.ok(freshness.state === "behind");
    assert.equal(freshness.daysBehind, undefined);
  });

  it("takes the day of a gallery version from the gallery", () => {
    const gallery = {
      name: "1.5.0",
      properties: { publishingProfile: { publishedDate: "2026-10-01T12:00:00Z" } },
    };
    assert.equal(publishedOf(gallery), "2026-10-01");
    assert.equal(publishedOf({ name: "1.5.0" }), undefined);
  });

  it("takes the day of a shared or community version, which has no publishing profile", () => {
    const version = { name: "1.5.0", properties: { publishedDate: "2026-10-01T12:00:00Z" } };
    assert.equal(publishedOf(version), "2026-10-01");
  });

  it("says what it is in want of", () => {
    for (const facts of [
      {},
      { newestImage },
      { newestImage, instances: [] },
      { newestImage, instances: running({ version: "latest" }) },
      { instances: running(on("22.04.202408010")) },
    ]) {
      const freshness = freshnessOf(facts);
      assert.ok(freshness.state === "unknown");
      assert.match(
        inEnglish(freshness.reason),
        /^The (latest image version is|image versions of the instances are) unknown\.$/,
      );
    }
  });
});
