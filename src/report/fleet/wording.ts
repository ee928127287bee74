import type { Message } from "../../core/text/message.ts";
import type { Upcoming, UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { PlainWording } from "../wording.ts";

/** How the fleet report puts things into words. */
export interface ReportWording extends PlainWording {
  /** "3 hours ago" */
  ago(instant: string): string;
  /** "22:00–03:00" on the user's clock. */
  timesOf(window: UpcomingWindow): Message;
  /** "Mon, Nov 23, 22:00–03:00", for one that may have opened on another day. */
  spanOf(window: UpcomingWindow): Message;
  /** What stands in the way of a window: one sentence each, none where nothing does. */
  conflictsOf(window: UpcomingWindow, upcoming: Upcoming): readonly Message[];
  /** What else is worth knowing of a window, where the user wants to. */
  notesOf(window: UpcomingWindow, upcoming: Upcoming): readonly Message[];
}
