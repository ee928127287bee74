/** What keeps scale sets from automatic OS upgrades that this extension can fix, and those changes. */
import { repairOf, type OfferedRepair } from "../../core/eligibility/repairs.ts";
import { blockers } from "../../core/eligibility/rule.ts";
import { isObject, objectAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import { osTypeOf, upgradeModeOf } from "../../core/resources/scaleSet.ts";
import { patchModeFor, type HealthExtension, type Repairs } from "../../core/plans/upgradePlans.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { policyMembers, policyOf, policyValue, type PolicyMember } from "./policyMembers.ts";
import { policyJson, policyVerdicts, textOf, type PolicyAnswers } from "./policyQuestions.ts";
import type { Answer } from "../engine/question.ts";

/** A kind of change that can be offered before upgrades are enabled. */
export type Fix = OfferedRepair | "updateInstances";

export interface FixAnswers extends PolicyAnswers {
  /** Whether Azure is asked about many sets first: `ask` or `models`. */
  readonly facts?: string;
  /** What to do about what blocks: `fix` or `leave`. */
  readonly blocked?: string;
  /** Kinds of `Fix`. */
  readonly fixes?: Answer;
  readonly healthProtocol?: string;
  readonly healthPort?: string;
  readonly healthPath?: string;
  /** Of sets that come to roll without a rolling upgrade policy: `standard` or `own`. */
  readonly policy?: string;
  /** Ids of blocked sets that are sent all the same: chosen one by one in the review. */
  readonly anyway?: Answer;
}

/** Those that change the machines' model, which instances in mode Manual do not get by themselves. */
const ofTheModel: ReadonlySet<Fix> = new Set(["imageLatest", "patchMode", "healthExtension"]);

/** In the order in which they are made. */
export const fixKinds: readonly Fix[] = [
  "imageLatest",
  "patchMode",
  "healthExtension",
  "rollingPolicy",
  "upgradeMode",
  "updateInstances",
];

/** The fixes that a set could do with. */
export function fixesFor(set: ScaleSetRecord): readonly Fix[] {
  const { resource, findings } = set;
  const found = new Set<Fix>(findings.flatMap((finding) => repairOf(finding, set) ?? []));
  const isBehind = found.has("upgradeMode");
  const isManual = (upgradeModeOf(resource) ?? "Manual").toLowerCase() === "manual";
  if (isBehind || (isManual && [...found].some((fix) => ofTheModel.has(fix)))) {
    found.add("upgradeMode").add("updateInstances");
  }
  return fixKinds.filter((fix) => found.has(fix));
}

/** Whether Azure would refuse to have upgrades on in the set without this fix. */
export function isRequired(set: ScaleSetRecord, fix: Fix): boolean {
  return blockers(set.findings).some((finding) => repairOf(finding, set) === fix);
}

/** Those that the user wants of the ones that the set could do with. */
export function wantedFixes(set: ScaleSetRecord, { fixes = [] }: FixAnswers): readonly Fix[] {
  return fixes.length === 0 ? [] : fixesFor(set).filter((fix) => fixes.includes(fix));
}

/** As `wantedFixes`, of one kind; asked of thousands of sets, most often for a kind that nobody wants. */
export function wants(set: ScaleSetRecord, fix: Fix, { fixes = [] }: FixAnswers): boolean {
  return fixes.includes(fix) && fixesFor(set).includes(fix);
}

/** The repairs of a set that the answers amount to. */
export function repairsOf(set: ScaleSetRecord, answers: FixAnswers): Repairs {
  const wanted = new Set(wantedFixes(set, answers));
  const osType = osTypeOf(set.resource);
  const rollingPolicy = rollingValues(set, answers);
  return {
    ...(wanted.has("imageLatest") && { imageLatest: true }),
    ...(wanted.has("patchMode") && osType !== undefined && { patchMode: patchModeFor(osType) }),
    ...(wanted.has("healthExtension") && { healthExtension: healthExtension(answers) }),
    ...(wanted.has("upgradeMode") && { upgradeMode: answers.mode ?? "Rolling" }),
    ...(rollingPolicy && { rollingPolicy }),
  };
}

function healthExtension({
  healthProtocol = "http",
  healthPort = "80",
  healthPath,
}: FixAnswers): HealthExtension {
  const protocol = healthProtocol === "tcp" || healthProtocol === "https" ? healthProtocol : "http";
  return {
    protocol,
    port: Number(healthPort),
    ...(protocol !== "tcp" && healthPath !== undefined && { path: healthPath }),
  };
}

/** How upgrades roll: what a policy says before all else. */
export const rollingMembers = policyMembers.filter(
  ({ section, takes }) =>
    section === "rollingUpgradePolicy" && (takes.kind === "percent" || takes.kind === "duration"),
);

/** The values of the rolling policy that are asked for a set: those that Azure would refuse, and all where the set gets one. */
export function valuesToSet(set: ScaleSetRecord, answers: FixAnswers): readonly PolicyMember[] {
  if (getsPolicy(set, answers)) return answers.policy === "own" ? rollingMembers : [];
  if (!wants(set, "rollingPolicy", answers)) return [];
  return rollingMembers.filter((member) => {
    const value = policyValue(set.resource, member);
    return value !== undefined && policyVerdicts(member, textOf(value), {}).length > 0;
  });
}

/** Whether the set comes to roll without a policy that says how. */
export function getsPolicy(set: ScaleSetRecord, answers: FixAnswers): boolean {
  return (
    (answers.mode ?? "Rolling") === "Rolling" &&
    wants(set, "upgradeMode", answers) &&
    objectAt(set.resource, "properties", "upgradePolicy", "rollingUpgradePolicy") === undefined
  );
}

function rollingValues(set: ScaleSetRecord, answers: FixAnswers): JsonObject | undefined {
  const values = new Map<PolicyMember, Json>();
  for (const member of valuesToSet(set, answers)) {
    const answer = answers[member.name];
    if (answer !== undefined) values.set(member, policyJson(member, answer));
  }
  const policy = policyOf(values)["rollingUpgradePolicy"];
  return isObject(policy) ? policy : undefined;
}
