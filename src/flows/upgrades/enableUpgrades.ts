import { blockers } from "../../core/eligibility/rule.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { PlanPart, Picking } from "../../core/plans/plans.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { noWindowKnown, opensWindows, osImageAssociations, windowOf } from "../associations/assignments.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { anywayRows, anywayTurn, enablingPart } from "./enabling.ts";
import { EligibilityFactsAsked, fixSteps } from "./fixSteps.ts";
import type { FixAnswers } from "./fixes.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import type { Choice } from "../engine/question.ts";
import { scaleSetRow } from "../scaleSets/scaleSetRows.ts";
import { changeableSets, listWhere, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";

interface Answers extends ScaleSetAnswers, FixAnswers {}

/** Asks for the scale sets whose automatic OS upgrades are to be enabled, and what should be fixed for that. */
export function enableUpgradesFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const facts = new EligibilityFactsAsked(context);
  return overScaleSets<Answers>(context, start, {
    id: "enableAutomaticUpgrades",
    title: message("Enable Automatic OS Upgrades"),
    prepare: (answers) => facts.read(changeableSets(context.snapshot(), answers), answers),
    listOf: (snapshot) => ({
      ...listWhere(
        snapshot,
        ({ resource }) => !automaticUpgradesOf(resource),
        message("upgrades already on"),
      ),
      rowOf: checkedRow,
    }),
    steps: fixSteps<Answers>(context, changeableSets),
    plan: (answers) =>
      planOverSets(context, message("Enable Automatic OS Upgrades"), answers, (set, picking) =>
        enablingAsItIs(context.snapshot(), set, answers, picking),
      ),
    details: (plan, answers) =>
      anywayRows(context, plan, answers, (set, wanted, picking) =>
        enablingAsItIs(context.snapshot(), set, wanted, picking),
      ),
    turn: anywayTurn,
  });
}

/** The row of a set with what Azure would refuse to enable automatic OS upgrades for. */
export function checkedRow(snapshot: Snapshot, set: ScaleSetRecord): Choice {
  const [blocker] = blockers(set.findings);
  if (blocker === undefined || set.coverage.managedBy !== undefined) return scaleSetRow(snapshot, set);
  const note = message("Can't turn on upgrades: {0}", blocker.message);
  return { ...scaleSetRow(snapshot, set, note), icon: "circle-slash" };
}

/** Enables a set in the windows that it has already, or says that it has none. */
export function enablingAsItIs(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  answers: FixAnswers,
  picking: Picking,
): PlanPart {
  const part = enablingPart(set, answers, picking, windowOf(snapshot, set));
  const warning = part.changes.length > 0 ? openHours(snapshot, set) : undefined;
  return warning === undefined ? part : { ...part, warnings: [...part.warnings, warning] };
}

/** A warning where no window is known to hold the upgrades of the set. */
function openHours(snapshot: Snapshot, set: ScaleSetRecord): Message | undefined {
  if ("unknown" in set.assignments) {
    return message("No confirmed window for {0}: upgrades may start at any time.", set.name);
  }
  const all = osImageAssociations(snapshot, set);
  if (all.some(opensWindows)) return undefined;
  return all.length === 0
    ? message("{0} has no maintenance configuration: upgrades can start at any time.", set.name)
    : noWindowKnown(set.name);
}
