import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { inverseMayBeRefused } from "../../core/plans/inverses.ts";
import { booleanAt, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { windowsUpdatePath } from "../../core/resources/scaleSet.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Change, ChangeResult, Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { inverseOf, removedWith } from "../../core/plans/undo.ts";
import type { Inverse, Now } from "../../core/plans/undo.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { someNames } from "../upgrades/fixRows.ts";
import {
  setsIn,
  windowsUpdateRows,
  windowsUpdateTurn,
  withWindowsUpdate,
  type ScaleSetNow,
  type WindowsUpdateAnswers,
} from "../upgrades/windowsUpdate.ts";
import { keepingWindows, withRemovalConditions } from "./keepingWindows.ts";

/** A plan to be undone: what became of its changes, and what is there now of the targets of each that was done. */
export interface Undoing {
  readonly planId: string;
  readonly title: Message;
  readonly results: readonly ChangeResult[];
  readonly now: ReadonlyMap<IdKey, Now>;
}

interface UndoAnswers extends WindowsUpdateAnswers {
  readonly plan?: string;
  /** Ids of the changes that are undone though their targets were changed since; or `none`. */
  readonly changed?: string | readonly string[];
}

/** A change of the plan, and what undoing it takes. */
interface Part {
  readonly done: Change;
  readonly inverse: Inverse;
}

/** Shows what takes a plan back, and asks whether to undo what has changed since. */
export function undoFlow(context: FlowContext, undoing: Undoing): Promise<Plan | undefined> {
  const parts = partsOf(context, undoing);
  const changed = parts.filter(({ inverse }) => "changed" in inverse);
  const windowsNow = windowsUpdateIn(context, undoing);
  return reviewedFlow<UndoAnswers>(context, {
    id: "undoPlan",
    title: message("Undo Changes"),
    given: { plan: undoing.planId },
    steps: [
      {
        id: "changed",
        applies: () => changed.length > 0,
        ask: () => ({
          kind: "pick",
          title: message("Choose what to undo"),
          placeholder: message("These have changed since. Select which to undo anyway"),
          rows: changed.map(rowOf),
          many: {
            none: message("Select at least one change (Space), or skip all with the button above"),
          },
          buttons: [choice("none", "circle-slash", message("Skip All"))],
        }),
      },
    ],
    plan: (answers) => planFor(context, undoing, parts, answers),
    details: (plan) => windowsUpdateRows(plan, windowsNow),
    turn: windowsUpdateTurn,
  });
}

/** The last change comes first: what needed others is taken back before them. */
function partsOf(context: FlowContext, { results, now }: Undoing): readonly Part[] {
  const snapshot = context.snapshot();
  const moment = context.now();
  const done = results.filter(({ outcome }) => outcome.status === "done");
  const own = new Set(
    done
      .filter(({ change: { kind } }) => kind === "associate" || kind === "dissociate")
      .map(({ change }) => idKey(subjectOf(change))),
  );
  const usedBy = (configurationId: string) => {
    const sets = snapshot.configurations.get(idKey(configurationId))?.scaleSets ?? [];
    return sets.filter((key) => !own.has(key)).map((key) => snapshot.scaleSets.get(key)?.name ?? nameOf(key));
  };
  const partOf = ({ change, outcome }: ChangeResult): Part => {
    const left = outcome.status === "done" ? outcome.readBack : undefined;
    const found = now.get(idKey(change.target)) ?? { unread: message("Couldn't load its current state.") };
    return { done: change, inverse: inverseOf(change, left, found, { usedBy, moment }) };
  };
  const parts = done.toReversed().flatMap((result) => {
    const part = partOf(result);
    // Where a configuration does not come back, neither does what led to it.
    return "change" in part.inverse ? [part, ...removedWith(result).map(partOf)] : [part];
  });
  const created = new Set(
    parts.flatMap(({ inverse }) =>
      "change" in inverse && inverse.change.kind === "createConfiguration"
        ? [idKey(inverse.change.target)]
        : [],
    ),
  );
  const isDeleted = (configurationId: string) =>
    now.get(idKey(configurationId)) === "gone" && !created.has(idKey(configurationId));
  return parts.map((part) => ({ ...part, inverse: unlessDeleted(part.inverse, isDeleted) }));
}

/** An association leads to a configuration, or there is none. */
function unlessDeleted(inverse: Inverse, isDeleted: (configurationId: string) => boolean): Inverse {
  if (!("change" in inverse) || inverse.change.kind !== "associate") return inverse;
  const configurationId = configurationIdOf(inverse.change.after ?? {}) ?? "";
  return isDeleted(configurationId)
    ? { reason: message("Its configuration {0} was deleted.", nameOf(configurationId)) }
    : inverse;
}

function rowOf({ done, inverse }: Part): Row {
  return choice(done.id, "warning", verbatim(nameOf(subjectOf(done))), {
    description: "changed" in inverse ? inverse.changed : undefined,
    detail: "change" in inverse ? inverse.change.title : undefined,
  });
}

function planFor(context: FlowContext, undoing: Undoing, parts: readonly Part[], answers: UndoAnswers): Plan {
  const { title, results } = undoing;
  const picked = new Set(answers.changed);
  const undone = results.filter(({ outcome }) => outcome.status === "underWay");
  const taken = parts.flatMap(({ done, inverse }) =>
    "change" in inverse && (inverse.changed === undefined || picked.has(done.id)) ? [inverse.change] : [],
  );
  const leftOut = parts.flatMap(({ done, inverse }) => {
    if ("reason" in inverse) return [{ target: done.target, reason: inverse.reason }];
    if (inverse.changed === undefined || picked.has(done.id)) return [];
    return [{ target: done.target, reason: inverse.changed }];
  });
  const unknown = undone.map(({ change: { target } }) => ({
    target,
    reason: message("Azure was still working on this change."),
  }));
  const refused = parts.flatMap(({ done, inverse }) =>
    "change" in inverse ? (inverseMayBeRefused(done) ?? []) : [],
  );
  const snapshot = context.snapshot();
  const kept = withWindowsUpdate(
    keepingWindows(withRemovalConditions(taken, snapshot), snapshot),
    windowsUpdateIn(context, undoing),
    answers,
  );
  const warnings = [...refused.slice(0, 1), ...rivalsWarning(taken, snapshot), ...kept.warnings];
  return planOf(
    message("Undo: {0}", title),
    kept.changes,
    [...leftOut, ...kept.leftOut, ...unknown],
    warnings,
  );
}

/** The scale sets as they are now, without those whose Windows Update was off before the plan. */
function windowsUpdateIn({ snapshot }: FlowContext, { results, now }: Undoing): ScaleSetNow {
  const were = (value: boolean) =>
    new Set(
      results.flatMap(({ change: { target, before } }) =>
        booleanAt(before, ...windowsUpdatePath) === value ? [idKey(target)] : [],
      ),
    );
  const [wereOff, wereOn] = [were(false), were(true)];
  return (id) => {
    if (wereOff.has(idKey(id)) && !wereOn.has(idKey(id))) return undefined;
    const read = now.get(idKey(id));
    return typeof read === "object" && "resource" in read
      ? { id, resource: read.resource }
      : setsIn(snapshot())(id);
  };
}

/** Of scale sets that are associated again while they have another configuration, which they may have got since. */
function rivalsWarning(
  changes: readonly Change[],
  { scaleSets, configurations }: Snapshot,
): readonly Message[] {
  const touched = new Set(changes.map(({ target }) => idKey(target)));
  const isRival = (assignment: JsonObject) => {
    const other = configurations.get(idKey(configurationIdOf(assignment) ?? ""));
    return !touched.has(idKey(textAt(assignment, "id") ?? "")) && (!other || isOsImage(other.resource));
  };
  const names = changes.flatMap((change) => {
    const set = change.kind === "associate" ? scaleSets.get(idKey(subjectOf(change))) : undefined;
    return set !== undefined && "known" in set.assignments && set.assignments.known.some(isRival)
      ? [set.name]
      : [];
  });
  if (names.length === 0) return [];
  return [
    message(
      "These scale sets now have another configuration, and Azure may use only one: {0}",
      someNames(names, 5),
    ),
  ];
}
