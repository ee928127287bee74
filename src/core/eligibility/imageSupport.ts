import { arrayAt, booleanAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { regionKey } from "../resources/regions.ts";
import { automaticUpgradesOf, imageOf } from "../resources/scaleSet.ts";
import type { Image } from "../resources/scaleSet.ts";
import { lacksFacts, ofModel } from "./rule.ts";
import type { EligibilityRule, Verdict } from "./rule.ts";
import { customImages, imageFlag, imageRefusal, supportedImages } from "./sources.ts";
import { isDocumented } from "./supportedImages.ts";

export const imageSupported: EligibilityRule = {
  id: "image-supported",
  severity: "block",
  title: message("The image supports automatic OS upgrades"),
  sources: [supportedImages, imageFlag, customImages, imageRefusal],
  check: ofModel((scaleSet, { newestImage }) => {
    const image = imageOf(scaleSet);
    switch (image?.kind) {
      case "platform":
        return platformVerdict(image, newestImage, automaticUpgradesOf(scaleSet));
      case "gallery":
        return textAt(newestImage, "name") === undefined
          ? {
              status: "pass",
              observed: image.id,
              message: message("The image comes from a gallery, and such images are supported."),
            }
          : galleryVerdict(newestImage ?? {}, textAt(scaleSet, "location") ?? "");
      case "managed":
        return {
          status: "fail",
          observed: image.id,
          message: message(
            "The image is a managed image. Of custom images, only those of an Azure Compute Gallery are supported.",
          ),
          brief: message("managed image, which isn't supported"),
          fix: message("Use an image definition of an Azure Compute Gallery instead."),
        };
      case undefined:
        return {
          status: "fail",
          message: message("The model has no image to upgrade to."),
          brief: message("no image"),
          fix: message("Use a platform image, or an image definition of an Azure Compute Gallery."),
        };
    }
  }),
};

/**
 * Azure's flag of the image and Microsoft's table disagree on Gen2 and Trusted Launch images, and which of the two decides is not known
 * (recorded and public answers of 2023–2024 have the flag false for images in the table): either one's yes keeps a set from being blocked.
 */
function platformVerdict(
  { publisher, offer, sku }: Extract<Image, { kind: "platform" }>,
  newest: JsonObject | null | undefined,
  isOn: boolean,
): Verdict {
  const observed = [publisher, offer, sku].join(" ");
  const answer = booleanAt(
    newest,
    "properties",
    "automaticOSUpgradeProperties",
    "automaticOSUpgradeSupported",
  );
  if (answer === true) {
    return {
      status: "pass",
      observed,
      message: message("Azure's image service says the image is supported."),
    };
  }
  const isListed = isDocumented(publisher, offer, sku);
  if (answer === false && isListed) {
    return {
      status: "fail",
      severity: "warn",
      observed,
      message: message(
        "Microsoft lists the image as supported, but Azure's image service says it isn't. Azure decides when you enable automatic OS upgrades.",
      ),
      fix: isOn
        ? message("Automatic OS upgrades are on: check that the instances get the next image.")
        : message("Enable automatic OS upgrades: only Azure's answer decides."),
    };
  }
  if (answer === false) {
    return {
      status: "fail",
      observed,
      message: message(
        "The image isn't supported: Azure's image service says so, and Microsoft doesn't list it.",
      ),
      brief: message("image not supported"),
      fix: message(
        "Use a platform image that Microsoft lists as supported, or an image of an Azure Compute Gallery.",
      ),
    };
  }
  return isListed
    ? { status: "pass", observed, message: message("Microsoft lists the image as supported.") }
    : {
        ...lacksFacts(
          newest === undefined
            ? message(
                "Can't tell, because Microsoft does not list the image, its list is not complete, and Azure was not asked about it.",
              )
            : message(
                "Can't tell, because Microsoft doesn't list the image, and Azure's image service doesn't say whether it's supported.",
              ),
        ),
        observed,
      };
}

/** What keeps the newest version of a gallery image from a set; enabling is not refused for it. */
function galleryVerdict(newest: JsonObject, location: string): Verdict {
  const version = textAt(newest, "name") ?? "";
  const properties = objectAt(newest, "properties");
  const profile = objectAt(properties, "publishingProfile");
  // Versions in shared and community galleries have no publishing profile, and say it themselves.
  if (booleanAt(profile ?? properties, "excludeFromLatest") === true) {
    return keptBack(
      version,
      message(
        "The newest version of the gallery image, {0}, is excluded from latest, so that it will not be rolled out.",
        version,
      ),
      message("Publish it with excludeFromLatest set to false, or publish a newer version."),
    );
  }
  const regions = arrayAt(profile, "targetRegions");
  if (location === "" || regions.length === 0) return isThere(version);
  const isHere = (region: string | undefined) =>
    region !== undefined && regionKey(region) === regionKey(location);
  const target = regions.find((region) => isHere(textAt(region, "name")));
  if (target === undefined) {
    return keptBack(
      regions.flatMap((region) => textAt(region, "name") ?? []).join(", "),
      message(
        "The newest version of the gallery image, {0}, is not replicated to {1}, so that it will not reach the set.",
        version,
        location,
      ),
      message("Replicate the image version to {0}.", location),
    );
  }
  if (booleanAt(target, "excludeFromLatest") === true) {
    return keptBack(
      version,
      message(
        "The newest version of the gallery image, {0}, is excluded from latest in {1}, so that it will not reach the set.",
        version,
        location,
      ),
      message("Set excludeFromLatest of that target region to false, or publish a newer version."),
    );
  }
  const replication = arrayAt(properties, "replicationStatus", "summary").find((one) =>
    isHere(textAt(one, "region")),
  );
  const state = textAt(replication, "state");
  return state === undefined || state.toLowerCase() === "completed"
    ? isThere(version)
    : keptBack(
        state,
        message(
          "The newest version of the gallery image, {0}, is not yet in {1}: the state of its replication is {2}.",
          version,
          location,
          state,
        ),
        message("Wait until it has been replicated. If that failed, update the image version to try again."),
      );
}

/** Only a warning: Azure enables upgrades all the same. */
function keptBack(observed: string, why: Message, fix: Message): Verdict {
  return { status: "fail", severity: "warn", observed, message: why, fix };
}

function isThere(version: string): Verdict {
  return {
    status: "pass",
    observed: version,
    message: message("The newest version of the gallery image, {0}, is there for the set.", version),
  };
}
