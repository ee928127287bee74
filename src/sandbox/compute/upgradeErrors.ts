import { minuteMs } from "../clock.ts";
import type { JsonObject } from "../json.ts";
import type { Failure } from "./upgrade.ts";

const more = "For details on rolling upgrades, use http://aka.ms/AzureVMSSRollingUpgrade";
const impact = "The most impactful error is:  Instance found to be unhealthy or unreachable";

/** One line per unhealthy instance, as recorded (the Service Fabric pages on OS image upgrades). */
const details = (set: string, ids: readonly string[]): JsonObject[] =>
  ids.map((id) => ({
    code: "RollingUpgradeInstanceUnhealthyError",
    target: `${set}/virtualMachines/${id}`,
    message: "Instance found to be unhealthy or unreachable.",
  }));

export interface Situation {
  /** Name of the scale set. */
  readonly set: string;
  /** The instances that are to blame. */
  readonly ids: readonly string[];
  /** What they are in percent, and what the policy allows. */
  readonly percent: number;
  readonly limit: number;
  /** Since the start. */
  readonly elapsedMs: number;
}

/**
 * The error of a rolling upgrade. The texts of MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade (the Service Fabric pages on OS image
 * upgrades), MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade (microsoft/AzureTRE #1591) and
 * RollingUpgradeBatchStartTimeNotWithinScheduledWindows (MicrosoftDocs/azure-docs #113861) are as reported. Of the others the code is
 * documented, with what it means; their words are ours.
 */
export function upgradeError(code: Failure, { set, ids, percent, limit, elapsedMs }: Situation): JsonObject {
  const share = `${Math.round(percent)}% of instances are in an unhealthy state`;
  const messages: Readonly<Record<Failure, string>> = {
    MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade: `Rolling Upgrade failed due to exceeding the MaxUnhealthyInstancePercent value (defined in the RollingUpgradePolicy) before any batch was attempted. ${share}, more than the threshold of ${limit}% configured in the RollingUpgradePolicy. ${impact}. ${more}`,
    MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade: `Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the RollingUpgradePolicy. ${share} after being upgraded - more than the threshold of ${limit}%. The most impactful error is: Instance found to be unhealthy or unreachable.. First failed instance ID is: ${ids[0] ?? ""}.`,
    MaxUnhealthyInstancePercentExceededInRollingUpgrade: `Rolling Upgrade failed after exceeding the MaxUnhealthyInstancePercent value defined in the RollingUpgradePolicy. ${share}, more than the threshold of ${limit}% configured in the RollingUpgradePolicy. ${impact}. ${more}`,
    RollingUpgradeInProgressWithFailedUpgradedVMs: `Rolling Upgrade is in progress with failed upgraded VMs. ${share} after being upgraded - within the threshold of ${limit}%: the Rolling Upgrade continues. ${impact}. ${more}`,
    InternalExecutionError: "An internal execution error occurred. Please retry later.",
    RollingUpgradeBatchStartTimeNotWithinScheduledWindows:
      "Rolling Upgrade failed because the current time is no longer within any of the Automatic OS Upgrade scheduled windows.",
    RollingUpgradeTimeoutError: `Rolling Upgrade timed out after ${Math.round(elapsedMs / minuteMs)} minutes. ${more}`,
  };
  return { code, message: messages[code], ...(ids.length > 0 && { details: details(set, ids) }) };
}

/** Ours: that the rollback failed is a count in the contract; what the service says of it was not found. */
export const rollbackError = (set: string, ids: readonly string[]): JsonObject => ({
  code: "RollbackFailed",
  message: "The previous OS disk could not be restored.",
  details: details(set, ids),
});

/** What a cancelled upgrade ends with. Code and members as recorded (Azure/azure-sdk-for-net, 2023-03-16); the words and what stands inside are ours. */
export const canceledError = (set: string): JsonObject => ({
  code: "RollingUpgradeCanceled",
  message: `The rolling upgrade was canceled. ${more}`,
  target: set,
  details: [
    { code: "RollingUpgradeCanceled", message: "The rolling upgrade was canceled by the user.", target: set },
  ],
});
