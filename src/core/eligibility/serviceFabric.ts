import { at, textAt } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { serviceFabricOf } from "../resources/scaleSet.ts";
import type { Extension } from "../resources/scaleSet.ts";
import { lacksMember, ofModel } from "./rule.ts";
import type { EligibilityRule, Verdict } from "./rule.ts";
import { durabilityRefusal, serviceFabricRequirements, statelessNodeTypes } from "./sources.ts";

export const serviceFabricDurability: EligibilityRule = {
  id: "service-fabric-durability",
  severity: "block",
  title: message("A Service Fabric node type has durability Silver or Gold"),
  sources: [serviceFabricRequirements, statelessNodeTypes, durabilityRefusal],
  check: ofModel((scaleSet) => {
    const node = serviceFabricOf(scaleSet);
    return node === undefined
      ? { status: "pass", message: message("Not a Service Fabric node type") }
      : (durabilityFailure(node) ?? versionVerdict(node));
  }),
};

/** As Azure answered, with the code OperationNotAllowed. */
const bronzeRefusal =
  "Automatic OS Upgrade is not allowed on Virtual Machine Scale Sets having Service Fabric extension with durabilityLevel as 'Bronze'.";

function durabilityFailure({ properties }: Extension): Verdict | undefined {
  const durability = textAt(properties, "settings", "durabilityLevel");
  if (durability !== undefined && /^(silver|gold)$/i.test(durability)) return undefined;
  const fix = message(
    "Raise the durability to Silver or Gold in the cluster and the extension. For a stateless-only node type, try anyway.",
  );
  if (durability === undefined) {
    return {
      status: "fail",
      message: message(
        "The Service Fabric extension has no durability level (default: Bronze). Automatic OS upgrades need Silver or Gold. Documented exception: stateless-only node types.",
      ),
      brief: message("Service Fabric durability is {0}", "Bronze"),
      fix,
    };
  }
  return {
    status: "fail",
    observed: durability,
    message: /^bronze$/i.test(durability)
      ? message(
          "Service Fabric durability is {0}. Azure refuses: “{1}” Documented exception: stateless-only node types.",
          durability,
          bronzeRefusal,
        )
      : message("Service Fabric durability is {0}. Automatic OS upgrades need Silver or Gold.", durability),
    brief: message("Service Fabric durability is {0}", durability),
    fix,
  };
}

function versionVerdict({ properties }: Extension): Verdict {
  const durability = textAt(properties, "settings", "durabilityLevel") ?? "";
  const written = at(properties, "typeHandlerVersion");
  const version = typeof written === "number" ? String(written) : (textAt(written) ?? "");
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) {
    return lacksMember("typeHandlerVersion");
  }
  const observed = `${durability}, ${version}`;
  return Number(major) > 1 || (Number(major) === 1 && Number(minor ?? 0) >= 1)
    ? {
        status: "pass",
        observed,
        message: message(
          "Durability is {0}, extension version {1}. The cluster must have the same durability.",
          durability,
          version,
        ),
      }
    : {
        status: "fail",
        observed,
        message: message(
          "The Service Fabric extension has version {0}. Automatic OS upgrades need 1.1 or later.",
          version,
        ),
        brief: message("Service Fabric extension is older than 1.1"),
        fix: message("Set the typeHandlerVersion of the Service Fabric extension to 1.1."),
      };
}
