import { hourMs } from "../../milliseconds.ts";
import { message } from "../../text/message.ts";
import { occurrences } from "../occurrences.ts";
import { readWindow } from "../window.ts";
import type { WindowFields } from "../window.ts";
import { zoneInWords } from "../words.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const editRules: readonly ScheduleRule[] = [
  {
    id: "edit-too-late",
    // Azure takes the change; the window may still open as it was.
    severity: "warn",
    onlyWhenWriting: true,
    sources: [sources.troubleshoot],
    check: ({ before, window, now }) => {
      if (before === undefined) return undefined;
      const soon = opensWithinAnHour(readWindow(before), now) ?? (window && opensWithinAnHour(window, now));
      return soon === undefined
        ? undefined
        : message(
            "A window starts at {0} ({1}), in less than an hour. Azure may miss changes made less than an hour before. To be sure, make this one after the window.",
            soon.localStart,
            soon.zone,
          );
    },
  },
];

function opensWithinAnHour(fields: WindowFields, now: string) {
  const [next] = occurrences(fields, { from: now, count: 1 });
  if (next === undefined || Date.parse(next.start) - Date.parse(now) >= hourMs) return undefined;
  return { localStart: next.localStart, zone: zoneInWords(fields.timeZone ?? "") };
}
