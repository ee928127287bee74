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
    sources: [sources.contract],
    check: ({ window }) =>
      window !== undefined && window.duration === undefined
        ? message(
            "The duration is missing. Not documented: the default that Azure uses. Enter 05:00 or more.",
          )
        : undefined,
  },
  {
    id: "duration-format",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.duration;
      return text !== undefined && readDuration(text) === undefined
        ? message("The duration “{0}” isn't written as HH:mm. Enter it like 05:00.", text)
        : undefined;
    },
  },
  {
    id: "duration-minimum",
    severity: "block",
    sources: [sources.overview, sources.powerShell, sources.cli, sources.scopes],
    check: ({ window }) => {
      const duration = readDuration(window?.duration ?? "");
      return duration !== undefined && duration < minDurationMs
        ? message(
            "The duration “{0}” is too short. A window lasts at least 5 hours: enter 05:00 or more.",
            window?.duration ?? "",
          )
        : undefined;
    },
  },
  {
    id: "duration-recurrence",
    severity: "warn",
    sources: [],
    check: ({ window }) => {
      const duration = readDuration(window?.duration ?? "");
      const recurrence = parseRecurrence(window?.recurEvery ?? "");
      if (duration === undefined || recurrence === undefined) return undefined;
      const days = shortestPeriod(recurrence);
      return duration > days * dayMs
        ? message(
            "The duration “{0}” is longer than the recurrence “{1}”, so windows overlap. Enter {2}:00 or less.",
            window?.duration ?? "",
            window?.recurEvery ?? "",
            days * 24,
          )
        : undefined;
    },
  },
];
