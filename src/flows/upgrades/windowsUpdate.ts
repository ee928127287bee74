/**
 * Windows Update of scale sets whose automatic OS upgrades a plan disables: Azure leaves it off then (recorded 2020-12-30, api 2020-12-01). The
 * review says so, and offers to turn it on again as a second change.
 */
import type { Change, Plan } from "../../core/plans/plan.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import {
  disabledBy,
  restoreWindowsUpdate,
  rollOutWarning,
  turnsWindowsUpdateOn,
} from "../../core/plans/windowsUpdate.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Row } from "../engine/question.ts";
import { choice, section } from "../engine/rows.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { someNames } from "./fixRows.ts";

export interface WindowsUpdateAnswers {
  /** What becomes of Windows Update where upgrades are disabled: `restore`, or nothing. */
  readonly windowsUpdate?: string;
}

/** A scale set as it is now, by its id; undefined for one that is not known, or whose Windows Update is not to be spoken of. */
export type ScaleSetNow = (id: string) => { readonly id: string; readonly resource: JsonObject } | undefined;

const restore = "windowsUpdate:restore";
const leave = "windowsUpdate:leave";

/** What a row of `windowsUpdateRows` changes about the answers; undefined for other rows. */
export function windowsUpdateTurn(value: string): Required<WindowsUpdateAnswers> | undefined {
  if (value === restore) return { windowsUpdate: "restore" };
  return value === leave ? { windowsUpdate: "leave" } : undefined;
}

/** Scale sets as the fleet has them. */
export function setsIn({ scaleSets }: Snapshot): ScaleSetNow {
  return (id) => scaleSets.get(idKey(id));
}

/** The changes that turn Windows Update on again on the sets where these changes disable upgrades. */
function restoring(changes: readonly Change[], now: ScaleSetNow): readonly Change[] {
  return disabledBy(changes).flatMap((id) => {
    const set = now(id);
    if (set === undefined || turnsWindowsUpdateOn(changes, idKey(id))) return [];
    return restoreWindowsUpdate(set) ?? [];
  });
}

/** The part with what the answers ask of Windows Update, and what the review has to say of it. */
export function withWindowsUpdate<P extends Pick<PlanPart, "changes" | "warnings">>(
  part: P,
  now: ScaleSetNow,
  { windowsUpdate }: WindowsUpdateAnswers,
): P {
  const wanted = restoring(part.changes, now);
  if (windowsUpdate !== "restore") {
    const warnings = wanted.map(({ target }) =>
      message(
        "Observed: Windows Update stays off on {0} after you turn off automatic OS upgrades.",
        nameOf(target),
      ),
    );
    return { ...part, warnings: [...part.warnings, ...warnings] };
  }
  const warnings = wanted.flatMap(({ target }) => {
    const set = now(target);
    return set === undefined ? [] : [rollOutWarning(set)];
  });
  return { ...part, changes: [...part.changes, ...wanted], warnings: [...part.warnings, ...warnings] };
}

/** A row for the review: to turn Windows Update on again where it would stay off, or to leave it off after all. */
export function windowsUpdateRows({ changes }: Plan, now: ScaleSetNow): readonly Row[] {
  const left = restoring(changes, now);
  const disabled = new Set(disabledBy(changes).map(idKey));
  const restored = changes.filter(
    (one) => one.kind === "setAutomaticUpdates" && disabled.has(idKey(one.target)),
  );
  const names = (those: readonly Change[]) => verbatim(someNames(those.map(({ target }) => nameOf(target))));
  if (left.length > 0) {
    return section(message("Windows Update"), [
      choice(restore, "add", message("Also turn Windows Update on again"), {
        description: names(left),
        detail: message(
          "A second change after upgrades are off. In upgrade mode Automatic or Rolling, it affects running instances now.",
        ),
      }),
    ]);
  }
  if (restored.length === 0) return [];
  return section(message("Windows Update"), [
    choice(leave, "discard", message("Keep Windows Update off"), { description: names(restored) }),
  ]);
}
