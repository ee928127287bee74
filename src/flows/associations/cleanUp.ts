import { idKey, parseId, sameId } from "../../core/resources/ids.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { LeftOut, Plan } from "../../core/plans/plan.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { dissociateWhile } from "../../core/plans/kinds/dissociate.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import type { Condition } from "../../core/plans/change.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import {
  chosenConfiguration,
  chosenWindows,
  newConfigurationRows,
  configurationChoice,
  type ChosenConfigurationAnswers,
} from "../configurations/chooseConfiguration.ts";
import { associationWarnings } from "../configurations/limits.ts";
import { associationsOf, knownConfiguration, opensWindows, type Association } from "./assignments.ts";
import type { FlowContext } from "../engine/context.ts";
import { flawsIn, linkOf, nameInLists, type FlawedAssociation, type Flaw } from "./flaws.ts";
import { leftOut, together } from "./parts.ts";
import type { Choice, PickQuestion, Row } from "../engine/question.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { choice, section } from "../engine/rows.ts";
import {
  disable,
  disablingPart,
  move,
  movePart,
  setsWithoutWindow,
  alternatives,
  windowlessWarning,
  withoutWindowTurn,
} from "./withoutWindow.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";

interface Answers extends ChosenConfigurationAnswers {
  /** What to look at: ids of assignments, scale sets, configurations or subscriptions. Everything, when absent. */
  readonly within?: readonly string[];
  /** Ids of the assignments that go. */
  readonly associations?: readonly string[];
  /** What becomes of the sets that end without a window: `move`, `disable`, or nothing. */
  readonly withoutWindow?: string;
}

/**
 * Shows the flawed assignments, by what is wrong with them, and removes those that stay ticked. The review says what is not changed and why, and
 * offers the sets that end without a window another configuration.
 */
export function cleanUpFlow(context: FlowContext, within: readonly string[] = []): Promise<Plan | undefined> {
  const found = (answers: Answers) => flawsIn(context.snapshot(), answers.within);
  return reviewedFlow<Answers>(context, {
    id: "cleanUpAssociations",
    title: message("Clean Up Associations"),
    given: within.length === 0 ? {} : { within },
    steps: [
      {
        id: "associations",
        applies: (answers) => found(answers).found.length > 0,
        ask: (answers) => question(context.snapshot(), found(answers).found),
      },
      ...configurationChoice<Answers>(context, {
        setsOf: (answers) => cleaning(context.snapshot(), answers).windowless,
        wanted: ({ withoutWindow }) => withoutWindow === move,
        offers: ({ id }) => linkOf(context.snapshot(), id).state === "valid",
      }),
    ],
    plan: (answers) => planFor(context, answers),
    answers: (plan, answers) =>
      answers.withoutWindow === move ? newConfigurationRows(context, plan, answers) : [],
    instead: (answers) =>
      alternatives(cleaning(context.snapshot(), answers).windowless, answers.withoutWindow),
    details: (_, answers) => (answers.withoutWindow === move ? chosenWindows(context, answers) : []),
    turn: withoutWindowTurn,
  });
}

const headings: readonly (readonly [Flaw, Message])[] = [
  ["scaleSetMissing", message("The scale set was deleted")],
  ["configurationMissing", message("The configuration was deleted")],
  ["twice", message("Same configuration twice")],
  ["several", message("Several configurations")],
];

function question(snapshot: Snapshot, found: readonly FlawedAssociation[]): PickQuestion {
  return {
    kind: "pick",
    title: message("Choose associations"),
    placeholder: message("Selected associations are removed after a final check"),
    many: { none: message("Select at least one association (Space)") },
    proposed: found.filter(({ stays }) => stays !== true).map(({ id }) => id),
    rows: headings.flatMap(([flaw, heading]): readonly Row[] =>
      section(
        heading,
        found.filter((one) => one.flaw === flaw).map((one) => rowOf(snapshot, one)),
      ),
    ),
  };
}

function rowOf(snapshot: Snapshot, one: FlawedAssociation): Choice {
  const { subscriptionId = "", resourceGroup = "" } = parseId(one.scaleSetId) ?? {};
  const subscription = subscriptionName(snapshot, subscriptionId.toLowerCase());
  return choice(one.id, one.stays === true ? "pass" : "debug-disconnect", nameInLists(one), {
    description: joined(" · ", [
      ...(one.flaw === "several" ? [one.stays === true ? message("keep") : message("remove")] : []),
      verbatim(resourceGroup),
      verbatim(subscription),
    ]),
    detail: one.why,
  });
}

