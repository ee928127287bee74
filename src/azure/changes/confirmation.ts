import { kindOf } from "../../core/plans/kinds/kinds.ts";
import { modelIn, type Sent, type Standing } from "../../core/plans/kinds/kind.ts";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import { nameWithSet } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { isSettled, provisioningStateOf } from "../../core/resources/provisioning.ts";
import { upgradeModeOf } from "../../core/resources/scaleSet.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { problemOf } from "../errors/errors.ts";
import { unending } from "../http/pause.ts";
import type { RetryTime } from "../http/retry.ts";
import { calls } from "./calls.ts";
import type { Looks } from "./looks.ts";
import { changedBySomeoneElse } from "./premise.ts";

/** Between two looks, in milliseconds: lists of Microsoft.Maintenance and Resource Manager lag by seconds, at times by a minute. */
const pausesMs = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];
/** For how long a change is looked for, in milliseconds, where Azure does not work on its resource. */
const looksForMs = 60_000;
/** For how long where it does: the work of a call whose answer was lost can only be seen at its resource. */
const workMs = 600_000;

export interface Confirming {
  readonly looks: Looks;
  readonly time: RetryTime;
  /** Ends the pauses; the reads are short, and bounded by the transport. */
  readonly signal: AbortSignal;
  /** One look is enough. */
  readonly isOnce?: boolean;
  /** Whether the list of associations was seen to lag right before the change was sent. */
  readonly isListBehind?: boolean;
}

/** What one look showed. */
type Shown = { readonly outcome: Outcome } | { readonly isWorkedOn: boolean; readonly unread?: Problem };

/**
 * Looks until a read shows what a change that was sent has written. Never rejects. `why`: what is known of it where it does not show, such as
 * that its answer was lost.
 */
export async function confirmed(
  change: Change,
  sent: Sent,
  { looks, time, signal, isOnce = false, isListBehind = false }: Confirming,
  why?: Problem,
): Promise<Outcome> {
  const begunAt = time.now();
  for (let look = 0; ; look++) {
    const shown = await lookFor(change, sent, { looks, isListBehind }, why);
    if ("outcome" in shown) return shown.outcome;
    const { isWorkedOn, unread } = shown;
    const { showsWithinMs = 0 } = calls[change.kind];
    const patienceMs = Math.max(isWorkedOn ? workMs : looksForMs, showsWithinMs);
    const leftMs = patienceMs - (time.now() - begunAt);
    const pauseMs = Math.min(pausesMs[Math.min(look, pausesMs.length - 1)] ?? 0, leftMs);
    const goesOn = !isOnce && pauseMs > 0 && (await waited(pauseMs, time, signal));
    if (goesOn) continue;
    if (isWorkedOn) return { status: "underWay" };
    return { status: "notConfirmed", problem: notConfirmed(change, sent, why, unread) };
  }
}

async function lookFor(
  change: Change,
  sent: Sent,
  { looks, isListBehind }: { readonly looks: Looks; readonly isListBehind: boolean },
  why: Problem | undefined,
): Promise<Shown> {
  const kind = kindOf(change);
  try {
    const listed = await looks.at(change, kind.confirmationReads, unending, { isNew: true });
    // A list that lags may show what was so before: where that may be, the association itself has to say it too.
    const isDoubtful = isListBehind || !sent.isAccepted;
    const isHearsay =
      isDoubtful && "association" in listed && kind.confirmation(change, listed, sent) === "after";
    const seen = isHearsay
      ? { ...listed, association: await looks.associationItself(change.target, unending) }
      : listed;
    const standing = kind.confirmation(change, seen, sent);
    const isWorkedOn = Object.values(seen).some((found) => found !== undefined && isBusy(found));
    const state = stateOf(standing, modelIn(seen), sent, isWorkedOn);
    if (state === "failed") return { outcome: { status: "failed", problem: unfinished(change, why) } };
    if (state === "after") {
      const readBack = kind.readBack(seen);
      const goesOn = isWorkedOn && isRolling(modelIn(seen)) && { isRollingOut: true as const };
      const note = kind.note?.(change, seen);
      return { outcome: { status: "done", ...(readBack && { readBack }), ...goesOn, ...(note && { note }) } };
    }
    if (state === "other" && !isWorkedOn) return { outcome: changedBySomeoneElse(change, seen, true) };
    return { isWorkedOn };
  } catch (error) {
    return { isWorkedOn: false, unread: problemOf(error) };
  }
}

/**
 * Of a call whose answer was heard, its operation has said how it ended. Of one whose answer was lost, the model shows what was asked for
 * even while Azure works on it, and where that fails; in mode Rolling the work is a whole roll-out, which is not waited for.
 */
function stateOf(
  standing: Standing,
  resource: JsonObject | undefined,
  { isAccepted }: Sent,
  isWorkedOn: boolean,
): Standing | "failed" {
  if (isAccepted || standing !== "after" || resource === undefined) return standing;
  if (provisioningStateOf(resource)?.toLowerCase() === "failed") return "failed";
  return isWorkedOn && !isRolling(resource) ? "before" : standing;
}

/** Whether Azure brings the instances of a scale set to a changed model batch by batch. */
function isRolling(resource: JsonObject | undefined): boolean {
  return upgradeModeOf(resource ?? {})?.toLowerCase() === "rolling";
}

/** Whether Azure still works on a resource. */
function isBusy(resource: JsonObject): boolean {
  return !isSettled(resource) || textAt(resource, "registrationState") === "Registering";
}

async function waited(ms: number, time: RetryTime, signal: AbortSignal): Promise<boolean> {
  try {
    await time.wait(ms, signal);
    return true;
  } catch {
    return false; // cancelled
  }
}

function unfinished(change: Change, why: Problem | undefined): Problem {
  return {
    kind: "server",
    ...why,
    summary: joined(" ", [
      message("Not done: {0}.", change.title),
      message("Azure started the operation but couldn't finish it."),
    ]),
    wayOut: message("Find the cause in the scale set's activity log in the portal, fix it, then try again."),
  };
}

/** Why a change is not confirmed: it could not be read, or reading does not show it. */
function notConfirmed(
  change: Change,
  { isAccepted }: Sent,
  why: Problem | undefined,
  unread: Problem | undefined,
): Problem {
  const cause = unread ?? why;
  const name = verbatim(nameWithSet(change.target));
  const summaryOf = () => {
    if (unread !== undefined)
      return message("Not confirmed: {0} couldn't be read after the change was sent.", name);
    if (isAccepted)
      return message("Not confirmed: Azure accepted the change, but {0} doesn't show it yet.", name);
    if (why !== undefined)
      return message("Not confirmed: Azure didn't answer, and {0} doesn't show the change.", name);
    return message("Not confirmed: {0} still doesn't show the change.", name);
  };
  const summary = summaryOf();
  return {
    kind: "server",
    ...cause,
    summary: cause === undefined ? summary : joined(" ", [summary, cause.summary]),
    wayOut: wayOutOf(cause),
  };
}

/** Where the network or a role stood in the way, another look alone does not help. */
function wayOutOf(cause: Problem | undefined): Message {
  const later = message("Check again in a minute.");
  const isInTheWay = cause?.kind === "network" || cause?.kind === "forbidden";
  return isInTheWay && cause.wayOut !== undefined ? joined(" ", [later, cause.wayOut]) : later;
}
