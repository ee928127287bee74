import { attemptOf } from "../../core/upgrades/attempts.ts";
import { nameOf, parseId } from "../../core/resources/ids.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import { detailsOf, detailText } from "../../core/text/errorDetails.ts";
import type { Message } from "../../core/text/message.ts";
import { endingOf } from "../../core/upgrades/upgradeInWords.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";

/** An attempt as a row for other programs. Times are as Azure wrote them; what it did not say is empty. */
export interface HistoryRecord {
  readonly scaleSet: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly scaleSetId: string;
  readonly status: string;
  readonly started: string;
  readonly ended: string;
  readonly startedBy: string;
  readonly targetVersion: string;
  readonly successful: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly pending: number;
  readonly rolledBack: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What happened and what to do, in the user's language. */
  readonly meaning: string;
  readonly next: string;
  /** When this extension read it. */
  readonly seen: string;
  /** What Azure tells one by one, as of each instance, each with its code and target. */
  readonly errorDetails: string;
}

export function historyRecord(
  { scaleSetId, seenAt, upgrade }: KeptAttempt,
  say: (text: Message) => string,
): HistoryRecord {
  const attempt = attemptOf(upgrade);
  const { text, next } = endingOf(attempt);
  const { subscriptionId = "", resourceGroup = "" } = parseId(scaleSetId) ?? {};
  return {
    scaleSet: nameOf(scaleSetId),
    resourceGroup,
    subscriptionId,
    scaleSetId,
    status: attempt.status,
    started: attempt.started ?? "",
    ended: attempt.ended ?? "",
    startedBy: attempt.startedBy ?? "",
    targetVersion: attempt.target ?? "",
    ...attempt.progress,
    rolledBack: attempt.rolledBack,
    errorCode: textAt(upgrade, "properties", "error", "code") ?? "",
    errorMessage: textAt(upgrade, "properties", "error", "message") ?? "",
    meaning: say(text),
    next: next === undefined ? "" : say(next),
    seen: seenAt,
    errorDetails: detailsOf(objectAt(upgrade, "properties", "error"))
      .map(detailText)
      .join("; "),
  };
}

/** The columns, in the order in which they are written. */
export const historyColumns: readonly (keyof HistoryRecord)[] = [
  "scaleSet",
  "resourceGroup",
  "subscriptionId",
  "status",
  "started",
  "ended",
  "startedBy",
  "targetVersion",
  "successful",
  "failed",
  "inProgress",
  "pending",
  "rolledBack",
  "errorCode",
  "errorMessage",
  "meaning",
  "next",
  "seen",
  "scaleSetId",
  "errorDetails",
];
