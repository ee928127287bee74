/** What becomes of scale sets that a clean-up leaves without a window. */
import { idKey, parseId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { associate, setAutomaticUpgrades, type PlanPart } from "../../core/plans/plans.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Choice } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { someNames } from "../upgrades/fixRows.ts";
import { withWindowsUpdate } from "../upgrades/windowsUpdate.ts";
import { associationsOf, scopeIn } from "./assignments.ts";
import { linkOf, type FlawsFound } from "./flaws.ts";

/** Values of the review's rows, kept as the answer that they give. */
export const move = "withoutWindow:move";
export const disable = "withoutWindow:disable";
const leave = "withoutWindow:leave";

/** The answer that a row of the review gives; undefined for other rows. */
export function withoutWindowTurn(value: string): { readonly withoutWindow: string } | undefined {
  return [move, disable, leave].includes(value) ? { withoutWindow: value } : undefined;
}

/**
 * The sets, of those with flaws, that have no association left which gives a window, or may give one. `removed`: keys of the associations that
 * go. What another service manages is not among them.
 */
export function setsWithoutWindow(
  snapshot: Snapshot,
  { found, kept }: FlawsFound,
  removed: ReadonlySet<IdKey>,
): readonly ScaleSetRecord[] {
  const ids = [
    ...found.map(({ scaleSetId }) => scaleSetId),
    ...kept.flatMap(({ target }) => parseId(target)?.scope ?? []),
  ];
  return [...new Set(ids.map(idKey))].flatMap((key) => {
    const set = snapshot.scaleSets.get(key);
    if (set === undefined) return [];
    const left = associationsOf(snapshot, set).filter(({ id }) => !removed.has(idKey(id)));
    const links = left.map(({ configurationId }) => linkOf(snapshot, configurationId));
    return links.some(({ state }) => state === "valid" || state === "unknown") ? [] : [set];
  });
}

/** Rows of the review with what can become of them; none where every set keeps a window. */
export function alternatives(sets: readonly ScaleSetRecord[], chosen: string | undefined): readonly Choice[] {
  const on = sets.filter(isOn);
  const row = (value: string, icon: string, label: Message, those: readonly ScaleSetRecord[]) =>
    those.length === 0 || chosen === value
      ? []
      : [choice(value, icon, label, { description: verbatim(someNames(those.map(({ name }) => name))) })];
  return [
    ...row(move, "arrow-right", message("Move to a working configuration…"), sets),
    ...row(disable, "circle-slash", message("Turn off automatic OS upgrades"), on),
    ...(chosen === undefined ? [] : row(leave, "discard", message("Leave without a window"), sets)),
  ];
}

/** Gives each set an association with the configuration; what is removed is not replaced once more. */
export function movePart(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  configuration: { readonly id: string },
  removed: ReadonlySet<IdKey>,
): PlanPart {
  const left = associationsOf(snapshot, set).filter(({ id }) => !removed.has(idKey(id)));
  const assignments = left.map(({ assignment }) => assignment);
  return associate(set, configuration, assignments, scopeIn(snapshot), { oneByOne: true });
}

/** Turns off automatic OS upgrades, where they are on. */
export function disablingPart(set: ScaleSetRecord): PlanPart {
  if (!isOn(set)) return { changes: [], leftOut: [], warnings: [] };
  return withWindowsUpdate(setAutomaticUpgrades(set, false, { oneByOne: true }), () => set, {});
}

/** That upgrades stay on where no window is left. */
export function windowlessWarning(sets: readonly ScaleSetRecord[]): readonly Message[] {
  const names = sets.filter(isOn).map(({ name }) => name);
  if (names.length === 0) return [];
  return [message("Automatic OS upgrades of {0} stay on and can start at any time.", someNames(names, 5))];
}

function isOn({ resource }: ScaleSetRecord): boolean {
  return automaticUpgradesOf(resource);
}
