import { message } from "../../text/message.ts";
import { printWallClock, readWallClock, sinceEpoch } from "../calendar.ts";
import { offsetsOf } from "../offsets.ts";
import { ianaOf } from "../zones.ts";
import { readWindow } from "../window.ts";
import { zoneInWords } from "../words.ts";
import type { ScheduleInput, ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const startRules: readonly ScheduleRule[] = [
  {
    id: "start-missing",
    severity: "block",
    sources: [sources.startRequired],
    check: ({ window }) =>
      window !== undefined && window.startDateTime === undefined
        ? message("The start is missing. Azure refuses a window without one. Enter it as YYYY-MM-DD hh:mm.")
        : undefined,
  },
  {
    id: "start-format",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.startDateTime;
      return text !== undefined && readWallClock(text) === "malformed"
        ? message("The start “{0}” isn't written as YYYY-MM-DD hh:mm. Enter it like 2026-11-01 22:00.", text)
        : undefined;
    },
  },
  {
    id: "start-impossible",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.startDateTime;
      return text !== undefined && readWallClock(text) === "impossible"
        ? message("The start “{0}” isn't a real date and time. Choose another.", text)
        : undefined;
    },
  },
  {
    id: "start-past",
    severity: "warn",
    sources: [sources.contract],
    onlyWhenWriting: true,
    check: (input) => {
      const start = startIn(input);
      // A start that an edit leaves as it is has, rightly, passed.
      const kept = input.before && readWindow(input.before).startDateTime;
      if (start === undefined || start.text === kept) return undefined;
      const now = Date.parse(input.now);
      const today = printWallClock(now + start.offsets.offsetAt(now)).slice(0, 10);
      return printWallClock(start.wallTime).slice(0, 10) < today
        ? message(
            "The start “{0}” has passed. Documented: the current date or later. Choose {1} or later.",
            start.text,
            today,
          )
        : undefined;
    },
  },
  {
    id: "start-gap",
    severity: "warn",
    sources: [sources.gap],
    check: (input) => {
      const start = startIn(input);
      if (start === undefined) return undefined;
      const { instant, mark } = start.offsets.instantOf(start.wallTime);
      if (mark !== "gap") return undefined;
      return message(
        "The start “{0}” falls in the time that {1} skips for daylight saving. Observed: Azure refuses such a start. Choose {2} or another day.",
        start.text,
        zoneInWords(input.window?.timeZone ?? ""),
        printWallClock(instant + start.offsets.offsetAt(instant)),
      );
    },
  },
];

/** The start, once it and its zone are understood. */
function startIn({ window }: ScheduleInput) {
  const text = window?.startDateTime ?? "";
  const clock = readWallClock(text);
  const ianaId = ianaOf(window?.timeZone ?? "");
  if (typeof clock === "string" || ianaId === undefined) return undefined;
  return { text, wallTime: sinceEpoch(clock), offsets: offsetsOf(ianaId) };
}
