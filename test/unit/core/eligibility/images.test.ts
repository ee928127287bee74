import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scaleSet } from "../scaleSets.ts";
import { findingOf } from "./findings.ts";

/**
 * Every row of the documented table (the page on automatic OS upgrades of 2026-05-19), in its spelling: publisher, offer, SKUs.
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade#supported-os-images
 */
const table = `
Canonical 0001-com-ubuntu-server-focal 20_04-LTS 20_04-LTS-Gen2 20_04-LTS-arm64
Canonical ubuntu-24_04-lts server-arm64
Canonical 0001-com-ubuntu-server-jammy 22_04-LTS 22_04-LTS-arm64 22_04-LTS-Gen2
Canonical 0001-com-ubuntu-pro-microsoft pro-fips-20_04-Gen2
MicrosoftCblMariner Cbl-Mariner cbl-mariner-2 cbl-mariner-2-arm64 cbl-mariner-2-Gen2 cbl-mariner-2-fips cbl-mariner-2-Gen2-fips
MicrosoftCblMariner Azure-Linux azure-linux-Gen2 azure-linux-3 azure-linux-arm64
MicrosoftSqlServer SQL2017-ws2019 enterprise
MicrosoftSqlServer SQL2019-ws2022 enterprise
MicrosoftSqlServer SQL2022-ws2022 enterprise-Gen2
MicrosoftWindowsServer WindowsServer 2012-R2-Datacenter
MicrosoftWindowsServer WindowsServer 2016-Datacenter 2016-Datacenter-gensecond 2016-Datacenter-gs 2016-Datacenter-smalldisk
MicrosoftWindowsServer WindowsServer 2016-Datacenter-with-Containers 2016-Datacenter-with-containers-gs
MicrosoftWindowsServer WindowsServer 2019-Datacenter 2019-Datacenter-Core 2019-Datacenter-Core-smalldisk 2019-Datacenter-Core-with-Containers
MicrosoftWindowsServer WindowsServer 2019-Datacenter-gensecond 2019-Datacenter-gs 2019-Datacenter-smalldisk
MicrosoftWindowsServer WindowsServer 2019-Datacenter-with-Containers 2019-Datacenter-with-Containers-gs
MicrosoftWindowsServer WindowsServer 2022-Datacenter 2022-Datacenter-smalldisk 2022-Datacenter-azure-edition
MicrosoftWindowsServer WindowsServer 2022-Datacenter-azure-edition-core 2022-Datacenter-azure-edition-core-smalldisk
MicrosoftWindowsServer WindowsServer 2022-Datacenter-core 2022-Datacenter-core-smalldisk 2022-Datacenter-g2 2022-Datacenter-smalldisk-g2
MicrosoftWindowsServer WindowsServer Datacenter-core-20h2-with-containers-smalldisk-gs
`;

const images = table
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [publisher = "", offer = "", ...skus] = line.split(" ");
    return skus.map((sku) => ({ publisher, offer, sku }));
  });

const statusOf = (image: { publisher: string; offer: string; sku: string }) =>
  findingOf("image-supported", scaleSet({ image: { ...image, version: "latest" } })).status;

describe("the documented images", () => {
  it("are 45", () => assert.equal(images.length, 45));

  for (const image of images) {
    it(`hold ${Object.values(image).join(" ")}`, () => {
      assert.equal(statusOf(image), "pass");
      const shouted = { ...image, publisher: image.publisher.toUpperCase(), sku: image.sku.toUpperCase() };
      assert.equal(statusOf(shouted), "pass", "in any casing");
      assert.equal(statusOf({ ...image, sku: `${image.sku}-byol` }), "unknown", "and no other SKU");
    });
  }

  for (const [publisher, offer, sku] of [
    ["Canonical", "ubuntu-24_04-lts", "server"],
    ["Canonical", "0001-com-ubuntu-server-jammy", "20_04-lts"],
    ["RedHat", "RHEL", "9-lvm-gen2"],
    ["constructor", "toString", "length"],
    ["", "", ""],
  ] as const) {
    it(`do not hold ${publisher} ${offer} ${sku}`, () => {
      assert.notEqual(statusOf({ publisher, offer, sku }), "pass");
    });
  }
});
