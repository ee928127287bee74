import { arrayAt, booleanAt, textAt } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { message } from "../message.ts";
import { regionKey } from "../regions.ts";
import { imageOf } from "../scaleSet.ts";
import type { Image } from "../scaleSet.ts";
import { lacksFacts, ofModel } from "./rule.ts";
import type { EligibilityRule, Verdict } from "./rule.ts";
import { customImages, imageRefusal, supportedImages } from "./sources.ts";
import { isDocumented } from "./supportedImages.ts";

const refusal =
  "Automatic OS Upgrade cannot be enabled on virtualMachineScaleSets configured with a Platform Image.";

export const imageSupported: EligibilityRule = {
  id: "image-supported",
  severity: "block",
  title: message("The image supports automatic OS upgrades"),
  sources: [supportedImages, customImages, imageRefusal],
  check: ofModel((scaleSet, { newestImage }) => {
    const image = imageOf(scaleSet);
    switch (image?.kind) {
      case "platform":
        return platformVerdict(image, newestImage);
      case "gallery":
        return newestImage === undefined
          ? {
              status: "pass",
              observed: image.id,
              message: message("The image comes from a gallery, and such images are supported."),
            }
          : galleryVerdict(newestImage, textAt(scaleSet, "location") ?? "");
      case "managed":
        return {
          status: "fail",
          observed: image.id,
          message: message(
            "The image is a managed image. Of custom images, only those of an Azure Compute Gallery are supported.",
          ),
          fix: message("Use an image definition of an Azure Compute Gallery instead."),
        };
      case undefined:
        return {
          status: "fail",
          message: message("The model has no image to upgrade to."),
          fix: message("Use a platform image, or an image definition of an Azure Compute Gallery."),
        };
    }
  }),
};

/** The service's answer is the last word; the documented table can only say yes. */
function platformVerdict(
  { publisher, offer, sku }: Extract<Image, { kind: "platform" }>,
  newest: JsonObject | undefined,
): Verdict {
  const observed = [publisher, offer, sku].join(" ");
  const answer = booleanAt(
    newest,
    "properties",
    "automaticOSUpgradeProperties",
    "automaticOSUpgradeSupported",
  );
  if (answer === true) {
    return { status: "pass", observed, message: message("Azure says that it supports this image.") };
  }
  if (answer === false) {
    return {
      status: "fail",
      observed,
      message: message("Azure says that it does not support this image. It refuses: “{0}”", refusal),
      fix: message(
        "Use a platform image that Microsoft lists as supported, or an image of an Azure Compute Gallery.",
      ),
    };
  }
  return isDocumented(publisher, offer, sku)
    ? { status: "pass", observed, message: message("Microsoft lists the image as supported.") }
    : {
        ...lacksFacts(
          message(
            "Can't tell, because Microsoft does not list the image, its list is not complete, and Azure was not asked about it.",
          ),
        ),
        observed,
      };
}

/** What keeps the newest version of a gallery image from a set; enabling is not refused for it. */
function galleryVerdict(newest: JsonObject, location: string): Verdict {
  const version = textAt(newest, "name") ?? "";
  const profile = [newest, "properties", "publishingProfile"] as const;
  if (booleanAt(...profile, "excludeFromLatest") === true) {
    return {
      status: "fail",
      severity: "warn",
      observed: version,
      message: message(
        "The newest version of the gallery image, {0}, is excluded from latest, so that it will not be rolled out.",
        version,
      ),
      fix: message("Publish it with excludeFromLatest set to false, or publish a newer version."),
    };
  }
  const regions = arrayAt(...profile, "targetRegions").flatMap((region) => textAt(region, "name") ?? []);
  if (
    location !== "" &&
    regions.length > 0 &&
    !regions.some((region) => regionKey(region) === regionKey(location))
  ) {
    return {
      status: "fail",
      severity: "warn",
      observed: regions.join(", "),
      message: message(
        "The newest version of the gallery image, {0}, is not replicated to {1}, so that it will not reach the set.",
        version,
        location,
      ),
      fix: message("Replicate the image version to {0}.", location),
    };
  }
  return {
    status: "pass",
    observed: version,
    message: message("The newest version of the gallery image, {0}, is there for the set.", version),
  };
}
