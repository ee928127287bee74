import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/**
 * A window that is too short for its set: estimates foresee it, the rule `window-length` warns of it, and Azure reports it as the error of
 * the upgrade. All three say it with the texts of this file.
 */

/** How many instances an upgrade has dealt with, and how. */
export interface InstanceCounts {
  readonly successful: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly pending: number;
}

/** The error of an upgrade whose window closed before its next batch (https://github.com/MicrosoftDocs/azure-docs/issues/113861). */
export const windowClosedCode = "RollingUpgradeBatchStartTimeNotWithinScheduledWindows";

export function isWindowClosed(error: { readonly code?: string } | undefined): boolean {
  return error?.code?.toLowerCase() === windowClosedCode.toLowerCase();
}

/** What to do about a window that is too short. */
export const moreTime = message(
  "Lengthen the window, raise the batch size, or shorten the pause between batches.",
);

/** That an upgrade takes longer than the window, both in minutes; `basis`: what the first is made of. */
export function tooLong(minutes: number, windowMinutes: number, basis: Message): Message {
  return message(
    "An upgrade takes about {0} minutes, longer than the window of {1}. The window can close before all batches have started. {2}",
    minutes,
    windowMinutes,
    basis,
  );
}

/** That the window closed too early, with how far the upgrade came where that is known. */
export function windowClosed(counts: InstanceCounts | undefined): Message {
  const { successful = 0, failed = 0, inProgress = 0, pending = 0 } = counts ?? {};
  const left = failed + inProgress + pending;
  return successful + left === 0
    ? message("The maintenance window closed before all batches had started.")
    : message(
        "The maintenance window closed before all batches had started: {0} of {1} instances upgraded, {2} not.",
        successful,
        successful + left,
        left,
      );
}
