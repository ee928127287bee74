import { requiredRepairs } from "../core/eligibility/repairs.ts";
import { isRunningAttempt } from "../core/upgrades/attempts.ts";
import type { Finding } from "../core/eligibility/rule.ts";
import { message } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import type { Explanation } from "./upgrades/explanation.ts";
import { configurationTarget, planTarget, scaleSetTarget } from "./links.ts";
import type { Target } from "./links.ts";

/** The commands that links of a page run: each opens a step in which the user still confirms what changes. */
export const pageCommands = [
  "explainEligibility",
  "checkImageVersions",
  "copyExplanation",
  "setUp",
  "associate",
  "removeAssociation",
  "enableAutomaticUpgrades",
  "editUpgradePolicy",
  "editConfiguration",
  "startUpgrade",
  "cancelUpgrade",
  "upgradeHistory",
  "viewProperties",
  "openInPortal",
  "exportUpgradeHistory",
  "copyAsPowerShell",
  "copyAsAzureCli",
] as const;

/** The same of the page about the results of a plan. */
export const planCommands = [
  "showPlanResults",
  "undoPlan",
  "checkPlan",
  "continuePlan",
  "retryFailed",
  "retryWithUpdatesOff",
  "resumePlan",
  "exportPlanResults",
  "exportPlanCode",
  "copyAsPowerShell",
  "copyAsAzureCli",
] as const;

export type PlanCommand = (typeof planCommands)[number];

export type PageCommand = (typeof pageCommands)[number] | PlanCommand;

/** A way on from what a page says. */
export interface Step {
  readonly command: PageCommand;
  readonly label: Message;
  readonly targets: readonly Target[];
}

/** Which Azure it is: only a real one has a portal. */
export type Origin = "azure" | "sandbox";

/**
 * The one step that fixes what blocks and turns upgrades on, in the order that Azure takes. Undefined where nothing is to fix, where a part
 * of it can't be fixed by changes of ours, so that Azure would refuse, and where another service has to do it.
 */
export function primaryStep(explanation: Explanation): Step | undefined {
  const { record, upgradesOn, lastUpgrade } = explanation;
  const required = requiredRepairs(record);
  const isBusy = lastUpgrade !== undefined && isRunningAttempt(lastUpgrade);
  if (required === undefined || isBusy || record.coverage.managedBy !== undefined) return undefined;
  const isBlocked = required.size > 0;
  const targets = [{ ...scaleSetTarget(record.id), ...(isBlocked && { fix: true as const }) }];
  if (upgradesOn) {
    return isBlocked ? { command: "enableAutomaticUpgrades", label: message("Fix…"), targets } : undefined;
  }
  // Associations that open no window come first: upgrades turned on meanwhile could start at any time.
  if (isBroken(explanation)) return undefined;
  const isAtStart = lacksWindow(explanation);
  return {
    command: isAtStart ? "setUp" : "enableAutomaticUpgrades",
    label: isBlocked
      ? message("Fix and Turn On…")
      : isAtStart
        ? message("Set Up Maintenance Control…")
        : message("Turn On Automatic OS Upgrades…"),
    targets,
  };
}

/** What a primary step would change, as scripts to copy. */
export function copySteps(primary: Step | undefined): readonly Step[] {
  const command = primary?.command;
  if (command !== "setUp" && command !== "enableAutomaticUpgrades") return [];
  return copies(primary?.targets.map((target) => ({ ...target, step: command })) ?? []);
}

/** The changes of a plan as code. */
export function codeSteps(planId: string): readonly Step[] {
  const targets = [planTarget(planId)];
  return [{ command: "exportPlanCode", label: message("Export as Code…"), targets }, ...copies(targets)];
}

function copies(targets: readonly Target[]): readonly Step[] {
  return [
    { command: "copyAsPowerShell", label: message("Copy as PowerShell"), targets },
    { command: "copyAsAzureCli", label: message("Copy as Azure CLI"), targets },
  ];
}

