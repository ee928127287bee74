import { minuteMs } from "../clock.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Operation } from "../operation.ts";
import type { Instance } from "./instance.ts";
import type { RollingPolicy } from "./model.ts";

/** No window of the set was open when the next batch was to begin (MicrosoftDocs/azure-docs #113861). */
export const windowClosed = "RollingUpgradeBatchStartTimeNotWithinScheduledWindows";

/** The ways in which a rolling upgrade fails: as documented, and that one as reported. */
export const failures = [
  "RollingUpgradeInProgressWithFailedUpgradedVMs",
  "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
  "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
  "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
  "InternalExecutionError",
  "RollingUpgradeTimeoutError",
  windowClosed,
] as const;

export type Failure = (typeof failures)[number];

/** How an upgrade is to go. Azure says only that it waits up to five minutes for an instance's health; the other times are the sandbox's. */
export interface Order {
  /** What a batch takes whose instances come back healthy. */
  readonly batchMs: number;
  /** How long an upgraded instance is waited for until it counts as unhealthy. */
  readonly healthTimeoutMs: number;
  /** What is to go wrong with the next upgrade, once so many batches are done. */
  readonly failure?: {
    readonly code: Failure;
    readonly afterBatches: number;
    readonly rollbackFails: boolean;
  };
}

export const usual: Order = { batchMs: minuteMs, healthTimeoutMs: 5 * minuteMs };

export type UpgradeCode = "RollingForward" | "RollingBack" | "Cancelled" | "Completed" | "Faulted";

/** A rolling upgrade of a scale set. It is changed in place as time goes by. */
export interface Upgrade {
  /** Key of its scale set. */
  readonly key: string;
  readonly startedBy: "User" | "Platform";
  /** New disks for all instances with another version, or the latest model for those that lack it. */
  readonly kind: "os" | "model";
  readonly target: { readonly version: string | undefined; readonly reference: JsonObject };
  readonly policy: RollingPolicy;
  /** Whether a failed instance gets its old disk back. */
  readonly restores: boolean;
  /** Whether each instance waits for an approval. */
  readonly deferred: boolean;
  /** Whether no batch may begin outside the set's windows: an upgrade that was ordered to start is not held to them. */
  readonly inWindows: boolean;
  readonly start: number;
  readonly order: Order;
  /** What the caller polls; the platform's own upgrades have none. */
  operation: Operation | undefined;
  failure: Order["failure"];
  code: UpgradeCode;
  end: number | undefined;
  lastAction: "Start" | "Cancel";
  lastActionTime: number;
  /** Ids of instances. */
  pending: readonly string[];
  batch: readonly string[];
  successful: readonly string[];
  failed: readonly string[];
  readonly approved: Set<string>;
  batches: number;
  /** The instances as they were, to be restored. */
  readonly before: ReadonlyMap<string, Instance>;
  restored: number;
  unrestored: number;
  rollbackError: JsonObject | undefined;
  error: JsonObject | undefined;
  /** What comes next, and when; Infinity while it waits for an approval. */
  next: "batch" | "result" | "rollback";
  nextAt: number;
}

type Beginning =
  | "key"
  | "startedBy"
  | "kind"
  | "target"
  | "policy"
  | "restores"
  | "deferred"
  | "inWindows"
  | "start";

/** An upgrade at its beginning, before anything is done. */
export function newUpgrade(
  given: Pick<Upgrade, Beginning | "pending" | "before">,
  { failure, ...order }: Order,
): Upgrade {
  return {
    ...given,
    order,
    operation: undefined,
    failure,
    code: "RollingForward",
    end: undefined,
    lastAction: "Start",
    lastActionTime: given.start,
    batch: [],
    successful: [],
    failed: [],
    approved: new Set(),
    batches: 0,
    restored: 0,
    unrestored: 0,
    rollbackError: undefined,
    error: undefined,
    next: "batch",
    nextAt: given.start,
  };
}

export const isRunning = ({ code }: Upgrade): boolean => code === "RollingForward" || code === "RollingBack";

/** Fractions of seven digits and an offset, as recorded (Azure/azure-sdk-for-net, 2023-03-16, api 2023-03-01). */
const instant = (time: number): string => new Date(time).toISOString().replace("Z", "0000+00:00");

/** What both bodies of an upgrade have. */
function bodyOf(upgrade: Upgrade, location: Json, runningStatus: JsonObject, more: JsonObject): JsonObject {
  const { code, start, successful, failed, batch, pending, error } = upgrade;
  return {
    type: "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades",
    location,
    properties: {
      runningStatus: { code, startTime: instant(start), ...runningStatus },
      progress: {
        successfulInstanceCount: successful.length,
        failedInstanceCount: failed.length,
        inProgressInstanceCount: batch.length,
        pendingInstanceCount: pending.length,
      },
      ...(error !== undefined && { error }),
      ...more,
    },
  };
}

/**
 * As GET `rollingUpgrades/latest` answers: without id and name, as recorded (Azure/azure-sdk-for-net #45613; the Service Fabric pages on
 * OS image upgrades), and without the end of an upgrade that has ended (recorded 2023-03-16).
 */
export function latestBody(upgrade: Upgrade, location: Json): JsonObject {
  const { policy, lastAction, lastActionTime } = upgrade;
  const action = { lastAction, lastActionTime: instant(lastActionTime) };
  return bodyOf(upgrade, location, action, { policy: { ...policy } });
}

/** As the list of the OS upgrade history has it. */
export function historyBody(upgrade: Upgrade, location: Json): JsonObject {
  const { end, startedBy, target, restored, unrestored, rollbackError } = upgrade;
  const { version, reference } = target;
  return bodyOf(upgrade, location, end === undefined ? {} : { endTime: instant(end) }, {
    startedBy,
    targetImageReference: { ...reference, ...(version !== undefined && { version }) },
    rollbackInfo: {
      successfullyRolledbackInstanceCount: restored,
      failedRolledbackInstanceCount: unrestored,
      ...(rollbackError !== undefined && { rollbackError }),
    },
  });
}
