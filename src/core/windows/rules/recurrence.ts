import { message } from "../../text/message.ts";
import { parseRecurrence } from "../recurrence.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const recurrenceRules: readonly ScheduleRule[] = [
  {
    id: "recurrence-missing",
    severity: "block",
    title: message("A window has a recurrence"),
    sources: [sources.overview],
    check: ({ window }) =>
      window !== undefined && window.recurEvery === undefined
        ? message("The recurrence is missing, so that it can't be told when a window opens: enter Day.")
        : undefined,
  },
  {
    id: "recurrence-unknown",
    severity: "block",
    title: message("The recurrence follows the contract's grammar"),
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.recurEvery;
      return text !== undefined && parseRecurrence(text) === undefined
        ? message(
            "The recurrence “{0}” is not understood, so that it can't be told when a window opens: enter Day, or a form such as 3Days, Week Saturday,Sunday or Month Last Sunday.",
            text,
          )
        : undefined;
    },
  },
  {
    id: "recurrence-month-day",
    severity: "block",
    title: message("A monthly recurrence names its day"),
    sources: [sources.monthWithoutDay],
    check: ({ window }) => {
      const recurrence = parseRecurrence(window?.recurEvery ?? "");
      return recurrence?.unit === "month" && recurrence.on === undefined
        ? message(
            "The recurrence “{0}” has no day, and Azure refuses it (“missing day of month or week of month”): add one, as in Month day23 or Month Last Sunday.",
            window?.recurEvery ?? "",
          )
        : undefined;
    },
  },
  {
    id: "recurrence-daily",
    severity: "warn",
    title: message("OS image windows recur every Day"),
    sources: [sources.powerShell, sources.cli, sources.overview, sources.scopes],
    check: ({ window }) => {
      const recurrence = parseRecurrence(window?.recurEvery ?? "");
      if (recurrence === undefined || (recurrence.unit === "day" && recurrence.every === 1)) return undefined;
      return message(
        "The recurrence “{0}” may be refused: Microsoft's PowerShell and CLI pages say that it must be Day, while the overview says Day or Week and the page on scopes up to 7 days. Only Day is accepted by every one of them.",
        window?.recurEvery ?? "",
      );
    },
  },
];
