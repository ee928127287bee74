import { subjectOf } from "./change.ts";
import { idKey, parseId, resourceGroupId, subscriptionOf } from "../resources/ids.ts";
import type { IdKey } from "../resources/ids.ts";
import { booleanAt, textAt } from "../resources/json.ts";
import type { Message } from "../text/message.ts";
import type { Change, ChangeKind, LeftOut, Plan } from "./plan.ts";

/**
 * Puts changes together, each told which others it needs: group and provider → configuration → associate → enable, and disable → dissociate
 * → delete, so that no set is left with upgrades on and no window by our doing. What is done to one set is done step by step (`steps`). Of
 * several changes with one id the last counts.
 */
export function planOf(
  title: Message,
  changes: readonly Change[],
  leftOut: readonly LeftOut[] = [],
  warnings: readonly Message[] = [],
): Plan {
  const distinct = [...new Map(changes.map((change) => [change.id, change])).values()];
  const byScaleSet = Map.groupBy(distinct, scaleSetOf);
  const wired = distinct.map((change) => {
    const scaleSet = scaleSetOf(change);
    // A change of a scale set needs what is done to the same set, or to none in particular: with thousands of sets, not all are looked at.
    const candidates =
      scaleSet === undefined
        ? distinct
        : [...(byScaleSet.get(undefined) ?? []), ...(byScaleSet.get(scaleSet) ?? [])];
    return { ...change, needs: candidates.filter((other) => needs(change, other)).map(({ id }) => id) };
  });
  return { title, changes: wired, leftOut, warnings };
}

/** Several plans as one. A change that is in more than one of them needs what it needs in each, and otherwise they do not wait for each other. */
export function plansTogether(title: Message, plans: readonly Plan[]): Plan {
  const alike = Map.groupBy(
    plans.flatMap(({ changes }) => changes),
    ({ id }) => id,
  );
  const changes = [...alike.values()].flatMap((those) => {
    const [first] = those;
    return first === undefined ? [] : { ...first, needs: [...new Set(those.flatMap(({ needs }) => needs))] };
  });
  return {
    title,
    changes,
    leftOut: plans.flatMap(({ leftOut }) => leftOut),
    warnings: plans.flatMap(({ warnings }) => warnings),
  };
}

/**
 * The order of what is done to one scale set. Azure refuses a change of a set that it still updates (409), and each of these is a condition
 * of those after it: of upgrades that are on, of mode Rolling, of instances that get the model.
 */
const steps: readonly ChangeKind[] = [
  "cancelUpgrade",
  "setImageReference",
  "setAutomaticUpdates",
  "setPatchSettings",
  "addHealthExtension",
  "setUpgradePolicy",
  "updateInstances",
  "startUpgrade",
  "approveUpgrade",
];

/** The scale set that a change is about; undefined for changes of other resources. */
function scaleSetOf(change: Change): IdKey | undefined {
  const isOfSet = change.kind === "associate" || change.kind === "dissociate" || steps.includes(change.kind);
  return isOfSet ? idKey(subjectOf(change)) : undefined;
}

/** Of two changes of one set. */
function isEarlierStep({ kind }: Change, { kind: other }: Change): boolean {
  return steps.includes(other) && steps.indexOf(other) < steps.indexOf(kind);
}

/** Of two changes that are about one scale set, or one of which is about none. */
function needs(change: Change, other: Change): boolean {
  if (other.kind === "registerProvider")
    return maintenanceSubscriptionsOf(change).has(subscriptionOf(idKey(other.target)));
  switch (change.kind) {
    case "createResourceGroup":
    case "registerProvider":
    case "updateConfiguration":
      return false;
    case "createConfiguration":
      return other.kind === "createResourceGroup" && idKey(other.target) === groupOf(change.target);
    case "associate":
      return (
        other.kind === "createConfiguration" && idKey(other.target) === idKey(linkedConfiguration(change))
      );
    case "setUpgradePolicy":
      return (turnsOn(change) && other.kind === "associate") || isEarlierStep(change, other);
    case "setImageReference":
    case "setAutomaticUpdates":
    case "setPatchSettings":
    case "addHealthExtension":
    case "updateInstances":
    case "startUpgrade":
    case "cancelUpgrade":
    case "approveUpgrade":
      return isEarlierStep(change, other);
    case "dissociate":
      return other.kind === "associate" || (other.kind === "setUpgradePolicy" && !turnsOn(other));
    case "deleteConfiguration":
      // What stands beside it in a plan is done for the sake of its sets, and a change does not tell whose set it is about.
      return (
        other.kind === "associate" ||
        other.kind === "dissociate" ||
        (other.kind === "setUpgradePolicy" && !turnsOn(other))
      );
  }
}

/** Lower-cased ids of the subscriptions in which Microsoft.Maintenance has to be registered for a change: the set's and the configuration's. */
export function maintenanceSubscriptionsOf(change: Change): ReadonlySet<string> {
  switch (change.kind) {
    case "createConfiguration":
    case "updateConfiguration":
    case "deleteConfiguration":
    case "dissociate":
      return new Set([subscriptionOf(idKey(change.target))]);
    case "associate":
      return new Set([
        subscriptionOf(idKey(change.target)),
        subscriptionOf(idKey(linkedConfiguration(change))),
      ]);
    default:
      return new Set();
  }
}

function linkedConfiguration({ after }: Change): string {
  return textAt(after, "properties", "maintenanceConfigurationId") ?? "";
}

function turnsOn(change: Change): boolean {
  const path = ["properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];
  return booleanAt(change.after, ...path) === true;
}

function groupOf(id: string): IdKey | undefined {
  const { subscriptionId, resourceGroup } = parseId(id) ?? {};
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return idKey(resourceGroupId(subscriptionId, resourceGroup));
}
