import { clockLocale } from "../ui/clock.ts";
import type { Clock } from "./view.ts";

/** Now, as the user's own clock and calendar show it. */
export function clockNow(): Clock {
  return {
    now: new Date().toISOString(),
    locale: clockLocale(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
