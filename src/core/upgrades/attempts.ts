import { numberAt, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { decodedError } from "./upgradeErrors.ts";
import type { DecodedError } from "./upgradeErrors.ts";
import type { InstanceCounts } from "./windowEnd.ts";

/** An upgrade of a set's OS images, from `osUpgradeHistory` or from `rollingUpgrades/latest`. */
export interface Attempt {
  /** `RollingForward`, `RollingBack`, `Cancelled`, `Completed` or `Faulted`, as Azure wrote it; empty where it did not. */
  readonly status: string;
  /** ISO instants, as Azure wrote them. */
  readonly started?: string;
  readonly ended?: string;
  /** Whether Azure was told to stop it and still works on it. */
  readonly isBeingCancelled?: true;
  readonly startedBy?: string;
  /** The image version that it was to bring. */
  readonly target?: string;
  readonly progress: InstanceCounts;
  readonly rolledBack: number;
  readonly error?: DecodedError;
}

export function attemptOf(upgrade: JsonObject): Attempt {
  const properties = objectAt(upgrade, "properties");
  const status = objectAt(properties, "runningStatus");
  const code = textAt(status, "code") ?? "";
  const count = (name: string) => numberAt(properties, "progress", `${name}InstanceCount`) ?? 0;
  const started = textAt(status, "startTime");
  // The documentation writes `completedTime`, the contract `endTime`.
  const ended = textAt(status, "endTime") ?? textAt(status, "completedTime");
  const startedBy = textAt(properties, "startedBy");
  const target = textAt(properties, "targetImageReference", "version");
  const progress = {
    successful: count("successful"),
    failed: count("failed"),
    inProgress: count("inProgress"),
    pending: count("pending"),
  };
  const error = decodedError(objectAt(properties, "error"), progress);
  return {
    status: code,
    ...(started !== undefined && { started }),
    ...(ended !== undefined && { ended }),
    ...(isRunningStatus(code) &&
      /^cancel$/i.test(textAt(status, "lastAction") ?? "") && { isBeingCancelled: true }),
    ...(startedBy !== undefined && { startedBy }),
    ...(target !== undefined && { target }),
    progress,
    rolledBack: numberAt(properties, "rollbackInfo", "successfullyRolledbackInstanceCount") ?? 0,
    ...(error !== undefined && { error }),
  };
}

/** The upgrades of a history, the newest first. */
export function attemptsIn(history: readonly JsonObject[]): readonly Attempt[] {
  const time = ({ started }: Attempt) => Date.parse(started ?? "") || 0;
  return history.map(attemptOf).sort((a, b) => time(b) - time(a));
}

/** Whether Azure works on it, forward or back. */
export function isRunningAttempt({ status }: Attempt): boolean {
  return isRunningStatus(status);
}

function isRunningStatus(status: string): boolean {
  return /^rolling(forward|back)$/i.test(status);
}
