import { idKey, type IdKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import { joined, message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { planOf, type PlanPart } from "../core/plans.ts";
import { isScaleSetSettled } from "../core/scaleSet.ts";
import { isRunning, progressOf } from "../core/upgrade.ts";
import { progressInWords } from "../core/upgradeInWords.ts";
import { cancelUpgrade } from "../core/upgradePlans.ts";
import type { ScaleSetRecord } from "../fleet/snapshot.ts";
import { checked } from "./check.ts";
import { flowTitle, givenBy, type FlowContext, type FlowStart } from "./context.ts";
import { leftOut, together } from "./parts.ts";
import { reviewOf } from "./review.ts";
import { runFlow } from "./run.ts";
import { chosenSets, scaleSetSteps, type ScaleSetAnswers } from "./scaleSetSteps.ts";

/** What Azure answered about the latest upgrade of each set; undefined where there is none. */
type Latest = Map<IdKey, JsonObject | undefined>;

/** Asks for the scale sets whose running upgrade is to end where it is. */
export function cancelUpgradeFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const { scaleSets } = givenBy(start);
  const latest: Latest = new Map();
  return runFlow<ScaleSetAnswers>(
    {
      id: `cancelUpgrade.${context.azure.origin}`,
      title: flowTitle(context, message("Cancel Upgrade")),
      given: { ...(scaleSets !== undefined && { scaleSets }) },
      steps: scaleSetSteps(context, (snapshot) => ({
        title: message("Scale sets"),
        placeholder: message("Which running upgrades should end where they are?"),
        sets: [...snapshot.scaleSets.values()].filter(mayBeUpgrading),
      })),
      load: (answers, signal) =>
        readLatest(context, chosenSets(context.snapshot(), answers).sets, latest, signal),
      plan: (answers) => planFor(context, answers, latest),
      check: (plan, signal) => checked(context, plan, signal),
      review: (plan) => reviewOf(context, plan),
    },
    context,
  );
}

const mayBeUpgrading = ({ upgrade, resource }: ScaleSetRecord) =>
  isRunning(upgrade) || !isScaleSetSettled(resource);

/** What the fleet has may be minutes old. A set that can't be asked about stays as the fleet has it. */
async function readLatest(
  { azure }: FlowContext,
  sets: readonly ScaleSetRecord[],
  latest: Latest,
  signal: AbortSignal,
): Promise<void> {
  latest.clear();
  await Promise.allSettled(
    sets.map(async ({ id }) => latest.set(idKey(id), await azure.latestUpgrade(id, signal))),
  );
  signal.throwIfAborted();
}

function planFor(context: FlowContext, answers: ScaleSetAnswers, latest: Latest): Plan {
  const { sets, gone } = chosenSets(context.snapshot(), answers);
  const parts = together(
    sets.map((set) => {
      const key = idKey(set.id);
      return cancelPart({ ...set, upgrade: latest.has(key) ? latest.get(key) : set.upgrade }, context.now());
    }),
  );
  const mixed = message(
    "Nothing is rolled back: instances that were upgraded stay so, the others keep the image that they have.",
  );
  const warnings = parts.changes.length === 0 ? [] : [mixed, ...parts.warnings];
  return planOf(message("Cancel OS upgrades"), parts.changes, [...parts.leftOut, ...gone], warnings);
}

function cancelPart(
  set: Pick<ScaleSetRecord, "id" | "name" | "resource"> & { readonly upgrade: JsonObject | undefined },
  now: string,
): PlanPart {
  const { id, name, upgrade } = set;
  if (upgrade === undefined || !isRunning(upgrade))
    return leftOut(id, message("No upgrade of it is running."));
  const stands = joined(", ", progressInWords(progressOf(upgrade, now)));
  return { changes: [cancelUpgrade(set)], leftOut: [], warnings: [message("{0} now: {1}.", name, stands)] };
}
