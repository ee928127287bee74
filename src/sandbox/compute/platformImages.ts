/** A platform image: what of the market place a scale set runs. */
export interface PlatformImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
}

/**
 * Platform images for which Azure documents automatic OS upgrades: publisher/offer → SKUs (the documented table of
 * 2026-05-19; names compare without case). Ubuntu 24.04 `server` and the RHEL, SUSE and Debian images are not in it.
 */
const supported: Readonly<Record<string, string>> = {
  "canonical/0001-com-ubuntu-server-focal": "20_04-lts 20_04-lts-gen2 20_04-lts-arm64",
  "canonical/ubuntu-24_04-lts": "server-arm64",
  "canonical/0001-com-ubuntu-server-jammy": "22_04-lts 22_04-lts-arm64 22_04-lts-gen2",
  "canonical/0001-com-ubuntu-pro-microsoft": "pro-fips-20_04-gen2",
  "microsoftcblmariner/cbl-mariner":
    "cbl-mariner-2 cbl-mariner-2-arm64 cbl-mariner-2-gen2 cbl-mariner-2-fips cbl-mariner-2-gen2-fips",
  "microsoftcblmariner/azure-linux": "azure-linux-gen2 azure-linux-3 azure-linux-arm64",
  "microsoftsqlserver/sql2017-ws2019": "enterprise",
  "microsoftsqlserver/sql2019-ws2022": "enterprise",
  "microsoftsqlserver/sql2022-ws2022": "enterprise-gen2",
  "microsoftwindowsserver/windowsserver": `2012-r2-datacenter 2016-datacenter 2016-datacenter-gensecond 2016-datacenter-gs
    2016-datacenter-smalldisk 2016-datacenter-with-containers 2016-datacenter-with-containers-gs 2019-datacenter
    2019-datacenter-core 2019-datacenter-core-smalldisk 2019-datacenter-core-with-containers 2019-datacenter-gensecond
    2019-datacenter-gs 2019-datacenter-smalldisk 2019-datacenter-with-containers 2019-datacenter-with-containers-gs
    2022-datacenter 2022-datacenter-smalldisk 2022-datacenter-azure-edition 2022-datacenter-azure-edition-core
    2022-datacenter-azure-edition-core-smalldisk 2022-datacenter-core 2022-datacenter-core-smalldisk 2022-datacenter-g2
    2022-datacenter-smalldisk-g2 datacenter-core-20h2-with-containers-smalldisk-gs`,
};

const offerKey = ({ publisher, offer }: PlatformImage): string => `${publisher}/${offer}`.toLowerCase();

export const imageKey = (image: PlatformImage): string => `${offerKey(image)}/${image.sku.toLowerCase()}`;

/**
 * Whether the platform image supports automatic OS upgrades, as the table says. That the table decides when upgrades are enabled is ours: it
 * is not known whether it or the image's own flag does.
 */
export function supportsAutomaticUpgrades(image: PlatformImage): boolean {
  const skus = supported[offerKey(image)] ?? "";
  return skus.split(/\s+/).includes(image.sku.toLowerCase());
}

/** Whether an image is of the second generation, as its name says. */
export const isGeneration2 = ({ sku }: PlatformImage): boolean =>
  /gen2|-g2\b|gensecond|-gs\b|azure-edition/i.test(sku);

/**
 * The image's own flag, `automaticOSUpgradeSupported`: false for images of the second generation that the table has, as recorded for
 * 22_04-lts-gen2, 2022-datacenter-azure-edition, 2022-datacenter-g2 and sql2022-ws2022 enterprise-gen2, and true for 2016-Datacenter. That
 * the others of each generation are alike is ours.
 */
export const automaticUpgradeFlag = (image: PlatformImage): boolean =>
  supportsAutomaticUpgrades(image) && !isGeneration2(image);

/** Whether the offer is in the market place: every publisher of the table has its offers, some SKUs without support. */
export const isOffered = (image: PlatformImage): boolean => offerKey(image) in supported;

/** What the versions of an offer begin with: the release of the system, or its build. */
function releaseOf({ offer, sku }: PlatformImage): string {
  const text = `${offer} ${sku}`.toLowerCase();
  const [, sql] = /sql20(17|19|22)/.exec(text) ?? [];
  if (sql !== undefined) return { 17: "14.0", 19: "15.0", 22: "16.0" }[sql] ?? "16.0";
  const builds = { "2012": "9600", "2016": "14393", "2019": "17763", "2022": "20348", "20h2": "19042" };
  const build = Object.entries(builds).find(([name]) => text.includes(name));
  if (build !== undefined) return build[1];
  const [, major = "1", minor = "0"] = /(\d\d)_(\d\d)/.exec(text) ?? [];
  return `${major}.${minor}`;
}

/** The version of an image that is published on a day, in the form of its publisher: each has the date in it. */
export function versionOn(image: PlatformImage, time: number): string {
  const day = new Date(time).toISOString().slice(0, 10).replaceAll("-", "");
  const publisher = image.publisher.toLowerCase();
  if (publisher === "canonical") return `${releaseOf(image)}.${day}0`;
  if (publisher === "microsoftcblmariner") return `${/mariner/i.test(image.offer) ? 2 : 3}.${day}.01`;
  if (publisher === "microsoftsqlserver") return `${releaseOf(image)}.${day.slice(2)}`;
  // The revision grows with each month's update.
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(4, 6));
  return `${releaseOf(image)}.${(months - 24_200) * 37}.${day.slice(2)}`;
}

/** The versions of the fifteen months before `now`, the newest first: images roll about once a month. */
export function monthlyVersions(image: PlatformImage, now: number): string[] {
  const date = new Date(now);
  return Array.from({ length: 15 }, (_, back) =>
    versionOn(image, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back - 1, 10)),
  );
}
