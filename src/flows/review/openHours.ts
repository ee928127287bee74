/** What of a plan lets upgrades begin outside any maintenance window, besides the changes that do so by their kind. */
import { configurationIdOf } from "../../core/associations/link.ts";
import { turnsOff, turnsOn } from "../../core/plans/kinds/automaticUpgrades.ts";
import { setOfAssignment } from "../../core/plans/kinds/association.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import { automaticUpgradesOf, upgradeModeOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { opensWindows, opensWindowsIn, osImageAssociations } from "../associations/assignments.ts";

/** Scale sets that the plan gives upgrades, or takes a window, and leaves with upgrades on and no window that is known to open. */
export function leftOpen(snapshot: Snapshot, changes: readonly Change[]): readonly ScaleSetRecord[] {
  const bySubject = Map.groupBy(changes, (change) => idKey(subjectOf(change)));
  const written = new Set(changes.map(({ target }) => idKey(target)));
  const created = new Set(
    changes.flatMap(({ kind, target }) => (kind === "createConfiguration" ? [idKey(target)] : [])),
  );
  const touched = changes.flatMap((change) => {
    const along = (change.takesAlong ?? []).map((one) => setOfAssignment(textAt(one, "id") ?? ""));
    return change.kind === "dissociate" || turnsOn(change) ? [subjectOf(change), ...along] : along;
  });
  const isLeftOpen = (set: ScaleSetRecord) => {
    const own = bySubject.get(idKey(set.id)) ?? [];
    const isOn = own.some(turnsOn) || (automaticUpgradesOf(set.resource) && !own.some(turnsOff));
    const gets = own.some(({ kind, after, onFailureOf }) => {
      const id =
        kind === "associate" && onFailureOf === undefined ? configurationIdOf(after ?? {}) : undefined;
      return id !== undefined && (created.has(idKey(id)) || opensWindowsIn(snapshot, id));
    });
    const keeps = osImageAssociations(snapshot, set).some(
      (one) => opensWindows(one) && !written.has(idKey(one.id)) && !written.has(idKey(one.configurationId)),
    );
    return isOn && !gets && !keeps;
  };
  return [...new Set(touched.map(idKey))].flatMap((key) => {
    const set = snapshot.scaleSets.get(key);
    return set !== undefined && isLeftOpen(set) ? [set] : [];
  });
}

/** Scale sets whose instances Azure brings to the changed model at once, by the upgrade mode that they have, or get from Manual. */
export function rolledOut(snapshot: Snapshot, changes: readonly Change[]): readonly ScaleSetRecord[] {
  const bySubject = Map.groupBy(changes, (change) => idKey(subjectOf(change)));
  return [...bySubject].flatMap(([key, own]) => {
    const set = snapshot.scaleSets.get(key);
    if (set === undefined || !own.some((change) => kindOf(change).changesModel === true)) return [];
    const mode = upgradeModeOf(set.resource)?.toLowerCase() ?? "manual";
    const wanted = own.flatMap(({ after }) => upgradeModeOf(after ?? {})?.toLowerCase() ?? []);
    return mode !== "manual" || wanted.some((one) => one !== "manual") ? [set] : [];
  });
}
