import { message } from "../../text/message.ts";
import { ianaOf, windowsOf } from "../zones.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const zoneRules: readonly ScheduleRule[] = [
  {
    id: "time-zone-missing",
    severity: "block",
    title: message("A window has a time zone"),
    sources: [sources.contract],
    check: ({ window }) =>
      window !== undefined && window.timeZone === undefined
        ? message(
            "The time zone is missing, so that it can't be told when a window opens: choose one, such as UTC.",
          )
        : undefined,
  },
  {
    id: "time-zone-unknown",
    severity: "block",
    title: message("The time zone is a Windows time-zone id"),
    sources: [sources.contract],
    check: ({ window }) => {
      const id = window?.timeZone;
      if (id === undefined || ianaOf(id) !== undefined) return undefined;
      const windowsId = windowsOf(id);
      return windowsId === undefined
        ? message(
            "The time zone “{0}” is not a Windows time-zone id: choose one, such as Pacific Standard Time.",
            id,
          )
        : message(
            "The time zone “{0}” is an IANA name, and Azure takes Windows ids: choose {1}.",
            id,
            windowsId,
          );
    },
  },
];
