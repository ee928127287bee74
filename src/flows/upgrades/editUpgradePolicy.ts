import { modelAfter } from "../../core/plans/enabling.ts";
import { booleanAt, objectAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { managerOf, type Picking, type PlanPart } from "../../core/plans/plans.ts";
import { healthSourcesOf, isFlexible, serviceFabricReportsHealth } from "../../core/resources/scaleSet.ts";
import { setUpgradePolicy } from "../../core/plans/upgradePlans.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import { leftOut } from "../associations/parts.ts";
import { batchBeyondHealth } from "./policyWarnings.ts";
import { policyMembers, policyOf, policyValue, type PolicyMember } from "./policyMembers.ts";
import { policyJson, policyQuestion, presentInWords, type PolicyAnswers } from "./policyQuestions.ts";
import type { Answer, Choice } from "../engine/question.ts";
import { changeableSets, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";

interface Answers extends ScaleSetAnswers, PolicyAnswers {
  /** Names of the members that are to change. */
  readonly members?: Answer;
}

/** Asks for scale sets and the values of their upgrade policy that should be others; every value that is not asked for stays. */
export function editUpgradePolicyFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  const setsOf = (answers: Answers) => changeableSets(context.snapshot(), answers);
  return overScaleSets<Answers>(context, start, {
    id: "editUpgradePolicy",
    title: message("Edit Upgrade Policy"),
    fits: ["policy"],
    listOf: (snapshot) => ({
      sets: [...snapshot.scaleSets.values()],
    }),
    steps: [
      {
        id: "members",
        ask: (answers) => ({
          kind: "pick",
          title: message("Choose what to change"),
          placeholder: message("Select the values to change"),
          many: { none: message("Select at least one value (Space)") },
          rows: policyMembers.map((member) => memberRow(member, setsOf(answers))),
        }),
      },
      ...policyMembers.map((member): Step<Answers> => ({
        id: member.name,
        applies: ({ members = [] }) => members.includes(member.name),
        ask: (answers) => policyQuestion(member, setsOf(answers), answers),
      })),
    ],
    plan: (answers) => planFor(context, answers),
  });
}

function memberRow(member: PolicyMember, sets: readonly ScaleSetRecord[]): Choice {
  return {
    kind: "choice",
    value: member.name,
    label: member.label,
    description: joined(" · ", [presentInWords(member, sets), verbatim(member.name)]),
    detail: member.meaning,
  };
}

function planFor(context: FlowContext, answers: Answers): Plan {
  const { members = [] } = answers;
  const wanted = new Map(
    policyMembers.flatMap((member): [PolicyMember, Json][] => {
      const answer = answers[member.name];
      return members.includes(member.name) && answer !== undefined
        ? [[member, policyJson(member, answer)]]
        : [];
    }),
  );
  return planOverSets(context, message("Edit Upgrade Policy"), answers, (set, picking) =>
    policyPart(set, wanted, picking),
  );
}

function policyPart(
  set: ScaleSetRecord,
  wanted: ReadonlyMap<PolicyMember, Json>,
  picking: Picking,
): PlanPart {
  const { id, resource } = set;
  const manager = managerOf(set, picking);
  if (manager !== undefined) return leftOut(id, manager);
  const changed = new Map(
    [...wanted].filter(([member, value]) => {
      const present = policyValue(resource, member);
      // What is absent is as Azure's default says.
      return (present ?? member.azureDefault) !== value;
    }),
  );
  if (changed.size === 0) return leftOut(id, message("Already has these values."));
  const policy = policyOf(changed);
  if (policy["mode"] === "Rolling" && !hasHealth(resource)) return leftOut(id, rollsWithoutHealth);
  const change = setUpgradePolicy(set, policy);
  return { changes: [change], leftOut: [], warnings: warningsOf(set, change) };
}

function hasHealth(resource: JsonObject): boolean {
  return healthSourcesOf(resource).length > 0 || serviceFabricReportsHealth(resource);
}

/** https://github.com/Azure/vm-scale-sets/issues/34 */
const rollsWithoutHealth = message(
  "Azure refuses mode Rolling without a health source. Enable Automatic OS Upgrades can add the Application Health extension.",
);

function warningsOf({ name, resource }: ScaleSetRecord, change: Change): readonly Message[] {
  const { rollingUpgradePolicy: rolling, automaticOSUpgradePolicy: automatic } =
    objectAt(change.after, "properties", "upgradePolicy") ?? {};
  return [
    ...(rolling === undefined ? [] : batchBeyondHealth(name, modelAfter(resource, [change]))),
    ...(booleanAt(rolling, "rollbackFailedInstancesOnPolicyBreach") === true && isFlexible(resource)
      ? [message("{0} is Flexible: rolling back when the policy is broken needs a Uniform scale set.", name)]
      : []),
    ...(booleanAt(automatic, "osRollingUpgradeDeferral") === true
      ? [message("Experimental: OS upgrades of {0} wait for approval, even in a window.", name)]
      : []),
  ];
}
