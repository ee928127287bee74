import { nameOf } from "../resources/ids.ts";
import { arrayAt, objectAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";
import { keepingWindowsUpdate } from "./kinds/automaticUpgrades.ts";
import { merged } from "./merging.ts";
import type { Change } from "./plan.ts";
import { managerOf, setAutomaticUpgrades } from "./plans.ts";
import type { EnablingWindow, Picking, PlanPart } from "./plans.ts";
import { automaticUpgradesOf } from "../resources/scaleSet.ts";
import { repairs, setUpgradePolicy } from "./upgradePlans.ts";
import type { Repairs, UpgradableScaleSet } from "./upgradePlans.ts";
import { rollOutWarning } from "./windowsUpdate.ts";

/**
 * Mends a set as wanted and turns its automatic OS upgrades on, the policy in the same PATCH. The rules are held against the set as the
 * mending will leave it: what still blocks leaves the set out as a whole. One that has upgrades on already is only mended.
 */
export function enableUpgrades(
  scaleSet: UpgradableScaleSet,
  wanted: Repairs,
  picking: Picking = {},
  window?: EnablingWindow,
): PlanPart {
  const fixes = repairs(scaleSet, wanted);
  const warnings = fixWarnings(scaleSet, fixes, wanted.upgradeMode);
  const manager = managerOf(scaleSet, picking);
  if (automaticUpgradesOf(scaleSet.resource) && fixes.length > 0 && manager === undefined)
    return { changes: fixes, leftOut: [], warnings };
  const { id, upgrade } = scaleSet;
  const fixed = { id, upgrade, resource: modelAfter(scaleSet.resource, fixes) };
  const part = setAutomaticUpgrades(fixed, true, picking, window);
  const [enabling] = part.changes;
  if (enabling === undefined) return part;
  const policy = merged(
    objectAt(fixes.find(isPolicy)?.after, ...upgradePolicy) ?? {},
    objectAt(enabling.after, ...upgradePolicy) ?? {},
  );
  const changes = [
    ...fixes.filter((change) => !isPolicy(change)),
    {
      ...keepingWindowsUpdate(setUpgradePolicy(scaleSet, policy, enabling.title), fixed.resource),
      ...(enabling.provided && { provided: enabling.provided }),
    },
  ];
  return { changes, leftOut: [], warnings: [...warnings, ...part.warnings] };
}

/** A set's model as these changes of it will leave it. */
export function modelAfter(resource: JsonObject, changes: readonly Change[]): JsonObject {
  return changes.reduce(
    (model, change) =>
      change.kind === "addHealthExtension" ? withExtension(model, change) : merged(model, change.after ?? {}),
    resource,
  );
}

/** What changing the model does to the instances that run: it depends on the upgrade mode that the set has, and from Manual gets. */
function fixWarnings(
  scaleSet: UpgradableScaleSet,
  fixes: readonly Change[],
  wantedMode: string | undefined,
): readonly Message[] {
  return fixes.every(isPolicy) ? [] : [rollOutWarning(scaleSet, wantedMode)];
}

const upgradePolicy = ["properties", "upgradePolicy"];

function isPolicy({ kind }: Change): boolean {
  return kind === "setUpgradePolicy";
}

function withExtension(model: JsonObject, change: Change): JsonObject {
  const path = ["properties", "virtualMachineProfile", "extensionProfile"];
  const name = nameOf(change.target);
  const extensions = [...arrayAt(model, ...path, "extensions"), { name, ...change.after }];
  return merged(model, {
    properties: { virtualMachineProfile: { extensionProfile: { extensions } } },
  });
}
