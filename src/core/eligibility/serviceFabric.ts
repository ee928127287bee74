import { at, textAt } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { serviceFabricOf } from "../resources/scaleSet.ts";
import type { Extension } from "../resources/scaleSet.ts";
import { lacksModel, ofModel } from "./rule.ts";
import type { EligibilityRule, Verdict } from "./rule.ts";
import { serviceFabricRequirements, statelessNodeTypes } from "./sources.ts";

export const serviceFabricDurability: EligibilityRule = {
  id: "service-fabric-durability",
  severity: "block",
  title: message("A Service Fabric node type has durability Silver or Gold"),
  sources: [serviceFabricRequirements, statelessNodeTypes],
  check: ofModel((scaleSet) => {
    const node = serviceFabricOf(scaleSet);
    return node === undefined
      ? { status: "pass", message: message("The set is no Service Fabric node type.") }
      : (durabilityFailure(node) ?? versionVerdict(node));
  }),
};

function durabilityFailure({ properties }: Extension): Verdict | undefined {
  const durability = textAt(properties, "settings", "durabilityLevel");
  if (durability !== undefined && /^(silver|gold)$/i.test(durability)) return undefined;
  const fix = message(
    "Raise the durability to Silver or Gold in the cluster and in the extension. If the node type is stateless-only, try anyway.",
  );
  return durability === undefined
    ? {
        status: "fail",
        message: message(
          "The Service Fabric extension names no durability, which is Bronze then, and automatic OS upgrades need Silver or Gold. Bronze does for stateless-only node types, which the set does not tell.",
        ),
        fix,
      }
    : {
        status: "fail",
        observed: durability,
        message: message(
          "The durability is {0}, and automatic OS upgrades need Silver or Gold. Bronze does for stateless-only node types, which the set does not tell.",
          durability,
        ),
        fix,
      };
}

function versionVerdict({ properties }: Extension): Verdict {
  const durability = textAt(properties, "settings", "durabilityLevel") ?? "";
  const written = at(properties, "typeHandlerVersion");
  const version = typeof written === "number" ? String(written) : (textAt(written) ?? "");
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) {
    return lacksModel(
      message("Can't tell, because the model does not say the version of the Service Fabric extension."),
    );
  }
  const observed = `${durability}, ${version}`;
  return Number(major) > 1 || (Number(major) === 1 && Number(minor ?? 0) >= 1)
    ? {
        status: "pass",
        observed,
        message: message(
          "The durability is {0} and the version of the extension {1}. The cluster must have the same durability.",
          durability,
          version,
        ),
      }
    : {
        status: "fail",
        observed,
        message: message(
          "The Service Fabric extension has version {0}, and automatic OS upgrades need 1.1 or later.",
          version,
        ),
        fix: message("Set the typeHandlerVersion of the Service Fabric extension to 1.1."),
      };
}
