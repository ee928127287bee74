import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Mark, Occurrence } from "./types.ts";

/** What changes of the clocks do to a window: "starts later than usual, since the clocks go forward". */
export function marksInWords({ marks }: Occurrence): Message | undefined {
  if (marks.length === 0) return undefined;
  const words: Record<Mark, Message> = {
    gap: message("starts later than usual, since the clocks go forward"),
    overlap: message("its start comes twice, since the clocks go back; the first counts"),
    shift: message("the clocks change while it is open"),
  };
  return joined(
    "; ",
    marks.map((mark) => words[mark]),
  );
}
