import type { Call } from "../call.ts";
import { refuse } from "../errors.ts";
import { ok, type Reply } from "../http.ts";
import type { JsonObject } from "../json.ts";

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

/** Whether the platform image supports automatic OS upgrades. */
export function supportsAutomaticUpgrades(publisher: string, offer: string, sku: string): boolean {
  const skus = supported[`${publisher}/${offer}`.toLowerCase()] ?? "";
  return skus.split(/\s+/).includes(sku.toLowerCase());
}

/** An offer that exists in the market place: every publisher of the table has its offers, some without support. */
function offered(publisher: string, offer: string): boolean {
  return `${publisher}/${offer}`.toLowerCase() in supported;
}

/** The last three monthly versions before `now`, the newest first: images roll about once a month. */
export function imageVersions(now: number): string[] {
  const date = new Date(now);
  return [1, 2, 3].map((back) => {
    const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1));
    const stamp = `${month.getUTCFullYear()}${String(month.getUTCMonth() + 1).padStart(2, "0")}`;
    return `1.0.${stamp}10`;
  });
}

function idOf(call: Call, version: string): string {
  const [location, publisher, offer, sku] = ["location", "publisher", "offer", "sku"].map((name) =>
    call.param(name),
  );
  return `/Subscriptions/${call.subscriptionId}/Providers/Microsoft.Compute/Locations/${location}/Publishers/${publisher}/ArtifactTypes/VMImage/Offers/${offer}/Skus/${sku}/Versions/${version}`;
}

function checkOffer(call: Call): void {
  const [publisher, offer] = [call.param("publisher"), call.param("offer")];
  if (offered(publisher, offer)) return;
  throw refuse(
    404,
    "NotFound",
    `Artifact: VMImage was not found. Publisher: ${publisher}, Offer: ${offer}, Sku: ${call.param("sku")}.`,
  );
}

export function listImageVersions(call: Call): Reply {
  checkOffer(call);
  const descending = /desc/i.test(call.query("$orderby") ?? "");
  const versions = imageVersions(call.clock.now);
  const ordered = descending ? versions : versions.toReversed();
  const top = Number(call.query("$top") ?? ordered.length);
  return ok(
    ordered
      .slice(0, top)
      .map((name): JsonObject => ({ location: call.param("location"), name, id: idOf(call, name) })),
  );
}

export function getImageVersion(call: Call): Reply {
  checkOffer(call);
  const versions = imageVersions(call.clock.now);
  const asked = call.param("version");
  const version = asked.toLowerCase() === "latest" ? versions[0] : asked;
  if (version === undefined || !versions.includes(version)) {
    throw refuse(404, "NotFound", `Artifact: VMImage was not found. Version: ${asked}.`);
  }
  const [publisher, offer, sku] = [call.param("publisher"), call.param("offer"), call.param("sku")];
  return ok({
    location: call.param("location"),
    name: version,
    id: idOf(call, version),
    properties: {
      osDiskImage: { operatingSystem: /windows|sql/i.test(publisher) ? "Windows" : "Linux", sizeInGb: 30 },
      dataDiskImages: [],
      automaticOSUpgradeProperties: {
        automaticOSUpgradeSupported: supportsAutomaticUpgrades(publisher, offer, sku),
      },
      hyperVGeneration: /g(en)?2|gs|gensecond/i.test(sku) ? "V2" : "V1",
      architecture: /arm64/i.test(sku) ? "Arm64" : "x64",
    },
  });
}
