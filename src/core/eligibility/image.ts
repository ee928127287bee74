import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { imageOf } from "../resources/scaleSet.ts";
import { ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, latestRefusal } from "./sources.ts";

export const imageVersionLatest: EligibilityRule = {
  id: "image-version-latest",
  severity: "block",
  title: message("The image version is latest"),
  sources: [automaticUpgrade, latestRefusal],
  check: ofModel((scaleSet) => {
    const image = imageOf(scaleSet);
    if (image === undefined) {
      return {
        status: "fail",
        message: message("The scale set has no image."),
        brief: message("no image"),
        fix: message("Use a supported platform image or an Azure Compute Gallery image."),
      };
    }
    if (image.kind === "managed") {
      return {
        status: "fail",
        observed: image.id,
        message: message(
          "The image is a managed image. Automatic OS upgrades need a platform image or an Azure Compute Gallery image.",
        ),
        brief: message("managed image"),
        fix: message("Use a supported platform image or an Azure Compute Gallery image."),
      };
    }
    const { version } = image;
    if (image.kind === "gallery") {
      return version === undefined || isLatest(version)
        ? {
            status: "pass",
            observed: image.id,
            message: message("The gallery image isn't pinned to a version, so its latest is used."),
          }
        : {
            status: "fail",
            observed: version,
            message: pinnedTo(version),
            brief: message("image pinned to {0}", version),
            fix: message("Remove the version from the image reference."),
            repair: "imageLatest",
          };
    }
    if (isLatest(image.version)) {
      return { status: "pass", observed: image.version, message: message("The image version is latest") };
    }
    return {
      status: "fail",
      observed: image.version,
      message:
        image.version === ""
          ? message("The image has no version. Automatic OS upgrades need “latest”.")
          : pinnedTo(image.version),
      brief:
        image.version === ""
          ? message("image has no version")
          : message("image pinned to {0}", image.version),
      fix: message("Set the image version to latest."),
      repair: "imageLatest",
    };
  }),
};

function pinnedTo(version: string): Message {
  return message("The image is pinned to {0}. Automatic OS upgrades need “latest”.", version);
}

function isLatest(version: string): boolean {
  return version.toLowerCase() === "latest";
}
