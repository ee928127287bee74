import { dayMs } from "../../core/milliseconds.ts";

/** The wall clock of an IANA zone at an ISO instant, `YYYY-MM-DD HH:mm`. */
export function wallClockIn(zone: string, instant: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(
    new Date(instant),
  );
}

/** Tomorrow evening, a start that most fleets can live with: `YYYY-MM-DD 22:00` in the zone. */
export function tomorrowEvening(zone: string, now: string): string {
  const today = new Date(`${wallClockIn(zone, now).slice(0, 10)}T00:00:00Z`);
  const tomorrow = new Date(today.getTime() + dayMs);
  return `${tomorrow.toISOString().slice(0, 10)} 22:00`;
}