/** What else the user may want to do with the set, first what brings it under control; nothing that waits for a fix which is not ours. */
export function secondarySteps(explanation: Explanation, origin: Origin): readonly Step[] {
  const { record, upgradesOn } = explanation;
  const targets = [scaleSetTarget(record.id)];
  const step = (command: PageCommand, label: Message): Step => ({ command, label, targets });
  const associate = step("associate", message("Associate with a Configuration…"));
  const stuck = isStuck(explanation);
  const next =
    record.coverage.managedBy !== undefined
      ? []
      : isBroken(explanation)
        ? [step("removeAssociation", message("Remove Association…")), ...(stuck ? [] : [associate])]
        : lacksWindow(explanation) && upgradesOn && !stuck
          ? [associate]
          : [];
  return [
    ...(stuck ? [whereItIs(explanation, origin)] : []),
    ...next,
    step("checkImageVersions", message("Check Image Versions")),
    ...upgradeSteps(explanation, targets),
    step("copyExplanation", message("Copy as Markdown")),
    ...(stuck ? [] : [whereItIs(explanation, origin)]),
  ];
}

/** Whether something blocks that has to be fixed elsewhere first. */
function isStuck({ record }: Explanation): boolean {
  return requiredRepairs(record) === undefined;
}

/** Whether it has associations none of which opens a window, or several. */
function isBroken(explanation: Explanation): boolean {
  const { record, windows } = explanation;
  return record.coverage.state === "broken" || (lacksWindow(explanation) && windows.length > 0);
}

/** Whether it is known that no configuration opens a window for it. */
function lacksWindow({ findings }: Explanation): boolean {
  return findings.some(({ rule, status }) => rule === "maintenance-configuration" && status === "fail");
}

/** An upgrade that runs can be ended; where instances are behind and nothing blocks, one can be begun by hand. */
function upgradeSteps(
  { record, verdict, lastUpgrade }: Explanation,
  targets: readonly Target[],
): readonly Step[] {
  const history: Step = { command: "upgradeHistory", label: message("Upgrade History"), targets };
  if (lastUpgrade !== undefined && isRunningAttempt(lastUpgrade)) {
    return [{ command: "cancelUpgrade", label: message("Cancel Upgrade…"), targets }, history];
  }
  return verdict !== "blocked" && record.freshness?.state === "behind"
    ? [{ command: "startUpgrade", label: message("Start OS Upgrade Now…"), targets }, history]
    : [history];
}

/** The way out of a failure, where a step of ours or the portal is one. */
export function stepsOutOf(
  { rule, status, severity, repair }: Finding,
  explanation: Explanation,
  origin: Origin,
): readonly Step[] {
  if (status !== "fail") return [];
  const { record, windows } = explanation;
  const targets = [scaleSetTarget(record.id)];
  if (rule === "maintenance-configuration") {
    const associate: Step = {
      command: "associate",
      label: message("Associate with a Configuration…"),
      targets,
    };
    const remove: Step = { command: "removeAssociation", label: message("Remove Association…"), targets };
    return [...(windows.length === 0 ? [] : [remove]), ...(isStuck(explanation) ? [] : [associate])];
  }
  const policy: Step = {
    command: "editUpgradePolicy",
    label: message("Edit Upgrade Policy…"),
    targets,
  };
  if (rule === "window-length") {
    const edits = windows.map(({ id, name }): Step => {
      const label = message("Edit Configuration {0}…", name);
      return { command: "editConfiguration", label, targets: [configurationTarget(id)] };
    });
    return [...edits, policy];
  }
  const primary = primaryStep(explanation);
  if (severity === "block") return [primary ?? whereItIs(explanation, origin)];
  if (repair === "rollingPolicy") return [policy];
  if (repair === undefined) return [whereItIs(explanation, origin)];
  return [primary ?? { command: "enableAutomaticUpgrades", label: message("Fix…"), targets }];
}

/** Where the resource itself is seen. */
function whereItIs({ record }: Explanation, origin: Origin): Step {
  const targets = [scaleSetTarget(record.id)];
  return origin === "azure"
    ? { command: "openInPortal", label: message("Open in Portal"), targets }
    : { command: "viewProperties", label: message("View Properties"), targets };
}
