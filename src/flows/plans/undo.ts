import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, nameOf, sameId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { inverseMayBeRefused } from "../../core/plans/inverses.ts";
import { textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Change, ChangeResult, Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { inverseOf, removedWith } from "../../core/plans/undo.ts";
import type { Inverse, Now } from "../../core/plans/undo.ts";
import { isOsImage } from "../../core/windows/window.ts";
import { turnsOff } from "../../core/plans/kinds/automaticUpgrades.ts";
import { setAutomaticUpgrades } from "../../core/plans/plans.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { opensWindows, osImageAssociations, type Association } from "../associations/assignments.ts";
import { namesOf } from "../configurations/dependants.ts";
import { checked } from "../review/check.ts";
import { flowTitle, type FlowContext } from "../engine/context.ts";
import type { Row } from "../engine/question.ts";
import { reviewOf } from "../review/review.ts";
import { takeThrough } from "../engine/takeThrough.ts";

/** A plan to be undone: what became of its changes, and what is there now of the targets of each that was done. */
export interface Undoing {
  readonly planId: string;
  readonly title: Message;
  readonly results: readonly ChangeResult[];
  readonly now: ReadonlyMap<IdKey, Now>;
}

interface UndoAnswers {
  readonly plan?: string;
  /** Ids of the changes that are undone though their targets were changed since; or `none`. */
  readonly changed?: string | readonly string[];
}

/** A change of the plan, and what undoing it takes. */
interface Part {
  readonly done: Change;
  readonly inverse: Inverse;
}

/** Shows what takes a plan back, and asks of what was changed since whether it is meant too. */
export function undoFlow(context: FlowContext, undoing: Undoing): Promise<Plan | undefined> {
  const parts = partsOf(context, undoing);
  const changed = parts.filter(({ inverse }) => "changed" in inverse);
  return takeThrough<UndoAnswers>(
    {
      id: `undoPlan.${context.azure.origin}`,
      title: flowTitle(context, message("Undo Changes")),
      given: { plan: undoing.planId },
      steps: [
        {
          id: "changed",
          applies: () => changed.length > 0,
          ask: () => ({
            kind: "pick",
            title: message("Changed since"),
            placeholder: message("Pick what is to be undone although it was changed again since"),
            rows: changed.map(rowOf),
            many: { none: message("Pick at least one, or leave all of them out by the button above.") },
            buttons: [
              {
                kind: "choice",
                value: "none",
                icon: "circle-slash",
                label: message("Leave all of them out"),
              },
            ],
          }),
        },
      ],
      plan: ({ changed: picked = [] }) => planFor(context, undoing, parts, new Set(picked)),
      check: (plan, signal) => checked(context, plan, signal),
      review: (plan) => reviewOf(context, plan),
    },
    context,
  );
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
    const found = now.get(idKey(change.target)) ?? { unread: message("What is there now was not read.") };
    return { done: change, inverse: inverseOf(change, left, found, { usedBy, moment }) };
  };
  return done.toReversed().flatMap((result) => {
    const part = partOf(result);
    // Where a configuration does not come back, neither does what led to it.
    return "change" in part.inverse ? [part, ...removedWith(result).map(partOf)] : [part];
  });
}

function rowOf({ done, inverse }: Part): Row {
  return {
    kind: "choice",
    value: done.id,
    icon: "warning",
    label: verbatim(nameOf(subjectOf(done))),
    description: "changed" in inverse ? inverse.changed : undefined,
    detail: "change" in inverse ? inverse.change.title : undefined,
  };
}

function planFor(
  context: FlowContext,
  { title, results }: Undoing,
  parts: readonly Part[],
  picked: ReadonlySet<string>,
): Plan {
  const undone = results.filter(({ outcome }) => outcome.status === "underWay");
  const taken = parts.flatMap(({ done, inverse }) =>
    "change" in inverse && (inverse.changed === undefined || picked.has(done.id)) ? [inverse.change] : [],
  );
  const leftOut = parts.flatMap(({ done, inverse }) => {
    if ("reason" in inverse) return [{ target: done.target, reason: inverse.reason }];
    if (inverse.changed === undefined || picked.has(done.id)) return [];
    return [{ target: done.target, reason: message("{0} It stays as it is.", inverse.changed) }];
  });
  const unknown = undone.map(({ change: { target } }) => ({
    target,
    reason: message("Azure still worked on it when the plan ended."),
  }));
  const refused = parts.flatMap(({ done, inverse }) =>
    "change" in inverse ? (inverseMayBeRefused(done) ?? []) : [],
  );
  const snapshot = context.snapshot();
  const { disabling, warnings: opened } = disabledFirst(taken, snapshot);
  const warnings = [...refused.slice(0, 1), ...rivalsWarning(taken, snapshot), ...opened];
  return planOf(message("Undo: {0}", title), [...disabling, ...taken], [...leftOut, ...unknown], warnings);
}

/**
 * Sets that lose their window by the undo while their upgrades are on: these are turned off first, as where an association is removed
 * (Azure takes the associations of a deleted configuration along).
 */
function disabledFirst(
  taken: readonly Change[],
  snapshot: Snapshot,
): { readonly disabling: readonly Change[]; readonly warnings: readonly Message[] } {
  const removed = new Set(
    taken.filter(({ kind }) => kind === "dissociate").map(({ target }) => idKey(target)),
  );
  const deleted = new Set(
    taken.filter(({ kind }) => kind === "deleteConfiguration").map(({ target }) => idKey(target)),
  );
  const made = taken.filter(({ kind }) => kind === "associate");
  const turnedOff = new Set(taken.filter(turnsOff).map(({ target }) => idKey(target)));
  const isLeftOpen = (set: ScaleSetRecord) => {
    if (!automaticUpgradesOf(set.resource) || turnedOff.has(idKey(set.id))) return false;
    if (made.some((change) => sameId(subjectOf(change), set.id))) return false;
    const goes = (one: Association) => removed.has(idKey(one.id)) || deleted.has(idKey(one.configurationId));
    const all = osImageAssociations(snapshot, set);
    return all.some(goes) && !all.some((one) => !goes(one) && opensWindows(one));
  };
  const open = [...snapshot.scaleSets.values()].filter(isLeftOpen);
  return {
    disabling: open.flatMap((set) => setAutomaticUpgrades(set, false, { oneByOne: true }).changes),
    warnings:
      open.length === 0
        ? []
        : [
            message(
              "These scale sets would have upgrades on and no window, so their automatic OS upgrades are turned off first: {0}",
              namesOf(open),
            ),
          ],
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
  const some = names.slice(0, 5).join(", ");
  return [
    message(
      "Scale sets that have another configuration now, of which Azure uses only one: {0} ({1})",
      names.length,
      some,
    ),
  ];
}
