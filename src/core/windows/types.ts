import type { Message } from "../text/message.ts";
import type { RuleProblem } from "../text/rule.ts";

/** One maintenance window as it will open. Instants are UTC ISO 8601 (`2026-11-01T05:00:00Z`). */
export interface Occurrence {
  readonly start: string;
  readonly end: string;
  /** Wall-clock times in the configuration's zone, `YYYY-MM-DD HH:mm`. */
  readonly localStart: string;
  readonly localEnd: string;
  readonly marks: readonly Mark[];
  /** Where the start comes twice: the second of the two instants. Which of them Azure takes is not documented. */
  readonly laterStart?: string;
}

/**
 * What daylight saving does to an occurrence: `gap`, its start does not exist on that day and moves forward;
 * `overlap`, its start comes twice, and `start` is the first of the two; `shift`, the offset changes while it is open.
 */
export type Mark = "gap" | "overlap" | "shift";

/** A schedule rule that a configuration does not meet. */
export type WindowProblem = RuleProblem;

/** What can be said of a configuration's window, worked out once when it arrives so that the tree needs no time arithmetic. */
export interface ScheduleFacts {
  /** The schedule in words: "Every day 22:00–03:00, Pacific Time". */
  readonly words: Message;
  /** ISO instant of the start, before which no window opens; absent where the start or its zone is not understood. */
  readonly begins?: string;
  /**
   * The next windows from the time of reading, soonest first, those that are open now included: all that open before
   * `knownUntil`, and at least five where there are as many. Empty when none will open.
   */
  readonly next: readonly Occurrence[];
  /** ISO instant up to which `next` misses no window. */
  readonly knownUntil: string;
  /** The zone of its times in words ("Pacific Time"); absent where it names none. */
  readonly zone?: string;
  readonly problems: readonly WindowProblem[];
  /** Why `next` is empty although windows may open: Azure holds a value that we do not understand. */
  readonly unreadable?: Message;
}
