import { dayMs, minuteMs } from "../clock.ts";
import { windowsZones } from "./zones.ts";

/** The wall clock of a Windows time zone: what it shows at an instant, as milliseconds that read like UTC. */
export function wallClock(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: windowsZones.get(zone) ?? "Etc/UTC",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  return (instant) => {
    const parts = format.formatToParts(instant);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  };
}

/**
 * Whether the clock of a Windows time zone never shows a time, since it is put forward over it. `wallTime`: milliseconds that read like
 * UTC. No zone is a day away from UTC, and none changes twice within two days.
 */
export function isSkipped(wallTime: number, zone: string): boolean {
  const time = wallTime - (wallTime % minuteMs);
  const shown = wallClock(zone);
  return [time - dayMs, time + dayMs].every((near) => {
    const offset = shown(near) - near;
    return shown(time - offset) !== time;
  });
}
