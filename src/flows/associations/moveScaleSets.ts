import { nameOf, sameId } from "../../core/resources/ids.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { PlanPart, Picking } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { moveInReverse } from "../../core/plans/plans.ts";
import { osImageAssociations, scopeIn } from "./assignments.ts";
import {
  chosenConfiguration,
  chosenWindows,
  configurationChoice,
  newConfigurationRows,
  type ChosenConfiguration,
  type ChosenConfigurationAnswers,
} from "../configurations/chooseConfiguration.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { associationWarnings } from "../configurations/limits.ts";
import type { Row } from "../engine/question.ts";
import { choice, section } from "../engine/rows.ts";
import { overScaleSets } from "../scaleSets/overScaleSets.ts";
import { associationPart, leftOut, together, unknownAssignments } from "./parts.ts";
import { chosenSets, listWhere, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";

interface Answers extends ScaleSetAnswers, ChosenConfigurationAnswers {
  /** `reverse`: the old association goes first. */
  readonly order?: string;
}

const reverse = "reverse";
const usual = "usual";

/**
 * Asks for scale sets that have a configuration, and for the one that they get in its place. Each gets the new association, which is read
 * back, before it loses the old one. Azure is not known to refuse a second association: where it does, the change fails, what needs it is
 * skipped, and the set keeps what it has; the review then offers the reverse order.
 */
export function moveScaleSetsFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  return overScaleSets<Answers>(context, start, {
    id: "moveScaleSets",
    title: message("Move to Another Configuration"),
    fits: ["window", "policy"],
    listOf: (snapshot) =>
      listWhere(
        snapshot,
        (set) => osImageAssociations(snapshot, set).length > 0,
        message("no configuration"),
      ),
    steps: configurationChoice<Answers>(context, {
      setsOf: (answers) => chosenSets(context.snapshot(), answers).sets,
      offers: ({ id }, answers) => !isOnly(sourcesOf(context.snapshot(), answers), id),
    }),
    plan: (answers) => planFor(context, answers),
    answers: (plan, answers) => newConfigurationRows(context, plan, answers),
    details: (plan, answers) => [...chosenWindows(context, answers), ...orderRows(plan, answers)],
    turn: (value) => (value === reverse || value === usual ? { order: value } : undefined),
  });
}

/** Ids of the configurations that the chosen sets have. */
function sourcesOf(snapshot: Snapshot, answers: Answers): readonly string[] {
  const ids = chosenSets(snapshot, answers).sets.flatMap((set) =>
    osImageAssociations(snapshot, set).map(({ configurationId }) => configurationId),
  );
  return [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
}

const isOnly = (ids: readonly string[], id: string) => ids.length === 1 && sameId(ids[0] ?? "", id);

function planFor(context: FlowContext, answers: Answers): Plan {
  const snapshot = context.snapshot();
  const { sets, missing, picking } = chosenSets(snapshot, answers);
  const configuration = chosenConfiguration(context, answers);
  const isReverse = answers.order === reverse;
  const parts = together(sets.map((set) => movePart(snapshot, set, configuration, picking, isReverse)));
  const { changes } = parts;
  return planOf(
    titleOf(sourcesOf(snapshot, answers), configuration.id),
    changes.length === 0 ? [] : [...configuration.changes, ...changes],
    [...parts.leftOut, ...missing],
    [...configuration.warnings, ...parts.warnings, ...associationWarnings(snapshot, changes)],
  );
}

function titleOf(sources: readonly string[], target: string): Message {
  const [from, second] = sources;
  return from !== undefined && second === undefined
    ? message("Move scale sets from {0} to {1}", nameOf(from), nameOf(target))
    : message("Move scale sets to {0}", verbatim(nameOf(target)));
}

function movePart(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  configuration: ChosenConfiguration,
  picking: Picking,
  isReverse: boolean,
): PlanPart {
  if ("unknown" in set.assignments) return unknownAssignments(set);
  if (osImageAssociations(snapshot, set).length === 0)
    return leftOut(set.id, message("No configuration to replace. Use Associate Scale Sets instead."));
  return isReverse
    ? moveInReverse(set, configuration, set.assignments.known, scopeIn(snapshot), picking)
    : associationPart(snapshot, set, configuration, picking);
}

/** A row of the review that turns the order round. */
function orderRows({ changes }: Plan, { order }: Answers): readonly Row[] {
  if (!changes.some(({ kind }) => kind === "dissociate")) return [];
  return section(message("If Azure refuses a second association"), [
    order === reverse
      ? choice(usual, "discard", message("Add the new association first"), {
          description: message("recommended"),
        })
      : choice(reverse, "arrow-swap", message("Remove the old association first"), {
          detail: message("No window in between. If the new association fails, the old one is restored."),
        }),
  ]);
}
