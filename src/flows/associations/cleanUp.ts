import { idKey, parseId, sameId } from "../../core/resources/ids.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { dissociateWhile } from "../../core/plans/kinds/dissociate.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import type { Condition } from "../../core/plans/change.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import {
  associationsOf,
  knownConfiguration,
  opensWindows,
  osImageAssociations,
  type Association,
} from "./assignments.ts";
import type { FlowContext } from "../engine/context.ts";
import { flawsIn, nameInLists, type FlawedAssociation, type Flaw } from "./flaws.ts";
import { leftOut, together } from "./parts.ts";
import type { Choice, PickQuestion, Row } from "../engine/question.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { choice, section } from "../engine/rows.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";

interface Answers {
  /** What was meant: ids of assignments, scale sets, configurations or subscriptions. Everything, when absent. */
  readonly within?: readonly string[];
  /** Ids of the assignments that go. */
  readonly associations?: readonly string[];
}

/** Shows the flawed assignments, by what is wrong with them, and removes those that stay ticked. */
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
    ],
    plan: (answers) => planFor(context.snapshot(), answers),
  });
}

const headings: readonly (readonly [Flaw, Message])[] = [
  ["setGone", message("The scale set is gone")],
  ["configurationGone", message("The configuration is gone")],
  ["twice", message("Twice with the same configuration")],
  ["several", message("Several configurations")],
];

function question(snapshot: Snapshot, found: readonly FlawedAssociation[]): PickQuestion {
  return {
    kind: "pick",
    title: message("Associations"),
    placeholder: message("What is ticked is removed, if it still dangles then"),
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
      ...(one.flaw === "several" ? [one.stays === true ? message("stays") : message("goes")] : []),
      verbatim(resourceGroup),
      verbatim(subscription),
    ]),
    detail: one.why,
  });
}

function planFor(snapshot: Snapshot, { within, associations = [] }: Answers): Plan {
  const { found, kept } = flawsIn(snapshot, within);
  const ticked = new Set(associations.map(idKey));
  const isTicked = ({ id }: Pick<FlawedAssociation, "id">) => ticked.has(idKey(id));
  const going = Map.groupBy(found.filter(isTicked), ({ scaleSetId }) => idKey(scaleSetId));
  const parts = together([...going.values()].flatMap((those) => partOf(snapshot, those)));
  const left = found
    .filter((one) => !isTicked(one) && one.stays !== true && one.flaw !== "several")
    .map(({ id }) => ({ target: id, reason: message("It was not ticked.") }));
  return planOf(
    message("Clean up associations"),
    parts.changes,
    [...parts.leftOut, ...left, ...kept],
    parts.warnings,
  );
}

/** What becomes of the ticked assignments of one set, which may be gone. */
function partOf(snapshot: Snapshot, those: readonly FlawedAssociation[]): readonly PlanPart[] {
  const set = snapshot.scaleSets.get(idKey(those[0]?.scaleSetId ?? ""));
  const others = (set ? associationsOf(snapshot, set) : []).filter(
    ({ id }) => !those.some((one) => sameId(one.id, id)),
  );
  const parts = those.map((one): PlanPart => {
    const provided = conditionOf(snapshot, one, others);
    if (provided === undefined)
      return leftOut(
        one.id,
        message("All of its associations were ticked, and one must stay. “Remove Association” removes all."),
      );
    return { changes: [dissociateWhile(one.assignment, provided)], leftOut: [], warnings: [] };
  });
  const keepsWindow =
    set === undefined ||
    osImageAssociations(snapshot, set).some(
      (one) => others.some(({ id }) => sameId(id, one.id)) && opensWindows(one),
    );
  const isChanged = parts.some(({ changes }) => changes.length > 0);
  if (keepsWindow || !isChanged || !automaticUpgradesOf(set.resource)) return parts;
  const warning = message(
    "{0} has no window then, as it has none now: its automatic OS upgrades can start at any hour.",
    set.name,
  );
  return [...parts, { changes: [], leftOut: [], warnings: [warning] }];
}

/** What must still be so when it is removed; undefined where it was the last that works. */
function conditionOf(
  snapshot: Snapshot,
  { flaw, scaleSetId, configurationId }: FlawedAssociation,
  others: readonly Association[],
): Condition | undefined {
  if (flaw === "setGone") return { id: scaleSetId, is: "gone" };
  if (flaw === "configurationGone") return { id: configurationId, is: "gone" };
  const same = others.find((one) => sameId(one.configurationId, configurationId));
  const rivals = flaw === "several" ? others.filter((one) => isOsImageThere(snapshot, one)) : [];
  const stays = same ?? rivals.find(opensWindows) ?? rivals[0];
  return stays && { id: stays.id, is: "there" };
}

function isOsImageThere(snapshot: Snapshot, { configurationId }: Association): boolean {
  const known = knownConfiguration(snapshot, configurationId);
  return known !== undefined && isOsImage(known.resource);
}
