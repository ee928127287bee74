import { minuteMs } from "../milliseconds.ts";
import { joined, message, verbatim } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Attempt } from "./attempts.ts";
import { batchInWords } from "./batches.ts";
import type { Share, UpgradeProgress } from "./upgrade.ts";
import { isWindowClosed } from "./windowEnd.ts";

/** "2 h 5 min"; in minutes up to an hour. */
export function durationInWords(milliseconds: number): Message {
  const minutes = Math.round(milliseconds / minuteMs);
  if (minutes < 1) return message("less than a minute");
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? message("{0} min", minutes) : message("{0} h {1} min", hours, minutes % 60);
}

/** How far a running upgrade is, in parts for one line: what it does, its batch, its counts. */
export function progressInWords({ attempt, batch, done, total }: UpgradeProgress): readonly Message[] {
  const { failed } = attempt.progress;
  return [
    ...(attempt.isBeingCancelled ? [message("cancelling")] : []),
    ...(/^rollingback$/i.test(attempt.status) ? [message("rolling back")] : []),
    ...(batch === undefined ? [] : [batchInWords(batch)]),
    total === 0 ? message("nothing to upgrade") : message("{0} of {1} instances done", done, total),
    ...(failed === 0 ? [] : [message("{0} failed", failed)]),
  ];
}

/** What is told beside that where there is room: health against the limit, and the time. */
export function moreInWords({ unhealthy, elapsed, remaining }: UpgradeProgress): readonly Message[] {
  return [
    unhealthy === undefined ? message("health unknown") : message("unhealthy: {0}", shareInWords(unhealthy)),
    ...(elapsed === undefined ? [] : [message("running for {0}", durationInWords(elapsed))]),
    ...(remaining === undefined ? [] : [message("about {0} left", durationInWords(remaining.milliseconds))]),
  ];
}

/** "1 of 12 (8 %, the limit is 20 %)". */
export function shareInWords({ count, of, percent, limitPercent }: Share): Message {
  return message("{0} of {1} ({2} %, limit {3} %)", count, of, percent, limitPercent);
}

/** How an upgrade ended. */
export interface Ending {
  /** `partly`: complete, but some instances failed; `open`: it runs, or Azure does not say. */
  readonly outcome: "completed" | "partly" | "cancelled" | "failed" | "open";
  /** One or more sentences. */
  readonly text: Message;
  /** What to do. */
  readonly next?: Message;
}

/** What became of an upgrade, and what to do about it; of none where Azure shows it no more. */
export function endingOf(attempt: Attempt | undefined): Ending {
  if (attempt === undefined) {
    return {
      outcome: "open",
      text: message("Azure no longer shows this upgrade. Its result is unknown."),
      next: message("Check its upgrade history, or run Check Image Versions."),
    };
  }
  const { progress, error } = attempt;
  const { successful, failed, inProgress, pending } = progress;
  const total = successful + failed + inProgress + pending;
  switch (attempt.status.toLowerCase()) {
    case "completed":
      if (total === 0) {
        return {
          outcome: "completed",
          text: message("Nothing to upgrade: all instances already ran the latest image."),
        };
      }
      return failed === 0
        ? {
            outcome: "completed",
            text: message("Upgrade completed: {0} of {1} instances.", successful, total),
          }
        : {
            outcome: "partly",
            text: message(
              "Upgrade ended: {0} of {1} instances upgraded, {2} failed.",
              successful,
              total,
              failed,
            ),
            next: error?.next ?? message("Check the instance view of the instances that weren't upgraded."),
          };
    case "cancelled":
      return {
        outcome: "cancelled",
        text: message(
          "Upgrade cancelled after {0} of {1} instances. The others keep their image.",
          successful,
          total,
        ),
        next: message("Wait for the next window, or start an upgrade now, outside any window."),
      };
    case "faulted":
      return failureOf(attempt, total);
    default:
      return {
        outcome: "open",
        text: message(
          "Azure reports “{0}”: {1} of {2} instances upgraded.",
          attempt.status,
          successful,
          total,
        ),
      };
  }
}

function failureOf({ progress, error, rolledBack }: Attempt, total: number): Ending {
  const { successful, failed } = progress;
  const meaning = error?.meaning ?? message("Azure gave no error.");
  const parts = [
    ...(isWindowClosed(error)
      ? [meaning, ...failedOnes(failed)]
      : [failedAfter(successful, total, failed), meaning]),
    ...(rolledBack === 0 ? [] : [message("Rolled back: {0}.", rolledBack)]),
  ];
  return {
    outcome: "failed",
    text: joined(" ", parts),
    next: error?.next ?? message("Check the instance view of the instances that weren't upgraded."),
  };
}

function failedAfter(successful: number, total: number, failed: number): Message {
  return message("Upgrade failed: {0} of {1} instances upgraded, {2} failed.", successful, total, failed);
}

/** Beside an error that says itself how many were upgraded. */
function failedOnes(failed: number): readonly Message[] {
  if (failed === 0) return [];
  return [failed === 1 ? message("1 instance failed.") : message("{0} instances failed.", failed)];
}

/** An outcome by one word. */
export function outcomeName(outcome: Ending["outcome"], status: string): Message {
  const names: Readonly<Record<Ending["outcome"], Message>> = {
    completed: message("Completed"),
    partly: message("Completed with failures"),
    cancelled: message("Cancelled"),
    failed: message("Failed"),
    open: status === "" ? message("Unknown") : verbatim(status),
  };
  return names[outcome];
}
