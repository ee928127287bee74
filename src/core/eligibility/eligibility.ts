import type { JsonObject } from "../resources/json.ts";
import { maintenanceConfiguration, windowLength } from "./configuration.ts";
import type { EligibilityFacts } from "./facts.ts";
import { healthSource } from "./health.ts";
import { imageVersionLatest } from "./image.ts";
import { imageSupported } from "./imageSupport.ts";
import { instanceHealth, latestModel } from "./instances.ts";
import { loadBalancerSku } from "./loadBalancer.ts";
import { managedByOther, orchestrationMode } from "./ownership.ts";
import { patchMode, windowsAutomaticUpdates } from "./patching.ts";
import { protectedInstances } from "./protection.ts";
import { provisioningState } from "./provisioning.ts";
import { externalReferences } from "./references.ts";
import { rollingPolicy } from "./rollingPolicy.ts";
import type { EligibilityRule, Finding, Intent } from "./rule.ts";
import { serviceFabricDurability } from "./serviceFabric.ts";

/** The conditions of automatic OS image upgrades, those that block first. */
export const eligibilityRules: readonly EligibilityRule[] = [
  imageVersionLatest,
  imageSupported,
  healthSource,
  windowsAutomaticUpdates,
  patchMode,
  serviceFabricDurability,
  loadBalancerSku,
  rollingPolicy,
  orchestrationMode,
  managedByOther,
  provisioningState,
  latestModel,
  instanceHealth,
  protectedInstances,
  externalReferences,
  maintenanceConfiguration,
  windowLength,
];

const blockingRules = eligibilityRules.filter(({ severity }) => severity === "block");

/**
 * What every rule says of a scale set as ARM returns it, in the order of the rules. `intent`: whether Azure holds it, or it is a body that
 * is sent as it stands. `severity`: `block` for the rules alone that can block; without facts these look only into `properties`.
 */
export function eligibility(
  scaleSet: JsonObject,
  facts: EligibilityFacts = {},
  intent: Intent = "stored",
  severity?: "block",
): readonly Finding[] {
  const rules = severity === undefined ? eligibilityRules : blockingRules;
  return rules.map(({ id, severity, sources, check }) => {
    const verdict = check(scaleSet, facts, intent);
    return {
      rule: id,
      severity: verdict.severity ?? severity,
      status: verdict.status,
      observed: verdict.observed,
      message: verdict.message,
      brief: verdict.brief,
      fix: verdict.fix,
      repair: verdict.repair,
      lacks: verdict.lacks,
      sources,
    };
  });
}
