import { message } from "../../text/message.ts";
import { parseRecurrence } from "../recurrence.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const recurrenceRules: readonly ScheduleRule[] = [
  {
    id: "recurrence-missing",
    severity: "block",
    sources: [sources.overview],
    check: ({ window }) =>
      window !== undefined && window.recurEvery === undefined
        ? message("The recurrence is missing. Enter Day.")
        : undefined,
  },
  {
    id: "recurrence-unknown",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.recurEvery;
      return text !== undefined && parseRecurrence(text) === undefined
        ? message(
            "The recurrence “{0}” couldn't be read. Enter Day, or a form such as 3Days, Week Saturday,Sunday or Month Last Sunday.",
            text,
          )
        : undefined;
    },
  },
  {
    id: "recurrence-month-day",
    severity: "block",
    sources: [sources.monthWithoutDay],
    check: ({ window }) => {
      const recurrence = parseRecurrence(window?.recurEvery ?? "");
      return recurrence?.unit === "month" && recurrence.on === undefined
        ? message(
            "The recurrence “{0}” has no day. Azure refuses it (“missing day of month or week of month”). Add one, as in Month day23 or Month Last Sunday.",
            window?.recurEvery ?? "",
          )
        : undefined;
    },
  },
  {
    id: "recurrence-daily",
    severity: "warn",
    sources: [sources.powerShell, sources.cli, sources.overview, sources.scopes],
    check: ({ window }) => {
      const recurrence = parseRecurrence(window?.recurEvery ?? "");
      if (recurrence === undefined || (recurrence.unit === "day" && recurrence.every === 1)) return undefined;
      return message(
        "The recurrence “{0}” may be refused. Microsoft's pages disagree: PowerShell and CLI say Day, the overview Day or Week, the page on scopes up to 7 days. All accept Day.",
        window?.recurEvery ?? "",
      );
    },
  },
];
