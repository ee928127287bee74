/**
 * The platform images for which Microsoft documents automatic OS upgrades (the table of 2026-05-19): publisher/offer → SKUs.
 * The page says that more are added over time, so an image that is not here may be supported as well.
 */
const documented: Readonly<Record<string, readonly string[]>> = {
  "canonical/0001-com-ubuntu-server-focal": ["20_04-lts", "20_04-lts-gen2", "20_04-lts-arm64"],
  "canonical/ubuntu-24_04-lts": ["server-arm64"],
  "canonical/0001-com-ubuntu-server-jammy": ["22_04-lts", "22_04-lts-arm64", "22_04-lts-gen2"],
  "canonical/0001-com-ubuntu-pro-microsoft": ["pro-fips-20_04-gen2"],
  "microsoftcblmariner/cbl-mariner": [
    "cbl-mariner-2",
    "cbl-mariner-2-arm64",
    "cbl-mariner-2-gen2",
    "cbl-mariner-2-fips",
    "cbl-mariner-2-gen2-fips",
  ],
  "microsoftcblmariner/azure-linux": ["azure-linux-gen2", "azure-linux-3", "azure-linux-arm64"],
  "microsoftsqlserver/sql2017-ws2019": ["enterprise"],
  "microsoftsqlserver/sql2019-ws2022": ["enterprise"],
  "microsoftsqlserver/sql2022-ws2022": ["enterprise-gen2"],
  "microsoftwindowsserver/windowsserver": [
    "2012-r2-datacenter",
    "2016-datacenter",
    "2016-datacenter-gensecond",
    "2016-datacenter-gs",
    "2016-datacenter-smalldisk",
    "2016-datacenter-with-containers",
    "2016-datacenter-with-containers-gs",
    "2019-datacenter",
    "2019-datacenter-core",
    "2019-datacenter-core-smalldisk",
    "2019-datacenter-core-with-containers",
    "2019-datacenter-gensecond",
    "2019-datacenter-gs",
    "2019-datacenter-smalldisk",
    "2019-datacenter-with-containers",
    "2019-datacenter-with-containers-gs",
    "2022-datacenter",
    "2022-datacenter-smalldisk",
    "2022-datacenter-azure-edition",
    "2022-datacenter-azure-edition-core",
    "2022-datacenter-azure-edition-core-smalldisk",
    "2022-datacenter-core",
    "2022-datacenter-core-smalldisk",
    "2022-datacenter-g2",
    "2022-datacenter-smalldisk-g2",
    "datacenter-core-20h2-with-containers-smalldisk-gs",
  ],
};

/** Whether the page on automatic OS upgrades names the image; its names come in any casing. */
export function isDocumented(publisher: string, offer: string, sku: string): boolean {
  return documented[`${publisher}/${offer}`.toLowerCase()]?.includes(sku.toLowerCase()) === true;
}
