import { minuteMs } from "../core/milliseconds.ts";
import { clockLocale } from "../ui/clock.ts";
import type { Clock } from "./view.ts";

/** The same clock until it shows another time: nothing that is said of time differs within a minute. */
export function clockAfter(before: Clock | undefined): Clock {
  const clock = clockNow();
  const isSame =
    before !== undefined &&
    minuteOf(before) === minuteOf(clock) &&
    before.locale === clock.locale &&
    before.zone === clock.zone;
  return isSame ? before : clock;
}

function minuteOf({ now }: Clock): number {
  return Math.floor(Date.parse(now) / minuteMs);
}

/** Now, as the user's own clock and calendar show it. */
export function clockNow(): Clock {
  return {
    now: new Date().toISOString(),
    locale: clockLocale(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
