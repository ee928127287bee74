import type { Call } from "../http/call.ts";
import { refuse } from "../http/errors.ts";
import { ok, type Reply } from "../http/http.ts";
import type { JsonObject } from "../json.ts";
import { platformVersions } from "./newestImage.ts";
import { automaticUpgradeFlag, isGeneration2, isOffered, type PlatformImage } from "./platformImages.ts";

function imageOf(call: Call): PlatformImage {
  const [publisher, offer, sku] = [call.param("publisher"), call.param("offer"), call.param("sku")];
  if (isOffered({ publisher, offer, sku })) return { publisher, offer, sku };
  throw refuse(
    404,
    "NotFound",
    `Artifact: VMImage was not found. Publisher: ${publisher}, Offer: ${offer}, Sku: ${sku}.`,
  );
}

function idOf(call: Call, { publisher, offer, sku }: PlatformImage, version: string): string {
  return `/Subscriptions/${call.subscriptionId}/Providers/Microsoft.Compute/Locations/${call.param("location")}/Publishers/${publisher}/ArtifactTypes/VMImage/Offers/${offer}/Skus/${sku}/Versions/${version}`;
}

export function listImageVersions(call: Call): Reply {
  const image = imageOf(call);
  const versions = platformVersions(call.state, image);
  const ordered = /desc/i.test(call.query("$orderby") ?? "") ? versions : versions.toReversed();
  const top = Number(call.query("$top") ?? ordered.length);
  const location = call.param("location");
  return ok(
    ordered.slice(0, top).map((name): JsonObject => ({ location, name, id: idOf(call, image, name) })),
  );
}

export function getImageVersion(call: Call): Reply {
  const image = imageOf(call);
  const versions = platformVersions(call.state, image);
  const asked = call.param("version");
  const version = asked.toLowerCase() === "latest" ? versions[0] : asked;
  if (version === undefined || !versions.includes(version)) {
    throw refuse(404, "NotFound", `Artifact: VMImage was not found. Version: ${asked}.`);
  }
  return ok({
    location: call.param("location"),
    name: version,
    id: idOf(call, image, version),
    properties: {
      osDiskImage: {
        operatingSystem: /windows|sql/i.test(image.publisher) ? "Windows" : "Linux",
        sizeInGb: 30,
      },
      dataDiskImages: [],
      automaticOSUpgradeProperties: { automaticOSUpgradeSupported: automaticUpgradeFlag(image) },
      hyperVGeneration: isGeneration2(image) ? "V2" : "V1",
      architecture: /arm64/i.test(image.sku) ? "Arm64" : "x64",
    },
  });
}
