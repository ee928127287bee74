import { modelIn } from "../../core/plans/kinds/kind.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import { type JsonObject, textAt } from "../../core/resources/json.ts";
import { isSettled } from "../../core/resources/provisioning.ts";
import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Clients } from "../clients/clients.ts";
import type { ApplyOptions } from "../contracts.ts";
import { about, type AzureError, isAzureError, problemOf } from "../errors/errors.ts";
import { follow, lookAt, type Operation } from "../http/operations.ts";
import { throwIfAborted } from "../http/pause.ts";
import type { RetryTime } from "../http/retry.ts";
import type { Adapted } from "../http/versionMembers.ts";
import { calls } from "./calls.ts";
import { confirmed } from "./confirmation.ts";
import type { Place } from "./executor.ts";
import type { Looks } from "./looks.ts";
import { premiseOf, type Premise } from "./premise.ts";

export interface Applying extends Pick<ApplyOptions, "signal" | "onStarted" | "onWaiting"> {
  readonly clients: Clients;
  readonly looks: Looks;
  readonly time: RetryTime;
  /** After a refusal for the quota's sake: resolves when the change may be sent again, to whether it may; see `WriteQuota.mayGoOn`. */
  mayGoOn(askedMs: number | undefined, signal: AbortSignal): Promise<boolean>;
  /** What of a body the cloud takes at a resource: an older version of its contract may lack members. */
  takenOf(id: string, body: JsonObject): Adapted;
  /** One of the places in which calls are made: it is left as soon as Azure has accepted the call and nothing more is sent. */
  readonly place: Place;
}

/** How often a write is sent that Azure refuses because its resource has got another ETag meanwhile. */
const maxConflicts = 3;
/** For how long the operation of a start is followed, in milliseconds: it can fail within a second. */
const firstSecondsMs = 5000;
/** Between two looks at a set that Azure still works on, in milliseconds. */
const busyPausesMs = [2000, 5000, 10_000, 30_000];

/**
 * Makes one change: a look whether it is still what was reviewed, the call, its operation, and looks until a read shows it. Never rejects. A
 * write whose answer was lost (the connection broke, the server failed after the request was sent, the answer cannot be read) is looked for,
 * and never sent again.
 */
export async function makeChange(planned: Change, applying: Applying): Promise<Outcome> {
  try {
    for (let conflicts = 0; ;) {
      const premise = await whenFree(planned, applying);
      if ("outcome" in premise) return premise.outcome;
      const outcome = await send(premise, applying);
      if (!("refusal" in outcome)) return outcome;
      const { refusal } = outcome;
      if (refusal.problem.status !== 412) {
        if (!(await applying.mayGoOn(refusal.askedPauseMs, applying.signal))) throw refusal;
      } else if (++conflicts === maxConflicts) return notSent(etagDiffers(planned));
    }
  } catch (error) {
    return notSent(problemWith(planned, error));
  }
}

/** The premise, once Azure no longer works on the resource: a set in mode Rolling may be brought to its model for hours. */
async function whenFree(
  change: Change,
  { looks, time, signal, place, onWaiting }: Applying,
): Promise<Premise> {
  for (let look = 0; ; look++) {
    const premise = await premiseOf(looks, change, signal);
    const model = "seen" in premise ? modelIn(premise.seen) : undefined;
    const isWaiting = model !== undefined && !isSettled(model);
    if (!isWaiting) return place.take().then(() => premise);
    place.leave();
    onWaiting?.(change);
    await time.wait(busyPausesMs[Math.min(look, busyPausesMs.length - 1)] ?? 0, signal);
    looks.forget(kindOf(change).subject(change));
  }
}

