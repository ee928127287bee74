import { booleanAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { automaticUpgradesOf, osTypeOf, windowsUpdatePath } from "../resources/scaleSet.ts";
import { lacksModel, ofModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, updatesRefusal, upgradeContract } from "./sources.ts";

/** To a body that says true itself (aks-engine #1795, #2990). */
const refusal =
  "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01";

/**
 * A condition on the request, not on the set that Azure holds: a request that enables upgrades and does not name Windows Update is accepted,
 * and Azure turns Windows Update off (recorded 2020-12-30, api 2020-12-01; the contract's text of `enableAutomaticOSUpgrade`).
 */
export const windowsAutomaticUpdates: EligibilityRule = {
  id: "windows-automatic-updates",
  severity: "block",
  title: message("Windows Update is off, or Azure turns it off"),
  sources: [automaticUpgrade, upgradeContract, updatesRefusal],
  check: ofModel((scaleSet, _facts, intent) => {
    const osType = osTypeOf(scaleSet);
    if (osType === "Linux") {
      return { status: "pass", observed: osType, message: message("The set does not run Windows.") };
    }
    if (osType === undefined) {
      return lacksModel(
        message("Can't tell, because the model does not say which operating system it runs."),
      );
    }
    const enabled = booleanAt(scaleSet, ...windowsUpdatePath);
    if (enabled === false) {
      return { status: "pass", observed: "false", message: message("Windows Update is off.") };
    }
    if (intent === "body" && enabled === true && automaticUpgradesOf(scaleSet)) {
      return {
        status: "fail",
        observed: "true",
        message: message(
          "This request turns on both Windows Update and automatic OS upgrades. Azure refuses: “{0}”",
          refusal,
        ),
        brief: message("Windows Update is on"),
        fix: message("Set osProfile.windowsConfiguration.enableAutomaticUpdates to false, or leave it out."),
        repair: "automaticUpdatesOff",
      };
    }
    return enabled === true
      ? {
          status: "pass",
          observed: "true",
          message: message(
            "Windows Update is on. Azure turns it off when automatic OS upgrades are enabled.",
          ),
        }
      : {
          status: "pass",
          message: message(
            "Windows Update is not set, so it is on by default. Azure turns it off when automatic OS upgrades are enabled.",
          ),
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
        brief: message("patch mode is {0}", platform),
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
