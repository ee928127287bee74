/** The upgrades that a plan bears upon: of which scale sets, with which policy, in which window. */
import { minuteMs } from "../../core/milliseconds.ts";
import { modelAfter } from "../../core/plans/enabling.ts";
import { setOfAssignment } from "../../core/plans/kinds/association.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { idKey, subscriptionOf, type IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { managedByOf } from "../../core/resources/managedBy.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { upgradeEstimate } from "../../core/upgrades/estimate.ts";
import type { Upgrade } from "../../core/upgrades/fit.ts";
import { readDuration } from "../../core/windows/duration.ts";
import { readWindow } from "../../core/windows/window.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { knownConfiguration, osImageAssociations } from "../associations/assignments.ts";

/** The upgrade of a scale set as the plan would leave it. */
export interface PlannedUpgrade extends Upgrade {
  readonly set: ScaleSetRecord;
  /** The set's model after the plan, as far as upgrades go by it. */
  readonly model: JsonObject;
  /** Whether the plan makes the window that it runs in, or changes it. */
  readonly isWindowOfPlan: boolean;
}

/** The upgrades that a plan bears upon. */
export interface PlannedUpgrades {
  readonly upgrades: readonly PlannedUpgrade[];
  /** A new configuration that no set gets yet: the upgrades are those of the sets in its subscription that have none. */
  readonly candidatesOf?: string;
}

/** The upgrades of all scale sets whose window or upgrade policy is in the plan. Sets without a window have nothing to fit into. */
export function* plannedUpgrades(snapshot: Snapshot, { changes }: Plan): Sliced<PlannedUpgrades> {
  const configurations = new Map<IdKey, JsonObject>();
  const bySet = new Map<IdKey, Change[]>();
  const add = (id: string, ...own: readonly Change[]) => {
    const known = bySet.get(idKey(id));
    if (known === undefined) bySet.set(idKey(id), [...own]);
    else known.push(...own);
  };
  let created: string | undefined;
  yield* inPieces(changes, (change) => {
    const { kind, target, after = {} } = change;
    if (kind === "createConfiguration") created = target;
    if (kind === "createConfiguration" || kind === "updateConfiguration")
      configurations.set(idKey(target), after);
    if (kind === "updateConfiguration")
      for (const key of snapshot.configurations.get(idKey(target))?.scaleSets ?? []) add(key);
    if (kind === "associate" || kind === "dissociate") add(setOfAssignment(target), change);
    if (kind === "setUpgradePolicy") add(target, change);
  });
  const upgrades: PlannedUpgrade[] = [];
  if (created !== undefined && bySet.size === 0) {
    const windows = [created];
    yield* inPieces(snapshot.scaleSets.values(), (set) => {
      if (isCandidate(snapshot, set, subscriptionOf(created ?? "")))
        upgrades.push(upgradeOf(snapshot, set, [], windows, configurations));
    });
    return { upgrades, candidatesOf: subscriptionOf(created) };
  }
  yield* inPieces(bySet, ([key, own]) => {
    const set = snapshot.scaleSets.get(key);
    const windows = set && windowsOf(snapshot, set, own);
    if (windows?.length !== 0 && set !== undefined)
      upgrades.push(upgradeOf(snapshot, set, own, windows, configurations));
  });
  return { upgrades };
}

const isCandidate = (snapshot: Snapshot, set: ScaleSetRecord, subscriptionId: string) =>
  set.subscriptionId === subscriptionId.toLowerCase() &&
  "known" in set.assignments &&
  osImageAssociations(snapshot, set).length === 0 &&
  managedByOf(set.resource) === undefined;

/** Ids of the configurations that a set has after the changes; undefined where that is not known. */
function windowsOf(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  own: readonly Change[],
): readonly string[] | undefined {
  const added = own.flatMap(({ kind, after = {} }) =>
    kind === "associate" ? (configurationIdOf(after) ?? []) : [],
  );
  if ("unknown" in set.assignments) return added.length === 0 ? undefined : added;
  // An association that is written over has the id of the new one.
  const replaced = new Set(own.map(({ target }) => idKey(target)));
  const kept = osImageAssociations(snapshot, set).filter(({ id }) => !replaced.has(idKey(id)));
  return [...kept.map(({ configurationId }) => configurationId), ...added];
}

function upgradeOf(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  own: readonly Change[],
  windows: readonly string[] | undefined,
  configurations: ReadonlyMap<IdKey, JsonObject>,
): PlannedUpgrade {
  const policies = own.filter(({ kind }) => kind === "setUpgradePolicy");
  const model = modelAfter(set.resource, policies);
  const lengths = windows?.map((id) => {
    const resource = configurations.get(idKey(id)) ?? knownConfiguration(snapshot, id)?.resource;
    return readDuration(readWindow(resource ?? {}).duration ?? "");
  });
  const known = lengths?.filter((length) => length !== undefined);
  const isKnown = known !== undefined && known.length === lengths?.length;
  return {
    set,
    estimate: upgradeEstimate(model, set.eligibilityFacts?.facts ?? {}, set.resource),
    model,
    windowMinutes: isKnown ? Math.min(...known) / minuteMs : undefined,
    isWindowOfPlan: windows?.every((id) => configurations.has(idKey(id))) === true,
  };
}
