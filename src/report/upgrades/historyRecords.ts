import { attemptOf } from "../../core/upgrades/attempts.ts";
import type { Attempt } from "../../core/upgrades/attempts.ts";
import { nameOf, parseId } from "../../core/resources/ids.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import { detailsOf, detailText } from "../../core/text/errorDetails.ts";
import type { Message } from "../../core/text/message.ts";
import { endingOf } from "../../core/upgrades/upgradeInWords.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";

/** What a member of a record is made of. */
interface Source {
  readonly kept: KeptAttempt;
  readonly attempt: Attempt;
  readonly say: (text: Message) => string;
}

/**
 * The members of an attempt as a row for other programs, in the order in which they are written. Times are as Azure wrote them; what it did
 * not say is empty.
 */
const members = {
  scaleSet: ({ kept }: Source) => nameOf(kept.scaleSetId),
  resourceGroup: ({ kept }: Source) => parseId(kept.scaleSetId)?.resourceGroup ?? "",
  subscriptionId: ({ kept }: Source) => parseId(kept.scaleSetId)?.subscriptionId ?? "",
  status: ({ attempt }: Source) => attempt.status,
  started: ({ attempt }: Source) => attempt.started ?? "",
  ended: ({ attempt }: Source) => attempt.ended ?? "",
  startedBy: ({ attempt }: Source) => attempt.startedBy ?? "",
  targetVersion: ({ attempt }: Source) => attempt.target ?? "",
  successful: ({ attempt }: Source) => attempt.progress.successful,
  failed: ({ attempt }: Source) => attempt.progress.failed,
  inProgress: ({ attempt }: Source) => attempt.progress.inProgress,
  pending: ({ attempt }: Source) => attempt.progress.pending,
  rolledBack: ({ attempt }: Source) => attempt.rolledBack,
  errorCode: ({ kept }: Source) => textAt(kept.upgrade, "properties", "error", "code") ?? "",
  errorMessage: ({ kept }: Source) => textAt(kept.upgrade, "properties", "error", "message") ?? "",
  /** What happened and what to do, in the user's language. */
  meaning: ({ attempt, say }: Source) => say(endingOf(attempt).text),
  next: ({ attempt, say }: Source) => {
    const { next } = endingOf(attempt);
    return next === undefined ? "" : say(next);
  },
  /** When this extension read it. */
  seen: ({ kept }: Source) => kept.seenAt,
  scaleSetId: ({ kept }: Source) => kept.scaleSetId,
  /** What Azure tells one by one, as of each instance, each with its code and target. */
  errorDetails: ({ kept }: Source) =>
    detailsOf(objectAt(kept.upgrade, "properties", "error"))
      .map(detailText)
      .join("; "),
};

export type HistoryRecord = { readonly [K in keyof typeof members]: ReturnType<(typeof members)[K]> };

export const historyColumns = Object.keys(members) as readonly (keyof HistoryRecord)[];

export function historyRecord(kept: KeptAttempt, say: (text: Message) => string): HistoryRecord {
  const source = { kept, attempt: attemptOf(kept.upgrade), say };
  const told = historyColumns.map((name) => [name, members[name](source)] as const);
  return Object.fromEntries(told) as HistoryRecord;
}
