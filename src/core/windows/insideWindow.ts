import { minuteMs } from "../milliseconds.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { occurrences } from "./occurrences.ts";
import type { Occurrence } from "./types.ts";
import type { WindowFields } from "./window.ts";

/** Whether an instant lies in a window, by a configuration as it is known now. */
export type InsideWindow =
  | { readonly inside: "inside"; readonly window: Occurrence }
  | { readonly inside: "outside" }
  /** It can't be told, for this reason. */
  | { readonly inside: "unknown"; readonly why: Message };

/** The longest time that a window is looked for before an instant: longer ones are not in use. */
const longestWindowMs = 36 * 60 * minuteMs;

/** @param at an ISO instant; undefined, or text that is none, where the time is not known */
export function insideWindow(at: string | undefined, fields: WindowFields): InsideWindow {
  const instant = Date.parse(at ?? "");
  if (Number.isNaN(instant)) return unknown(message("Azure didn't give the time."));
  const [first] = occurrences({ ...fields, expirationDateTime: undefined }, { from: longAgo, count: 1 });
  if (first === undefined) return unknown(message("The configuration's schedule couldn't be read."));
  // A pause moves the start, so that windows before it may have been there.
  if (instant < Date.parse(first.start)) {
    return unknown(
      message("The configuration starts on {0}. Its earlier windows are unknown.", first.localStart),
    );
  }
  const from = new Date(instant - longestWindowMs).toISOString();
  const around = occurrences(fields, { from, count: 1, until: new Date(instant + 1).toISOString() });
  const holding = around.map((window) => ({ window, holds: startsOf(window).map(holdsAt(window, instant)) }));
  const sure = holding.find(({ holds }) => holds.every(Boolean));
  if (sure !== undefined) return { inside: "inside", window: sure.window };
  return holding.some(({ holds }) => holds.some(Boolean))
    ? unknown(
        message("The window's start occurs twice when clocks go back. Not documented: which one counts."),
      )
    : { inside: "outside" };
}

const longAgo = "0001-01-01T00:00:00Z";

function unknown(why: Message): InsideWindow {
  return { inside: "unknown", why };
}

function startsOf({ start, laterStart }: Occurrence): readonly number[] {
  return [start, ...(laterStart === undefined ? [] : [laterStart])].map((instant) => Date.parse(instant));
}

function holdsAt({ start, end }: Occurrence, instant: number): (begins: number) => boolean {
  const length = Date.parse(end) - Date.parse(start);
  return (begins) => begins <= instant && instant <= begins + length;
}