/** `refusal`: Azure has refused it as a whole, for its resource's ETag or the quota's sake; another look says whether it is sent once more. */
async function send(
  { change, etag, seen, isListBehind }: Extract<Premise, { change: Change }>,
  { clients, looks, time, signal, place, takenOf, onStarted }: Applying,
): Promise<Outcome | { readonly refusal: AzureError }> {
  const call = calls[change.kind];
  const { target, after: body = {} } = change;
  let operation: Operation | undefined;
  try {
    await onStarted?.(change);
    throwIfAborted(signal);
  } catch (error) {
    return notSent(problemWith(change, error));
  }
  const sent = { at: time.now(), isAccepted: true };
  const confirm = async (isAccepted: boolean, why?: Problem): Promise<Outcome> => {
    place.leave();
    const { body: taken, lacking } = takenOf(target, body);
    const asSent = lacking.length > 0 ? { ...change, after: taken ?? {} } : change;
    const outcome = await confirmed(
      asSent,
      { ...sent, isAccepted },
      { looks, time, signal, isListBehind },
      why,
    );
    return lacking.length > 0 && outcome.status === "done" ? partlyDone(change, lacking) : outcome;
  };
  looks.forget(kindOf(change).subject(change));
  try {
    operation = await call.send(target, body, { clients, signal, etag, now: time.now });
  } catch (error) {
    const problem = problemOf(error);
    if (isAzureError(error) && (problem.status === 412 || problem.status === 429)) return { refusal: error };
    return mayBeApplied(change, problem) ? confirm(false, problem) : notSent(problemWith(change, error));
  }
  const isRolling = textAt(modelIn(seen), "properties", "upgradePolicy", "mode")?.toLowerCase() === "rolling";
  try {
    if (call.follows === "firstSeconds") await followFirstSeconds(clients, operation, time, signal);
    else if (operation !== undefined && !(call.follows === "unlessRolling" && isRolling))
      await follow(clients.resourceManager, operation, time, signal, () => looks.admit(target, signal));
  } catch (error) {
    const problem = problemOf(error);
    if (problem.kind === "cancelled") return { status: "underWay" };
    // Azure goes on with what it has accepted, even if it can no longer be followed.
    if (!isVerdict(problem)) return confirm(true, problem);
    return { status: "failed", problem: problemWith(change, error) };
  }
  return confirm(true);
}

async function followFirstSeconds(
  clients: Clients,
  operation: Operation | undefined,
  time: RetryTime,
  signal: AbortSignal,
): Promise<void> {
  if (operation === undefined) return;
  const until = time.now() + firstSecondsMs;
  while (time.now() < until) {
    const { isDone } = await lookAt(clients.resourceManager, operation, signal, time.now);
    if (isDone) return;
    await time.wait(1000, signal);
  }
}

/** A read shows it, but for what the cloud's version of the contract lacks. */
function partlyDone(change: Change, lacking: readonly string[]): Outcome {
  const names = lacking.join(", ");
  const summary = message(
    "Partly done: {0}. This cloud doesn't support {1}, so it wasn't sent.",
    change.title,
    names,
  );
  return { status: "notConfirmed", problem: { kind: "validation", summary } };
}

function notSent(problem: Problem): Outcome {
  return problem.kind === "cancelled" ? { status: "notStarted" } : { status: "failed", problem };
}

/** Failures of a call after which its write may have happened all the same. A deletion's "not found" is what was wanted, if a read agrees. */
function mayBeApplied(change: Change, problem: Problem): boolean {
  const { kind } = problem;
  if (kind === "notFound") return calls[change.kind].isDeletion === true;
  return kind === "network" || kind === "malformed" || (kind === "server" && !isVerdict(problem));
}

/** Whether Azure itself reports a long-running operation as ended badly: it does so in an answer with status 200. */
function isVerdict({ kind, status }: Problem): boolean {
  return status === 200 && kind !== "malformed";
}

/** What was thrown while a change was made. */
export function problemWith(change: Change, error: unknown): Problem {
  const { problem } = about(message("Not done: {0}.", change.title), error);
  return isNameRefused(change, problem) ? { ...problem, wayOut: nameRefused } : problem;
}

function etagDiffers(change: Change): Problem {
  return {
    kind: "conflict",
    summary: message("Not done: {0}. Others keep changing the scale set.", change.title),
    wayOut: message("Wait until the other changes end, then try again."),
  };
}

const nameRefused = message(
  "If a configuration with this name was deleted recently, Azure refuses the name for about 20 minutes. Wait, or choose another name.",
);

/** Azure documents that it refuses the name of a deleted configuration, not with which answer. */
function isNameRefused({ kind }: Change, problem: Problem): boolean {
  if (kind !== "createConfiguration" || problem.code === "InvalidResourceLocation") return false;
  return problem.kind === "conflict" || /\bdelet(ed|ing|ion)\b/i.test(problem.detail ?? "");
}