/** What is cleaned up, and the sets that have no window then. */
function cleaning(snapshot: Snapshot, { within, associations = [] }: Answers) {
  const flaws = flawsIn(snapshot, within);
  const ticked = new Set(associations.map(idKey));
  const isTicked = ({ id }: Pick<FlawedAssociation, "id">) => ticked.has(idKey(id));
  const going = Map.groupBy(flaws.found.filter(isTicked), ({ scaleSetId }) => idKey(scaleSetId));
  const parts = together([...going.values()].flatMap((those) => partOf(snapshot, those)));
  const removed = new Set(parts.changes.map(({ target }) => idKey(target)));
  const left = flaws.found
    .filter((one) => !isTicked(one) && one.stays !== true && one.flaw !== "several")
    .map(({ id }) => ({ target: id, reason: message("Not selected.") }));
  return {
    parts,
    removed,
    leftOut: [...left, ...flaws.kept],
    windowless: setsWithoutWindow(snapshot, flaws, removed),
  };
}

function planFor(context: FlowContext, answers: Answers): Plan {
  const snapshot = context.snapshot();
  const { parts, removed, leftOut: kept, windowless } = cleaning(snapshot, answers);
  const { withoutWindow } = answers;
  const configuration = withoutWindow === move ? chosenConfiguration(context, answers) : undefined;
  const others = together(
    windowless.map((set) => {
      if (configuration !== undefined) return movePart(snapshot, set, configuration, removed);
      return withoutWindow === disable ? disablingPart(set) : nothing;
    }),
  );
  const touched = new Set(others.changes.map((change) => idKey(subjectOf(change))));
  const isLeft = ({ target }: LeftOut) => !touched.has(idKey(parseId(target)?.scope ?? target));
  return planOf(
    message("Clean Up Associations"),
    [...(configuration?.changes ?? []), ...others.changes, ...parts.changes],
    [
      ...parts.leftOut,
      ...kept.filter((one) => configuration === undefined || isLeft(one)),
      ...others.leftOut,
    ],
    [
      ...(configuration?.warnings ?? []),
      ...parts.warnings,
      ...others.warnings,
      ...associationWarnings(snapshot, others.changes),
      ...windowlessWarning(windowless.filter(({ id }) => !touched.has(idKey(id)))),
    ],
  );
}

const nothing: PlanPart = { changes: [], leftOut: [], warnings: [] };

/** What becomes of the ticked assignments of one set, which may be deleted. */
function partOf(snapshot: Snapshot, those: readonly FlawedAssociation[]): readonly PlanPart[] {
  const set = snapshot.scaleSets.get(idKey(those[0]?.scaleSetId ?? ""));
  const others = (set ? associationsOf(snapshot, set) : []).filter(
    ({ id }) => !those.some((one) => sameId(one.id, id)),
  );
  return those.map((one): PlanPart => {
    const provided = conditionOf(snapshot, one, others);
    if (provided === undefined)
      return leftOut(one.id, message("One association must remain. To remove all, use Remove Association."));
    return { changes: [dissociateWhile(one.assignment, provided)], leftOut: [], warnings: [] };
  });
}

/** What must still be so when it is removed; undefined where it was the last that works. */
function conditionOf(
  snapshot: Snapshot,
  { flaw, scaleSetId, configurationId }: FlawedAssociation,
  others: readonly Association[],
): Condition | undefined {
  if (flaw === "scaleSetMissing") return { id: scaleSetId, is: "gone" };
  if (flaw === "configurationMissing") return { id: configurationId, is: "gone" };
  const same = others.find((one) => sameId(one.configurationId, configurationId));
  const rivals = flaw === "several" ? others.filter((one) => isOsImageThere(snapshot, one)) : [];
  const stays = same ?? rivals.find(opensWindows) ?? rivals[0];
  return stays && { id: stays.id, is: "there" };
}

function isOsImageThere(snapshot: Snapshot, { configurationId }: Association): boolean {
  const known = knownConfiguration(snapshot, configurationId);
  return known !== undefined && isOsImage(known.resource);
}
