import { message } from "../../text/message.ts";
import { idOfDisplayName } from "../displayNames.ts";
import { ianaOf, insteadOfRetired, windowsOf } from "../zones.ts";
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
      if (id === undefined || ianaOf(id) !== undefined || insteadOfRetired(id) !== undefined)
        return undefined;
      const windowsId = windowsOf(id);
      if (windowsId !== undefined) {
        return message(
          "The time zone “{0}” is an IANA name, and Azure takes Windows ids: choose {1}.",
          id,
          windowsId,
        );
      }
      const displayed = idOfDisplayName(id);
      return displayed === undefined
        ? message(
            "The time zone “{0}” is not a Windows time-zone id: choose one, such as Pacific Standard Time.",
            id,
          )
        : message(
            "The time zone “{0}” is a display name, and Azure takes Windows ids: choose {1}.",
            id,
            displayed,
          );
    },
  },
  {
    id: "time-zone-retired",
    severity: "warn",
    title: message("The time zone is one that Windows still uses"),
    sources: [sources.contract, sources.retiredZones],
    check: ({ window }) => {
      const id = window?.timeZone;
      const instead = insteadOfRetired(id ?? "");
      return id === undefined || instead === undefined
        ? undefined
        : message(
            "The time zone “{0}” is a retired Windows id. Its windows can't be computed: choose a current id, such as {1}.",
            id,
            instead,
          );
    },
  },
];
