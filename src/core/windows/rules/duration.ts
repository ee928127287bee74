import { dayMs, hourMs } from "../../milliseconds.ts";
import { message } from "../../text/message.ts";
import { readDuration } from "../duration.ts";
import { parseRecurrence, shortestPeriod } from "../recurrence.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

const minDurationMs = 5 * hourMs;

export const durationRules: readonly ScheduleRule[] = [
  {
    id: "duration-missing",
    severity: "warn",
    title: message("A window has a duration"),
    sources: [sources.contract],
    check: ({ window }) =>
      window !== undefined && window.duration === undefined
        ? message(
            "The duration is missing. Azure then takes a default of the scope that it does not document, so that the end of a window can't be told: set one of 05:00 or more.",
          )
        : undefined,
  },
  {
    id: "duration-format",
    severity: "block",
    title: message("The duration is written HH:mm"),
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.duration;
      return text !== undefined && readDuration(text) === undefined
        ? message("The duration “{0}” is not written as HH:mm: enter it like 05:00.", text)
        : undefined;
    },
  },
  {
    id: "duration-minimum",
    severity: "block",
    title: message("An OS image window lasts at least 5 hours"),
    sources: [sources.overview, sources.powerShell, sources.cli, sources.scopes],
    check: ({ window }) => {
      const duration = readDuration(window?.duration ?? "");
      return duration !== undefined && duration < minDurationMs
        ? message(
            "The duration “{0}” is too short. A window for OS image upgrades lasts at least 5 hours: enter 05:00 or more.",
            window?.duration ?? "",
          )
        : undefined;
    },
  },
  {
    id: "duration-recurrence",
    severity: "warn",
    title: message("A window ends before the next one opens"),
    sources: [],
    check: ({ window }) => {
      const duration = readDuration(window?.duration ?? "");
      const recurrence = parseRecurrence(window?.recurEvery ?? "");
      if (duration === undefined || recurrence === undefined) return undefined;
      const days = shortestPeriod(recurrence);
      return duration > days * dayMs
        ? message(
            "The duration “{0}” is longer than the time to the next window with the recurrence “{1}”, so that windows overlap: enter {2}:00 or less.",
            window?.duration ?? "",
            window?.recurEvery ?? "",
            days * 24,
          )
        : undefined;
    },
  },
];
