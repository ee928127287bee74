import { message } from "../../text/message.ts";
import { idOfDisplayName } from "../displayNames.ts";
import { ianaOf, insteadOfRetired, windowsOf } from "../zones.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const zoneRules: readonly ScheduleRule[] = [
  {
    id: "time-zone-missing",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) =>
      window !== undefined && window.timeZone === undefined
        ? message("The time zone is missing. Choose one, such as UTC.")
        : undefined,
  },
  {
    id: "time-zone-unknown",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const id = window?.timeZone;
      if (id === undefined || ianaOf(id) !== undefined || insteadOfRetired(id) !== undefined)
        return undefined;
      const windowsId = windowsOf(id);
      if (windowsId !== undefined) {
        return message("The time zone “{0}” isn't a Windows time zone ID. Choose {1}.", id, windowsId);
      }
      const displayed = idOfDisplayName(id);
      return displayed === undefined
        ? message(
            "The time zone “{0}” isn't a Windows time zone ID. Choose one, such as Pacific Standard Time.",
            id,
          )
        : message("The time zone “{0}” isn't a Windows time zone ID. Choose {1}.", id, displayed);
    },
  },
  {
    id: "time-zone-retired",
    severity: "warn",
    sources: [sources.contract, sources.retiredZones],
    check: ({ window }) => {
      const id = window?.timeZone;
      const instead = insteadOfRetired(id ?? "");
      return id === undefined || instead === undefined
        ? undefined
        : message(
            "The time zone “{0}” is a retired Windows ID, so its windows can't be calculated. Choose a current one, such as {1}.",
            id,
            instead,
          );
    },
  },
];
