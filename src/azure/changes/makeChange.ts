import { message, verbatim } from "../../core/text/message.ts";
import { nameOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Change, Outcome } from "../../core/plans/plan.ts";
import type { Problem } from "../../core/text/problem.ts";
import { begin, type Begun, isUnderWay, readBack, readBackSettled, wasApplied } from "./changes.ts";
import type { Clients } from "../clients/clients.ts";
import type { ApplyOptions } from "../contracts.ts";
import { about } from "../errors/errors.ts";
import { throwIfAborted } from "../http/pause.ts";
import { outcomeBeforeSending } from "./unchanged.ts";
import { withLatestUpgrade } from "./upgradeChanges.ts";

/** How long a lost answer's work and a single read-back are waited for. */
const workTimeoutMs = 600_000;
const readTimeoutMs = 60_000;

/**
 * Makes one change and reads back what it wrote. Never rejects. A write whose answer was lost (the connection broke, the server failed
 * after the request was sent, the answer cannot be read) is read back and compared before it is called failed. When `signal` is aborted
 * a write that was not accepted yet counts as not started, and one that Azure works on as under way. `beside`: the clients for what the
 * change is provided with, which may be in another tenant.
 */
export async function makeChange(
  clients: Clients,
  planned: Change,
  { signal, onStarted }: Pick<ApplyOptions, "signal" | "onStarted">,
  beside: Clients = clients,
): Promise<Outcome> {
  let change = planned;
  try {
    const outcome = await outcomeBeforeSending(clients, planned, signal, beside);
    if (outcome !== undefined) return outcome;
    change = await withLatestUpgrade(clients, planned, signal);
    await onStarted?.(change);
    throwIfAborted(signal);
  } catch (error) {
    return notSent(problemWith(planned, error));
  }
  let begun: Begun;
  try {
    begun = await begin(clients, change, signal);
  } catch (error) {
    const problem = problemWith(change, error);
    return mayBeApplied(change, problem) ? whatBecameOf(clients, change, problem, signal) : notSent(problem);
  }
  try {
    await begun.follow?.(signal);
  } catch (error) {
    const problem = problemWith(change, error);
    if (problem.kind === "cancelled") return { status: "underWay" };
    // Azure goes on with what it has accepted, even if it can no longer be followed.
    return isVerdict(problem)
      ? { status: "failed", problem }
      : whatBecameOf(clients, change, problem, signal);
  }
  const found = await look(() => readBack(clients, change, AbortSignal.timeout(readTimeoutMs)));
  // Azure has confirmed the write; that it cannot be read just now does not undo it.
  if (found === "unknown") return done(begun.answer);
  if (isDeletion(change) && found.resource !== undefined)
    return { status: "failed", problem: stillThere(change) };
  return done(found.resource ?? begun.answer);
}

/**
 * What became of a change that was sent and whose end was not heard: its answer was lost, or VS Code was closed before it came. What the
 * resource shows when Azure no longer works on it is compared with what was wanted; where that is not so, `problem` is the reason.
 */
export async function whatBecameOf(
  clients: Clients,
  change: Change,
  problem: Problem,
  signal: AbortSignal,
): Promise<Outcome> {
  const settled = AbortSignal.any([signal, AbortSignal.timeout(workTimeoutMs)]);
  let found = await look(() => readBackSettled(clients, change, settled));
  if (found === "unknown" && settled.aborted)
    found = await look(() => readBack(clients, change, AbortSignal.timeout(readTimeoutMs)));
  if (found === "unknown" || !(await isDone(clients, change, found.resource)))
    return { status: "failed", problem };
  return isUnderWay(change, found.resource) ? { status: "underWay" } : done(found.resource);
}

async function isDone(clients: Clients, change: Change, found: JsonObject | undefined): Promise<boolean> {
  try {
    return await wasApplied(clients, change, found, AbortSignal.timeout(readTimeoutMs));
  } catch {
    return false; // What cannot be read is not known to be done, and the pipeline has logged why.
  }
}

/** Whether a change is a DELETE. */
export function isDeletion({ kind }: Pick<Change, "kind">): boolean {
  return kind === "dissociate" || kind === "deleteConfiguration";
}

function notSent(problem: Problem): Outcome {
  return problem.kind === "cancelled" ? { status: "notStarted" } : { status: "failed", problem };
}

/** Failures of a call after which its write may have happened all the same. A deletion's "not found" is what was wanted, if the list agrees. */
function mayBeApplied(change: Change, problem: Problem): boolean {
  const { kind } = problem;
  if (kind === "notFound") return isDeletion(change);
  return kind === "network" || kind === "malformed" || (kind === "server" && !isVerdict(problem));
}

/** Whether Azure itself reports a long-running operation as ended badly: it does so in an answer with status 200. */
function isVerdict({ kind, status }: Problem): boolean {
  return status === 200 && kind !== "malformed";
}

async function look(
  read: () => Promise<JsonObject | undefined>,
): Promise<{ readonly resource: JsonObject | undefined } | "unknown"> {
  try {
    return { resource: await read() };
  } catch {
    return "unknown"; // The pipeline has logged why; the caller has a better word for the user.
  }
}

function done(resource: JsonObject | undefined): Outcome {
  return resource === undefined ? { status: "done" } : { status: "done", readBack: resource };
}

function stillThere(change: Change): Problem {
  return {
    kind: "conflict",
    summary: message(
      "Azure accepted the removal of {0} but still lists it.",
      verbatim(nameOf(change.target)),
    ),
    wayOut: message("Refresh in a minute; if it is still there, remove it again."),
  };
}

/** For a change that was sent by a window that was closed, and does not show. */
export function interrupted(change: Change): Problem {
  return {
    kind: "network",
    summary: message("Not done: {0}. The window was closed before Azure answered.", change.title),
    wayOut: message("Start it again."),
  };
}

/** What was thrown while a change was made. */
export function problemWith(change: Change, error: unknown): Problem {
  const { problem } = about(message("Not done: {0}.", change.title), error);
  return isNameRefused(change, problem) ? { ...problem, wayOut: nameRefused } : problem;
}

const nameRefused = message(
  "If a configuration of this name was deleted a short while ago: Azure refuses the name for about 20 minutes. Wait that long, or choose another name.",
);

/** Azure documents that it refuses the name of a deleted configuration, not with which answer. */
function isNameRefused({ kind }: Change, problem: Problem): boolean {
  if (kind !== "createConfiguration" || problem.code === "InvalidResourceLocation") return false;
  return problem.kind === "conflict" || /\bdelet(ed|ing|ion)\b/i.test(problem.detail ?? "");
}
