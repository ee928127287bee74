/** Keeps a plan that is made of an earlier one from leaving scale sets with upgrades on and no window. */
import { configurationIdOf } from "../../core/associations/link.ts";
import { modelAfter } from "../../core/plans/enabling.ts";
import { keepingWindowsUpdate, turnsOff, turnsOn } from "../../core/plans/kinds/automaticUpgrades.ts";
import type { Change, LeftOut } from "../../core/plans/plan.ts";
import { inWindow, setAutomaticUpgrades } from "../../core/plans/plans.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { turnedOffByAzure } from "../../core/plans/windowsUpdate.ts";
import { idKey, nameOf, sameId } from "../../core/resources/ids.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import {
  noWindowKnown,
  opensWindowsIn,
  osImageAssociations,
  removalConditions,
  type Association,
} from "../associations/assignments.ts";
import { namesOf } from "../configurations/dependants.ts";

/** What becomes of the changes, in the parts of a plan. */
export interface KeptWindows {
  readonly changes: readonly Change[];
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly Message[];
}

/** Gives each removal that has no condition its own: the association that stays, or upgrades that are off. */
export function withRemovalConditions(changes: readonly Change[], snapshot: Snapshot): readonly Change[] {
  return changes.map((change) => {
    const set = setOf(change, snapshot);
    if (change.kind !== "dissociate" || change.provided !== undefined || set === undefined) return change;
    return { ...change, provided: removalConditions(set, heldAfter(set, changes, snapshot)) };
  });
}

/**
 * Upgrades that must be off and are on go off first; upgrades that are turned on are bound to the window that their set has then, or the review
 * says that there is none; a removal whose new association is missing is left out.
 */
export function keepingWindows(asked: readonly Change[], snapshot: Snapshot): KeptWindows {
  const missing = asked.flatMap(
    (change) => missingPartner(change, asked, snapshot) ?? stillUsed(change, asked, snapshot) ?? [],
  );
  const left = new Set(missing.map(({ target }) => target));
  const changes = asked.filter(({ target }) => !left.has(target));
  const open = openSets(changes, snapshot);
  const mustBeOff = new Set(
    changes.flatMap(({ provided = [] }) =>
      provided.flatMap((one) => (one.is === "off" ? [idKey(one.id)] : [])),
    ),
  );
  const [closing, stayingOn] = [
    open.filter(({ id }) => mustBeOff.has(idKey(id))),
    open.filter(({ id }) => !mustBeOff.has(idKey(id))),
  ];
  const enabled = changes.map((change) =>
    turnsOn(change) ? enabledNow(change, changes, snapshot) : { change, warnings: [] },
  );
  return {
    changes: [
      ...closing.flatMap((set) => setAutomaticUpgrades(set, false, { oneByOne: true }).changes),
      ...enabled.map(({ change }) => change),
    ],
    leftOut: missing,
    warnings: [
      ...(closing.length === 0 ? [] : [turnedOffFirst(closing)]),
      ...(stayingOn.length === 0
        ? []
        : [message("Automatic OS upgrades of {0} stay on and can start at any time.", namesOf(stayingOn))]),
      ...enabled.flatMap(({ warnings }) => warnings),
    ],
  };
}

type Held = Pick<Association, "id" | "configurationId" | "opensWindows">;

/** The associations that a set has once the changes are made. */
function heldAfter(set: ScaleSetRecord, changes: readonly Change[], snapshot: Snapshot): readonly Held[] {
  const made = changes.filter((change) => change.kind === "associate" && sameId(subjectOf(change), set.id));
  const isTouched = ({ id, configurationId }: Held) =>
    changes.some(
      ({ kind, target }) =>
        ((kind === "dissociate" || kind === "associate") && sameId(target, id)) ||
        (kind === "deleteConfiguration" && sameId(target, configurationId)),
    );
  const isMade = (configurationId: string) =>
    changes.some(({ kind, target }) => kind === "createConfiguration" && sameId(target, configurationId));
  return [
    ...osImageAssociations(snapshot, set).filter((one) => !isTouched(one)),
    ...made.map(({ target, after = {} }) => {
      const configurationId = configurationIdOf(after) ?? "";
      const opensWindows = isMade(configurationId) || opensWindowsIn(snapshot, configurationId);
      return { id: target, configurationId, opensWindows };
    }),
  ];
}

