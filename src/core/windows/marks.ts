import { minuteMs } from "../milliseconds.ts";
import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Mark, Occurrence } from "./types.ts";

/** What changes of the clocks do to a window: "starts later than usual, since the clocks go forward". */
export function marksInWords(occurrence: Occurrence): Message | undefined {
  const { marks } = occurrence;
  if (marks.length === 0) return undefined;
  const words: Record<Mark, Message> = {
    gap: message("starts later than usual: clocks go forward"),
    overlap: overlapInWords(occurrence),
    shift: message("clocks change during the window"),
  };
  return joined(
    "; ",
    marks.map((mark) => words[mark]),
  );
}

/** .NET would take the second of the two; what Azure does is not documented. By half an hour the clock of Lord Howe Island goes back. */
function overlapInWords({ start, laterStart }: Occurrence): Message {
  const minutes = laterStart === undefined ? 60 : (Date.parse(laterStart) - Date.parse(start)) / minuteMs;
  return message("starts at this time or {0} minutes later: clocks go back (not documented which)", minutes);
}
