import { findIana, findWindows, WINDOWS_TO_IANA_MAP } from "windows-iana";
import { offsetsOf } from "./offsets.ts";
import { zoneName } from "./zoneNames.ts";

/** A time zone that a maintenance configuration can name. */
export interface Zone {
  /** What Azure stores: `Pacific Standard Time`. */
  readonly windowsId: string;
  /** The IANA zone that CLDR gives for it: `America/Los_Angeles`. */
  readonly ianaId: string;
  /** For people: `Pacific Time`; the Windows id where there is no such name. */
  readonly name: string;
  /** Other IANA zones with the same rules, for search: `America/Vancouver`. */
  readonly otherIanaIds: readonly string[];
  /** Cities of those zones, for search: `Los Angeles`, `Vancouver`. */
  readonly cities: readonly string[];
}

/** The zones that CLDR maps for the whole world, by Windows id in lower case: .NET looks ids up without regard to case. */
const zones: ReadonlyMap<string, Pick<Zone, "windowsId" | "ianaId">> = new Map(
  WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === "001").flatMap(
    ({ windowsName: windowsId, iana }) =>
      iana.slice(0, 1).map((ianaId) => [windowsId.toLowerCase(), { windowsId, ianaId }]),
  ),
);

/** Every Windows zone of CLDR, in its order: by standard offset, from west to east. */
export function allZones(): readonly Zone[] {
  return [...zones.values()].map(({ windowsId, ianaId }) => {
    const ianaIds = findIana(windowsId);
    return {
      windowsId,
      ianaId,
      name: zoneName(windowsId, ianaId),
      otherIanaIds: ianaIds.filter((other) => other !== ianaId),
      cities: [...new Set(ianaIds.flatMap(cityOf))],
    };
  });
}

/** `Los Angeles` of `America/Los_Angeles`; none of `Etc/GMT+8` or `PST8PDT`. */
function cityOf(ianaId: string): string[] {
  const city = ianaId.split("/").at(-1)?.replaceAll("_", " ");
  return city === undefined || ianaId.startsWith("Etc/") || !ianaId.includes("/") ? [] : [city];
}

/** The IANA zone of a Windows id in any casing; undefined for an id that CLDR does not know. */
export function ianaOf(windowsId: string): string | undefined {
  return zones.get(windowsId.trim().toLowerCase())?.ianaId;
}

/** The Windows id of an IANA zone, by its old or new name; undefined for a zone that CLDR does not map. */
export function windowsOf(ianaId: string): string | undefined {
  return findWindows(ianaId)[0] ?? findWindows(oldName(ianaId))[0];
}

/** The name that CLDR keeps for good: `Europe/Kiev` for `Europe/Kyiv`. The text itself when it names no zone. */
function oldName(ianaId: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: ianaId }).resolvedOptions().timeZone;
  } catch {
    return ianaId;
  }
}

/** The offset of an IANA zone at an ISO instant: `UTC-08:00`. */
export function offsetNow(ianaId: string, now: string): string {
  const minutes = Math.round(offsetsOf(ianaId).offsetAt(Date.parse(now)) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
