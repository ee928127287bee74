import { message, type Message, verbatim } from "../core/message.ts";
import { nameOf } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Change, Outcome } from "../core/plan.ts";
import type { Problem } from "../core/problem.ts";
import { isApplied, readBack, readBackSettled, send } from "./changes.ts";
import type { Clients } from "./clients.ts";
import { about } from "./errors.ts";

/**
 * Makes one change and reads back what it wrote. Never rejects. A write whose answer was lost (the connection broke, the server failed
 * after the request was sent, the answer cannot be read) is read back and compared before it is called failed.
 */
export async function applyChange(
  clientsFor: (change: Change) => Promise<Clients>,
  change: Change,
): Promise<Outcome> {
  let clients: Clients;
  let answer: JsonObject | undefined;
  try {
    clients = await clientsFor(change);
  } catch (error) {
    const { problem } = about(failureOf(change), error);
    return problem.kind === "cancelled" ? { status: "notStarted" } : { status: "failed", problem };
  }
  try {
    answer = await send(clients, change);
  } catch (error) {
    const { problem } = about(failureOf(change), error);
    if (!mayBeApplied(change, problem)) return { status: "failed", problem };
    const found = await look(() => readBackSettled(clients, change, AbortSignal.timeout(600_000)));
    return found !== "unknown" && isApplied(change, found.resource)
      ? done(found.resource)
      : { status: "failed", problem };
  }
  const found = await look(() => readBack(clients, change, AbortSignal.timeout(60_000)));
  // Azure has confirmed the write; that it cannot be read just now does not undo it.
  if (found === "unknown") return done(answer);
  if (change.kind === "dissociate" && found.resource !== undefined)
    return { status: "failed", problem: stillThere(change) };
  return done(found.resource ?? answer);
}

/**
 * Failures after which the write may have happened all the same. A long-running operation that Azure itself reports as failed (in an
 * answer with status 200) is none of them. A deletion's "not found" is what was wanted, if the list agrees.
 */
function mayBeApplied(change: Change, { kind, status }: Problem): boolean {
  if (kind === "notFound") return change.after === undefined;
  return kind === "network" || kind === "malformed" || (kind === "server" && status !== 200);
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

function failureOf(change: Change): Message {
  return message("Not done: {0}.", change.title);
}