/** Sets that lose an association, have no window left, and have their upgrades on all the same. */
function openSets(changes: readonly Change[], snapshot: Snapshot): readonly ScaleSetRecord[] {
  const deleted = new Set(
    changes.filter(({ kind }) => kind === "deleteConfiguration").map(({ target }) => idKey(target)),
  );
  const losing = new Set(
    changes.filter(({ kind }) => kind === "dissociate").map((change) => idKey(subjectOf(change))),
  );
  const switched = new Set(
    changes.filter((change) => turnsOff(change) || turnsOn(change)).map(({ target }) => idKey(target)),
  );
  return [...snapshot.scaleSets].flatMap(([key, set]) => {
    if (!automaticUpgradesOf(set.resource) || switched.has(key)) return [];
    const loses =
      losing.has(key) ||
      osImageAssociations(snapshot, set).some(({ configurationId }) => deleted.has(idKey(configurationId)));
    return loses && !heldAfter(set, changes, snapshot).some(({ opensWindows }) => opensWindows) ? [set] : [];
  });
}

/** What stands in for an association that is to be removed, and is neither there nor made. */
function missingPartner(change: Change, changes: readonly Change[], snapshot: Snapshot): LeftOut | undefined {
  const set = setOf(change, snapshot);
  if (change.kind !== "dissociate" || set === undefined || "unknown" in set.assignments) return undefined;
  const held = heldAfter(set, changes, snapshot);
  const lacking = change.provided?.find(
    (one) =>
      one.is === "associated" &&
      !held.some(
        ({ id, configurationId }) => sameId(id, one.id) && sameId(configurationId, one.configurationId),
      ),
  );
  return (
    lacking && {
      target: change.target,
      reason: message(
        "Its replacement, association {0}, is missing. Start from the scale set instead.",
        nameOf(lacking.id),
      ),
    }
  );
}

/** A deletion whose configuration has associations that it did not show and that nothing removes before. */
function stillUsed(change: Change, changes: readonly Change[], snapshot: Snapshot): LeftOut | undefined {
  const unused = change.provided?.find((one) => one.is === "unused");
  if (unused === undefined) return undefined;
  const goes = (id: string) =>
    unused.named.some((known) => sameId(known, id)) ||
    changes.some(({ kind, target }) => kind === "dissociate" && sameId(target, id));
  const users = [...snapshot.scaleSets.values()].filter((set) =>
    osImageAssociations(snapshot, set).some(
      ({ id, configurationId }) => sameId(configurationId, unused.id) && !goes(id),
    ),
  );
  return users.length === 0
    ? undefined
    : {
        target: change.target,
        reason: message("Still used by {0}. Remove their associations first.", namesOf(users)),
      };
}

/** A change that turns upgrades on, as things are now. */
function enabledNow(
  change: Change,
  changes: readonly Change[],
  snapshot: Snapshot,
): { readonly change: Change; readonly warnings: readonly Message[] } {
  const set = setOf(change, snapshot);
  if (set === undefined) return { change, warnings: [] };
  const held = heldAfter(set, changes, snapshot).find(({ opensWindows }) => opensWindows);
  const others = changes.filter((one) => one !== change && sameId(one.target, set.id));
  const resource = modelAfter(set.resource, others);
  const { provided: _provided, ...bare } = keepingWindowsUpdate(change, resource);
  const warning = turnedOffByAzure({ id: set.id, resource });
  const warnings = warning === undefined ? [] : [warning];
  return held === undefined
    ? { change: bare, warnings: [...warnings, noWindowKnown(set.name)] }
    : {
        change: { ...bare, ...inWindow({ associationId: held.id, configurationId: held.configurationId }) },
        warnings,
      };
}

function turnedOffFirst(sets: readonly ScaleSetRecord[]): Message {
  return message("Turns off automatic OS upgrades first, because no window would remain: {0}", namesOf(sets));
}

function setOf(change: Change, { scaleSets }: Snapshot): ScaleSetRecord | undefined {
  return scaleSets.get(idKey(subjectOf(change)));
}
