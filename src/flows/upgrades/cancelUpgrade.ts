import { idKey, type IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { joined, message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { PlanPart } from "../../core/plans/plans.ts";
import { isSettled } from "../../core/resources/provisioning.ts";
import { isRunning, progressOf } from "../../core/upgrades/upgrade.ts";
import { progressInWords } from "../../core/upgrades/upgradeInWords.ts";
import { cancelUpgrade } from "../../core/plans/upgradePlans.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import { leftOut } from "../associations/parts.ts";
import { chosenSets } from "../scaleSets/scaleSetSteps.ts";

/** What Azure answered about the latest upgrade of each set; undefined where there is none. */
type Latest = Map<IdKey, JsonObject | undefined>;

/** Asks for the scale sets whose running upgrade is to end where it is. */
export function cancelUpgradeFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const latest: Latest = new Map();
  return overScaleSets(context, start, {
    id: "cancelUpgrade",
    title: message("Cancel Upgrade"),
    listOf: (snapshot) => ({
      sets: [...snapshot.scaleSets.values()].filter(mayBeUpgrading),
    }),
    load: (answers, signal) =>
      readLatest(context, chosenSets(context.snapshot(), answers).sets, latest, signal),
    plan: (answers) =>
      planOverSets(
        context,
        message("Cancel Upgrade"),
        answers,
        (set) => {
          const key = idKey(set.id);
          const upgrade = latest.has(key) ? latest.get(key) : set.upgrade;
          return cancelPart({ ...set, upgrade }, context.now());
        },
        [mixed],
      ),
  });
}

const mixed = message(
  "A cancelled upgrade can't continue. Upgraded instances keep the new image, the others the old one.",
);

const mayBeUpgrading = ({ upgrade, resource }: ScaleSetRecord) => isRunning(upgrade) || !isSettled(resource);

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

function cancelPart(
  set: Pick<ScaleSetRecord, "id" | "name" | "resource"> & { readonly upgrade: JsonObject | undefined },
  now: string,
): PlanPart {
  const { id, name, upgrade } = set;
  if (upgrade === undefined || !isRunning(upgrade)) return leftOut(id, message("No upgrade is running."));
  const stands = joined(", ", progressInWords(progressOf(upgrade, now, set)));
  return { changes: [cancelUpgrade(set)], leftOut: [], warnings: [message("{0} now: {1}.", name, stands)] };
}
