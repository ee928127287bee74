import { waitsInWords } from "../../core/upgrades/batchWaits.ts";
import { batchesOf, batchPolicyOf } from "../../core/upgrades/batches.ts";
import { upgradeEstimate } from "../../core/upgrades/estimate.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import { idKey } from "../../core/resources/ids.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { batchCountInWords } from "../review/counts.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { managerOf, type PlanPart, type Picking } from "../../core/plans/plans.ts";
import { capacityOf } from "../../core/resources/scaleSet.ts";
import { isRunning } from "../../core/upgrades/upgrade.ts";
import { durationInWords } from "../../core/upgrades/upgradeInWords.ts";
import { startUpgrade } from "../../core/plans/upgradePlans.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { EligibilityFactsAsked } from "./fixSteps.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import { leftOut } from "../associations/parts.ts";
import type { Row } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";
import { changeableSets, listWhere } from "../scaleSets/scaleSetSteps.ts";

/** Asks for the scale sets whose OS images are to be upgraded at once, and says before it what that means. */
export function startUpgradeFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const facts = new EligibilityFactsAsked(context, ({ upgrade }) => !isRunning(upgrade));
  return overScaleSets(context, start, {
    id: "startUpgrade",
    title: message("Start OS Upgrade Now"),
    prepare: (answers) => facts.read(changeableSets(context.snapshot(), answers), {}),
    listOf: (snapshot) =>
      listWhere(snapshot, (set) => !isRunning(set.upgrade), message("upgrade already running")),
    plan: (answers) =>
      planOverSets(context, message("Start OS Upgrade Now"), answers, startPart, consequences),
    details: (plan) => section(message("OS disks to replace"), replacedRows(context, plan)),
  });
}

/** https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade */
const consequences: readonly Message[] = [
  message("Starts now, outside any maintenance window. Replaced OS disks can't be restored."),
  message(
    "No automatic rollback: unhealthy instances keep their new disk. Azure stops when too many are unhealthy.",
  ),
  message("Data on OS disks is lost. Data disks stay; extensions and custom data run again."),
];

/** The conditions without which Azure refuses to start an upgrade. */
const needed = ["image-version-latest", "health-source"];

/** The conditions that Azure may refuse for, or that leave instances out. */
const warnedRules = ["instance-health", "protected-instances", "orchestration-mode"];

function startPart(set: ScaleSetRecord, picking: Picking): PlanPart {
  const manager = managerOf(set, picking);
  if (manager !== undefined) return leftOut(set.id, manager);
  if (isRunning(set.upgrade)) return leftOut(set.id, message("An upgrade is already running."));
  const blocker = set.findings.find((finding) => needed.includes(finding.rule) && isBlocking(finding));
  if (blocker !== undefined) return leftOut(set.id, blocker.message);
  if (set.freshness?.state === "current") {
    const newest = set.freshness.newest;
    return leftOut(set.id, message("All instances run the latest image, {0}.", newest));
  }
  const warned = set.findings.filter(({ rule, status }) => status === "fail" && warnedRules.includes(rule));
  const warnings = warned.map((finding) => message("{0}: {1}", set.name, finding.message));
  return { changes: [startUpgrade(set)], leftOut: [], warnings };
}

const isBlocking = ({ status, severity }: Finding) => status === "fail" && severity === "block";

function replacedRows({ snapshot }: FlowContext, { changes }: Plan): readonly Row[] {
  const { scaleSets } = snapshot();
  return changes.flatMap(({ target }) => {
    const set = scaleSets.get(idKey(target));
    return set === undefined ? [] : [replacedRow(set)];
  });
}

/** Which disks of a set, in how many batches, and how long it may take. */
function replacedRow({ name, resource, eligibilityFacts, freshness, findings }: ScaleSetRecord): Row {
  const estimate = upgradeEstimate(resource, eligibilityFacts?.facts ?? {});
  const capacity = capacityOf(resource);
  const known = freshness === undefined || freshness.state === "unknown" ? undefined : freshness;
  const all = known?.running.reduce((sum, { instances }) => sum + instances, 0) ?? capacity;
  const count = known?.instancesBehind ?? capacity;
  const disks =
    count === undefined || all === undefined
      ? message("Number of instances unknown")
      : known === undefined
        ? message("At most {0} OS disks (versions unknown)", count)
        : message("{0} of {1} OS disks", count, all);
  const versions = known === undefined ? [] : [message("from {0} to {1}", oldVersions(known), known.newest)];
  // The estimate is about all instances; where only some are replaced, there are fewer batches.
  const batch =
    estimate === undefined || count === undefined
      ? undefined
      : batchesOf(batchPolicyOf(resource, estimate.instances), count);
  const batches =
    estimate === undefined || batch === undefined
      ? []
      : [
          batchCountInWords(batch.count, batch.size),
          message("about {0}", durationInWords(estimate.minutes * 60_000)),
          ...waitsInWords(estimate),
        ];
  const isHealthUnknown =
    eligibilityFacts !== undefined &&
    findings.some(({ rule, status }) => rule === "instance-health" && status === "unknown");
  const health = isHealthUnknown ? [message("health unknown")] : [];
  return fact("server-process", verbatim(name), joined(" · ", [disks, ...versions, ...batches, ...health]));
}

function oldVersions({
  running,
  newest,
}: {
  running: readonly { version: string }[];
  newest: string;
}): string {
  return running
    .map(({ version }) => version)
    .filter((version) => version !== newest)
    .join(", ");
}
