import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import {
  healthSourcesOf,
  isFlexible,
  osTypeOf,
  serviceFabricDurabilityOf,
  serviceFabricOf,
  serviceFabricReportsHealth,
} from "../resources/scaleSet.ts";
import type { HealthSource } from "../resources/scaleSet.ts";
import { ofModel } from "./rule.ts";
import type { EligibilityRule, Verdict } from "./rule.ts";
import { automaticUpgrade, healthRefusal } from "./sources.ts";

const noneRefusal =
  "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because a health probe or health extension was not specified.";
const bothRefusal =
  "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because both a health probe and a health extension were provided. Remove the health probe or health extension prior to enabling automatic OS upgrade.";

export const healthSource: EligibilityRule = {
  id: "health-source",
  severity: "block",
  title: message("Exactly one health source"),
  sources: [automaticUpgrade, healthRefusal],
  check: ofModel((scaleSet) => {
    const sources = healthSourcesOf(scaleSet);
    const observed = sources.map(nameOfSource).join(", ");
    const [only, ...others] = sources;
    if (only === undefined) return withoutSource(scaleSet);
    if (others.length === 0) return withOne(scaleSet, only, observed);
    return sources.some(({ kind }) => kind === "probe")
      ? {
          status: "fail",
          observed,
          message: message(
            "The scale set has both a health probe and a health extension. Azure refuses: “{0}”",
            bothRefusal,
          ),
          brief: message("both a health probe and an extension"),
          fix: message("Remove the probe or the extension."),
        }
      : {
          status: "fail",
          observed,
          message: message(
            "The scale set has more than one Application Health extension. Only one may report.",
          ),
          brief: message("more than one health extension"),
          fix: message("Keep only the extension for its operating system."),
        };
  }),
};

function nameOfSource(source: HealthSource): string {
  return source.kind === "probe" ? source.id : `ApplicationHealth${source.os} (${source.name})`;
}

function withoutSource(scaleSet: JsonObject): Verdict {
  const durability = serviceFabricDurabilityOf(scaleSet);
  if (durability !== undefined && serviceFabricReportsHealth(scaleSet)) {
    return {
      status: "pass",
      observed: durability,
      message: message("Service Fabric durability {0} reports health. No probe is needed.", durability),
    };
  }
  if (serviceFabricOf(scaleSet) !== undefined) {
    // The durability has to be raised anyway, and is then the source of health: an extension would not make up for it.
    return {
      status: "fail",
      message: message(
        "Azure can't tell whether instances are healthy. Service Fabric reports health only with durability Silver or Gold.",
      ),
      brief: message("no health source: Service Fabric durability is below Silver"),
      fix: message(
        "Raise the Service Fabric durability to Silver or Gold. For a stateless-only node type, add the Application Health extension.",
      ),
    };
  }
  return {
    status: "fail",
    message: message("Azure can't tell whether instances are healthy. Azure refuses: “{0}”", noneRefusal),
    brief: message("no health probe or extension"),
    fix: isFlexible(scaleSet)
      ? message("Add the Application Health extension.")
      : message("Add the Application Health extension or a load balancer health probe."),
    repair: "healthExtension",
  };
}

function withOne(scaleSet: JsonObject, source: HealthSource, observed: string): Verdict {
  const osType = osTypeOf(scaleSet);
  if (source.kind === "probe" && isFlexible(scaleSet)) {
    return {
      status: "fail",
      observed,
      message: message(
        "The only health source is a load balancer probe. It works for Uniform scale sets only, and this one is Flexible.",
      ),
      brief: message("no health extension, which Flexible needs"),
      fix: message("Replace the probe with the Application Health extension."),
    };
  }
  if (source.kind === "extension" && osType !== undefined && source.os !== osType) {
    return {
      status: "fail",
      observed,
      message: message(
        "The Application Health extension is for {0}, but the scale set runs {1}.",
        source.os,
        osType,
      ),
      brief: message("health extension is for {0}", source.os),
      fix: message("Replace it with the extension ApplicationHealth{0}.", osType),
    };
  }
  return source.kind === "probe"
    ? { status: "pass", observed, message: message("A load balancer probe reports health.") }
    : { status: "pass", observed, message: message("The Application Health extension reports health.") };
}
