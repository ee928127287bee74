import { attemptOf, isRunningAttempt } from "../../core/upgrades/attempts.ts";
import type { Attempt } from "../../core/upgrades/attempts.ts";
import { idKey, nameOf, parseId, subscriptionOf } from "../../core/resources/ids.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import { detailsOf, detailText } from "../../core/text/errorDetails.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { isoInZone } from "../../core/text/zonedTime.ts";
import { endingOf, outcomeName } from "../../core/upgrades/upgradeInWords.ts";
import type { Snapshot, SubscriptionRecord } from "../../fleet/snapshot/snapshot.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import { windowCheck } from "../plans/nextWindows.ts";
import type { Fleet, IsInside, WindowCheck } from "../plans/nextWindows.ts";
import type { PlainWording } from "../wording.ts";

/** What attempts are exported from. */
export interface HistorySources {
  readonly snapshot: Fleet & Pick<Snapshot, "subscriptions">;
  readonly isInside: IsInside;
  readonly wording: Pick<PlainWording, "say" | "zone">;
}

/** What a member of a record is made of. */
interface Source {
  readonly kept: KeptAttempt;
  readonly attempt: Attempt;
  readonly say: (text: Message) => string;
  readonly zone: string;
  /** Through whom its subscription is reached now; undefined where it is not among those that were read. */
  readonly through: Through | undefined;
  readonly start: WindowCheck;
  /** Undefined while it runs. */
  readonly end: WindowCheck | undefined;
}

type Through = SubscriptionRecord["subscription"]["through"];

/** Azure writes times with an offset; one without says no instant. */
function timeIn(time: string | undefined, zone: string): string {
  if (time === undefined) return "";
  return /(?:z|[+-]\d\d:?\d\d)$/i.test(time) ? isoInZone(time, zone) : time;
}

/**
 * The members of an attempt as a row for other programs, in the order in which they are written. Times are ISO 8601 with the offset of the user's
 * time zone; what Azure did not say is empty. `startedInWindow` and `endedInWindow` are `inside`, `outside` or `unknown`, by the configuration as
 * it is known now; `account` is the one through which the set is read now.
 */
const members = {
  scaleSet: ({ kept }: Source) => nameOf(kept.scaleSetId),
  resourceGroup: ({ kept }: Source) => parseId(kept.scaleSetId)?.resourceGroup ?? "",
  subscriptionId: ({ kept }: Source) => parseId(kept.scaleSetId)?.subscriptionId ?? "",
  status: ({ attempt }: Source) => attempt.status,
  started: ({ attempt, zone }: Source) => timeIn(attempt.started, zone),
  ended: ({ attempt, zone }: Source) => timeIn(attempt.ended, zone),
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
  seen: ({ kept, zone }: Source) => timeIn(kept.seenAt, zone),
  scaleSetId: ({ kept }: Source) => kept.scaleSetId,
  /** The details that Azure lists, as for each instance, each with its code and target. */
  errorDetails: ({ kept }: Source) =>
    detailsOf(objectAt(kept.upgrade, "properties", "error"))
      .map(detailText)
      .join("; "),
  startedInWindow: ({ start }: Source) => start.inside,
  endedInWindow: ({ end }: Source) => end?.inside ?? "",
  windowReason: ({ start, end, say }: Source) =>
    [...new Set([start.why, end?.why].flatMap((why) => (why === undefined ? [] : [say(why)])))].join("; "),
  configuration: ({ start }: Source) => start.configurations.join("; "),
  windowTimeZone: ({ start }: Source) => start.zones.join("; "),
  tenantId: ({ through }: Source) => through?.tenantId ?? "",
  account: ({ through }: Source) => through?.account?.label ?? "",
};

export type HistoryRecord = { readonly [K in keyof typeof members]: ReturnType<(typeof members)[K]> };

const names = Object.keys(members) as readonly (keyof HistoryRecord)[];

/** A table has the label of a status too. */
export const historyColumns = [...names, "statusLabel"] as const;

export function historyRecord(
  kept: KeptAttempt,
  { snapshot, isInside, wording: { say, zone } }: HistorySources,
): HistoryRecord {
  const { scaleSetId, upgrade } = kept;
  const attempt = attemptOf(upgrade);
  const check = (at: string | undefined) => windowCheck(scaleSetId, at, snapshot, isInside);
  const subscription = snapshot.subscriptions.get(subscriptionOf(idKey(scaleSetId)))?.subscription;
  const source: Source = {
    ...{ kept, attempt, say, zone, through: subscription?.through },
    start: check(attempt.started),
    end: isRunningAttempt(attempt) ? undefined : check(attempt.ended),
  };
  const entries = names.map((name) => [name, members[name](source)] as const);
  return Object.fromEntries(entries) as HistoryRecord;
}

/** The row of a table, in the order of `historyColumns`. */
export function historyRow(kept: KeptAttempt, sources: HistorySources): readonly (string | number)[] {
  const attempt = attemptOf(kept.upgrade);
  const { say } = sources.wording;
  const label = isRunningAttempt(attempt)
    ? message("Running when last checked")
    : outcomeName(endingOf(attempt).outcome, attempt.status);
  return [...Object.values(historyRecord(kept, sources)), say(label)];
}
