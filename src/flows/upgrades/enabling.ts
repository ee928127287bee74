/** What becomes of the chosen scale sets when automatic OS upgrades are enabled, fixes included. */
import { blockers } from "../../core/eligibility/rule.ts";
import { enableUpgrades } from "../../core/plans/enabling.ts";
import { idKey } from "../../core/resources/ids.ts";
import { booleanAt, textAt } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { managerOf, type EnablingWindow, type Picking, type PlanPart } from "../../core/plans/plans.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { updateInstances } from "../../core/plans/upgradePlans.ts";
import { rollOutWarning } from "../../core/plans/windowsUpdate.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import { repairsOf, wants, type FixAnswers } from "./fixes.ts";
import type { Row } from "../engine/question.ts";
import { choice, section } from "../engine/rows.ts";
import { chosenSets, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";

/** The changes that fix a set as the answers say and enable it; left out where it stays blocked and is not tried anyway. */
export function enablingPart(
  set: ScaleSetRecord,
  answers: FixAnswers,
  picking: Picking,
  window: EnablingWindow,
): PlanPart {
  const knowing = { ...picking, ...(set.eligibilityFacts && { facts: set.eligibilityFacts.facts }) };
  const careful = enableUpgrades(set, repairsOf(set, answers), knowing, window);
  const isRisked = careful.changes.length === 0 && isTriedAnyway(set, answers);
  const part = isRisked
    ? enableUpgrades(set, repairsOf(set, answers), { ...knowing, tryAnyway: true }, window)
    : careful;
  const updates = instanceUpdates(set, part.changes, answers);
  const isOn = automaticUpgradesOf(set.resource) && managerOf(set, picking) === undefined;
  if (part.changes.length === 0 && !(isOn && updates.length > 0)) return part;
  const kept = rollOutWarning(set).template;
  const warnings = [
    // What instances in mode Manual keep is no longer so where they are updated too.
    ...(updates.length > 0 ? [atOnce(set)] : []),
    ...part.warnings.filter(({ template }) => updates.length === 0 || template !== kept),
    ...(isRisked ? careful.leftOut.map(({ reason }) => refusalExpected(set, reason)) : []),
  ];
  return { changes: [...part.changes, ...updates], leftOut: [], warnings };
}

const isTriedAnyway = ({ id }: ScaleSetRecord, { anyway = [] }: FixAnswers) =>
  [anyway].flat().some((one) => idKey(one) === idKey(id));

/** Not where the mode becomes another one, which then brings the instances to the latest model. */
function instanceUpdates(
  set: ScaleSetRecord,
  changes: readonly Change[],
  answers: FixAnswers,
): readonly Change[] {
  if (!wants(set, "updateInstances", answers) || wants(set, "upgradeMode", answers)) return [];
  if (changes.some(({ kind }) => kind !== "setUpgradePolicy")) return [updateInstances(set, ["*"])];
  const behind = (set.eligibilityFacts?.facts.instances ?? []).flatMap((instance) =>
    booleanAt(instance, "properties", "latestModelApplied") === false
      ? (textAt(instance, "instanceId") ?? [])
      : [],
  );
  return behind.length === 0 ? [] : [updateInstances(set, behind)];
}

function refusalExpected({ name }: ScaleSetRecord, reason: Message): Message {
  return message("{0} is blocked, so Azure will probably refuse. {1}", name, reason);
}

function atOnce({ name }: ScaleSetRecord): Message {
  return message(
    "All instances of {0} update at once, outside any maintenance window. They may restart, and a changed image replaces their OS disks.",
    name,
  );
}

const anyway = "anyway:";
const notAnyway = "leave:";

/** What a row of `anywayRows` changes about the answers; undefined for other rows. */
export function anywayTurn(value: string, answers: FixAnswers): Pick<FixAnswers, "anyway"> | undefined {
  const chosen = [answers.anyway ?? []].flat();
  if (value.startsWith(anyway)) return { anyway: [...chosen, value.slice(anyway.length)] };
  if (!value.startsWith(notAnyway)) return undefined;
  return { anyway: chosen.filter((id) => id !== value.slice(notAnyway.length)) };
}

/** Rows for the review: sets that are left out because they are blocked, to be sent all the same one by one. */
export function anywayRows<A extends FixAnswers & ScaleSetAnswers>(
  context: FlowContext,
  { leftOut }: Plan,
  answers: A,
  partOf: (set: ScaleSetRecord, answers: A, picking: Picking) => PlanPart,
): readonly Row[] {
  const left = new Set(leftOut.map(({ target }) => idKey(target)));
  const { sets, picking } = chosenSets(context.snapshot(), answers);
  const wouldBeSent = (set: ScaleSetRecord) =>
    partOf(set, { ...answers, anyway: [set.id] }, picking).leftOut.length === 0;
  const blocked = sets.filter(
    (set) => left.has(idKey(set.id)) && blockers(set.findings).length > 0 && wouldBeSent(set),
  );
  const tried = sets.filter((set) => isTriedAnyway(set, answers));
  const listed = [...blocked, ...tried];
  if (listed.length === 0) return [];
  return section(message("Blocked"), [
    {
      kind: "action",
      icon: "question",
      label: message("Explain conditions"),
      run: () => context.explain(listed.map(({ id }) => id)),
    },
    ...blocked.map(({ id, name }): Row =>
      choice(`${anyway}${id}`, "warning", message("Try {0} anyway", name), {
        detail: message("Azure will probably refuse. The results show its whole answer."),
      }),
    ),
    ...tried.map(({ id, name }): Row => choice(`${notAnyway}${id}`, "discard", message("Skip {0}", name))),
  ]);
}
