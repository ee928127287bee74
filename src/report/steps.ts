import { isRunningAttempt } from "../core/upgrades/attempts.ts";
import type { Finding } from "../core/eligibility/rule.ts";
import { message } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import type { Explanation } from "./upgrades/explanation.ts";
import { configurationTarget, scaleSetTarget } from "./links.ts";
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
] as const;

export type PageCommand = (typeof pageCommands)[number];

/** A way on from what a page says. */
export interface Step {
  readonly command: PageCommand;
  readonly label: Message;
  readonly targets: readonly Target[];
}

/** Which Azure it is: only a real one has a portal. */
export type Origin = "azure" | "sandbox";

/** What the user most likely wants to do with the set, first what brings it under control. */
export function stepsFor(explanation: Explanation, origin: Origin): readonly Step[] {
  const { record, upgradesOn, windows } = explanation;
  const targets = [scaleSetTarget(record.id)];
  const step = (command: PageCommand, label: Message): Step => ({ command, label, targets });
  const enable = step("enableAutomaticUpgrades", message("Enable Automatic OS Upgrades…"));
  const associate = step("associate", message("Associate with a Configuration…"));
  const next =
    record.coverage.state === "broken"
      ? [step("removeAssociation", message("Remove Association…")), associate]
      : windows.length > 0
        ? upgradesOn
          ? []
          : [enable]
        : upgradesOn
          ? [associate]
          : [step("setUp", message("Set Up Maintenance Control…")), enable];
  return [
    ...next,
    step("checkImageVersions", message("Check Image Versions")),
    ...upgradeSteps(explanation, targets),
    step("copyExplanation", message("Copy as Markdown")),
    whereItIs(explanation, origin),
  ];
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
  { rule, status, repair }: Finding,
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
    return windows.length === 0 ? [associate] : [associate, remove];
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
  if (repair === "rollingPolicy") return [policy];
  if (repair !== undefined) {
    const label = explanation.upgradesOn ? message("Fix…") : message("Fix and Enable…");
    return [{ command: "enableAutomaticUpgrades", label, targets }];
  }
  return [whereItIs(explanation, origin)];
}

/** Where the resource itself is seen. */
function whereItIs({ record }: Explanation, origin: Origin): Step {
  const targets = [scaleSetTarget(record.id)];
  return origin === "azure"
    ? { command: "openInPortal", label: message("Open in Portal"), targets }
    : { command: "viewProperties", label: message("View Properties"), targets };
}
