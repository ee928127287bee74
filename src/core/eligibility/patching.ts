import { booleanAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { osTypeOf } from "../resources/scaleSet.ts";
import { lacksModel, ofModel } from "./rule.ts";
import type { EligibilityRule, Verdict } from "./rule.ts";
import { automaticUpgrade, updatesRefusal } from "./sources.ts";

const refusal =
  "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01";

export const windowsAutomaticUpdates: EligibilityRule = {
  id: "windows-automatic-updates",
  severity: "block",
  title: message("Windows does not update itself"),
  sources: [automaticUpgrade, updatesRefusal],
  check: ofModel((scaleSet) => {
    const osType = osTypeOf(scaleSet);
    if (osType === "Linux") {
      return { status: "pass", observed: osType, message: message("The set does not run Windows.") };
    }
    if (osType === undefined) {
      return lacksModel(
        message("Can't tell, because the model does not say which operating system it runs."),
      );
    }
    const enabled = booleanAt(osProfile(scaleSet), "windowsConfiguration", "enableAutomaticUpdates");
    if (enabled === false) {
      return { status: "pass", observed: "false", message: message("Windows automatic updates are off.") };
    }
    const wayOut: Pick<Verdict, "fix" | "repair"> = {
      fix: message("Set osProfile.windowsConfiguration.enableAutomaticUpdates to false."),
      repair: "automaticUpdatesOff",
    };
    return enabled === true
      ? {
          status: "fail",
          observed: "true",
          message: message("Windows automatic updates are on. Azure refuses: “{0}”", refusal),
          ...wayOut,
        }
      : {
          status: "fail",
          message: message(
            "Windows automatic updates are not set, and then they are on. Azure refuses: “{0}”",
            refusal,
          ),
          ...wayOut,
        };
  }),
};

export const patchMode: EligibilityRule = {
  id: "patch-mode",
  severity: "block",
  title: message("Instances are not patched by the platform"),
  sources: [automaticUpgrade],
  check: ofModel((scaleSet) => {
    const profile = osProfile(scaleSet);
    const modes = ["windowsConfiguration", "linuxConfiguration"].flatMap(
      (section) => textAt(profile, section, "patchSettings", "patchMode") ?? [],
    );
    const platform = modes.find((mode) => mode.toLowerCase() === "automaticbyplatform");
    if (platform !== undefined) {
      return {
        status: "fail",
        observed: platform,
        message: message(
          "The patch mode is {0}. Microsoft's page on automatic OS image upgrades asks for another, since both would change the same instances.",
          platform,
        ),
        fix: message("Set patchSettings.patchMode to Manual on Windows, or to ImageDefault on Linux."),
        repair: "patchMode",
      };
    }
    const [mode] = modes;
    return mode === undefined
      ? { status: "pass", message: message("No patch mode is set.") }
      : { status: "pass", observed: mode, message: message("The patch mode is {0}.", mode) };
  }),
};

function osProfile(scaleSet: JsonObject): JsonObject | undefined {
  return objectAt(scaleSet, "properties", "virtualMachineProfile", "osProfile");
}
