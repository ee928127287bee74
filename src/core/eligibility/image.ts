import { message } from "../text/message.ts";
import { imageOf } from "../resources/scaleSet.ts";
import { ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, latestRefusal } from "./sources.ts";

const refusal =
  "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to 'latest'.";

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
        message: message("The model has no image to upgrade to."),
        brief: message("no image"),
        fix: message("Use a platform image, or an image definition of an Azure Compute Gallery."),
      };
    }
    if (image.kind === "managed") {
      return {
        status: "fail",
        observed: image.id,
        message: message(
          "The image is a managed image, which has no versions. Automatic upgrades need a platform image or a gallery image.",
        ),
        brief: message("managed image, which has no versions"),
        fix: message("Use an image definition of an Azure Compute Gallery instead."),
      };
    }
    const { version } = image;
    if (image.kind === "gallery") {
      return version === undefined || isLatest(version)
        ? {
            status: "pass",
            observed: image.id,
            message: message("The gallery image names no version: its newest is used."),
          }
        : {
            status: "fail",
            observed: version,
            message: message(
              "The gallery image is pinned to version {0}. Azure refuses: “{1}”",
              version,
              refusal,
            ),
            brief: message("image pinned to {0}", version),
            fix: message("Set the image reference to the image definition, without a version."),
            repair: "imageLatest",
          };
    }
    if (isLatest(image.version)) {
      return { status: "pass", observed: image.version, message: message("The image version is latest.") };
    }
    return {
      status: "fail",
      observed: image.version,
      message:
        image.version === ""
          ? message("The image reference names no version. Azure refuses: “{0}”", refusal)
          : message("The image is pinned to version “{0}”. Azure refuses: “{1}”", image.version, refusal),
      brief:
        image.version === ""
          ? message("image has no version")
          : message("image pinned to {0}", image.version),
      fix: message("Set the version of the image reference to latest."),
      repair: "imageLatest",
    };
  }),
};

function isLatest(version: string): boolean {
  return version.toLowerCase() === "latest";
}
