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
              message: message("Gallery images are supported."),
            }
          : galleryVerdict(newestImage ?? {}, textAt(scaleSet, "location") ?? "");
      case "managed":
        return {
          status: "fail",
          observed: image.id,
          message: message(
            "The image is a managed image. Automatic OS upgrades need a platform image or an Azure Compute Gallery image.",
          ),
          brief: message("managed image"),
          fix: message("Use a supported platform image or an Azure Compute Gallery image."),
        };
      case undefined:
        return {
          status: "fail",
          message: message("The scale set has no image."),
          brief: message("no image"),
          fix: message("Use a supported platform image or an Azure Compute Gallery image."),
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
        "Microsoft lists the image as supported, but Azure's image service says it isn't. Not documented: which one decides.",
      ),
      fix: isOn
        ? message("Automatic OS upgrades are on. Check that the instances get the next image.")
        : message("Turn on automatic OS upgrades to see whether Azure accepts the image."),
    };
  }
  if (answer === false) {
    return {
      status: "fail",
      observed,
      message: message(
        "The image isn't supported. Azure's image service says so, and Microsoft doesn't list it.",
      ),
      brief: message("image not supported"),
      fix: message("Use a supported platform image or an Azure Compute Gallery image."),
    };
  }
  return isListed
    ? { status: "pass", observed, message: message("Microsoft lists the image as supported.") }
    : {
        ...lacksFacts(
          newest === undefined
            ? message(
                "Microsoft doesn't list the image, but the list isn't complete. Azure's image service wasn't asked.",
              )
            : message(
                "Microsoft doesn't list the image, and Azure's image service doesn't say whether it's supported.",
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
        "The newest gallery image version, {0}, is excluded from latest, so it won't be rolled out.",
        version,
      ),
      message("Set excludeFromLatest to false, or publish a newer version."),
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
        "The newest gallery image version, {0}, isn't replicated to {1}, so it won't reach the scale set.",
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
        "The newest gallery image version, {0}, is excluded from latest in {1}, so it won't reach the scale set.",
        version,
        location,
      ),
      message("Set excludeFromLatest to false, or publish a newer version."),
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
          "The newest gallery image version, {0}, isn't in {1} yet. Replication: {2}.",
          version,
          location,
          state,
        ),
        message("Wait for the replication. If it failed, update the image version to try again."),
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
    message: message("The newest gallery image version, {0}, is available to the scale set.", version),
  };
}
