import { booleanAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { automaticUpgradesOf, osTypeOf, windowsUpdatePath } from "../resources/scaleSet.ts";
import { lacksMember, ofModel } from "./rule.ts";
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
      return { status: "pass", observed: osType, message: message("The scale set doesn't run Windows.") };
    }
    if (osType === undefined) {
      return lacksMember("osType");
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
        fix: message("Set osProfile.windowsConfiguration.enableAutomaticUpdates to false, or omit it."),
        repair: "automaticUpdatesOff",
      };
    }
    return {
      status: "pass",
      ...(enabled === true && { observed: "true" }),
      message: message("Windows Update is on. Azure turns it off when you turn on automatic OS upgrades."),
    };
  }),
};

export const patchMode: EligibilityRule = {
  id: "patch-mode",
  severity: "block",
  title: message("The platform doesn't patch instances"),
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
        message: message("The patch mode is {0}. Documented: automatic OS upgrades need another.", platform),
        brief: message("patch mode is {0}", platform),
        fix: message("Set patchSettings.patchMode to Manual (Windows) or ImageDefault (Linux)."),
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
