import { minuteMs } from "../clock.ts";
import { windowsZones } from "./zones.ts";

/** Making one takes longer than all that it is asked for. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: windowsZones.get(zone) ?? "Etc/UTC",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(zone, format);
  return format;
}

/** What the wall clock of a Windows time zone shows at an instant: milliseconds that read like UTC. */
export function wallTimeAt(instant: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

/** The instant at which the wall clock shows a time; as many minutes after the change where the clock is put forward over it. */
export function instantOf(wallTime: number, zone: string): number {
  const near = wallTime - (wallTimeAt(wallTime, zone) - wallTime);
  return wallTime - (wallTimeAt(near, zone) - near);
}

/** Whether the clock of a Windows time zone never shows a time, since it is put forward over it. `wallTime`: milliseconds that read like UTC. */
export function isSkipped(wallTime: number, zone: string): boolean {
  const time = wallTime - (wallTime % minuteMs);
  return wallTimeAt(instantOf(time, zone), zone) !== time;
}
