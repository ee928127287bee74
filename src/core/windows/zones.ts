import { Temporal } from "temporal-polyfill";
import { findIana, findWindows, WINDOWS_TO_IANA_MAP } from "windows-iana";
import { printInstant, printTime } from "./calendar.ts";
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

/**
 * What CLDR's later releases map otherwise than ours, as the clocks there were changed: what Windows shows as "(UTC-07:00) La Paz, Mazatlan"
 * and "(UTC+06:00) Bishkek" no longer has the clock of Chihuahua and Almaty.
 */
const laterPlaces: ReadonlyMap<string, string> = new Map([
  ["Mountain Standard Time (Mexico)", "America/Mazatlan"],
  ["Central Asia Standard Time", "Asia/Bishkek"],
]);

/** Places that changed to the clock of another Windows zone since our release of CLDR, with that zone. */
const movedPlaces: ReadonlyMap<string, string> = new Map([
  ["America/Chihuahua", "Central Standard Time (Mexico)"],
  ["America/Ojinaga", "Central Standard Time"],
  ["America/Scoresbysund", "Greenland Standard Time"],
  ["Asia/Almaty", "Qyzylorda Standard Time"],
  ["Asia/Qostanay", "Qyzylorda Standard Time"],
]);

/** The zones that CLDR maps for the whole world, by Windows id in lower case: .NET looks ids up without regard to case. */
const zones: ReadonlyMap<string, Pick<Zone, "windowsId" | "ianaId">> = new Map(
  WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === "001").flatMap(
    ({ windowsName: windowsId, iana }) =>
      iana
        .slice(0, 1)
        .map((first) => [
          windowsId.toLowerCase(),
          { windowsId, ianaId: laterPlaces.get(windowsId) ?? first },
        ]),
  ),
);

/** Every Windows zone of CLDR, in its order: by standard offset, from west to east. */
export function allZones(): readonly Zone[] {
  return [...zones.values()].map(({ windowsId, ianaId }) => {
    const ianaIds = placesOf(windowsId);
    return {
      windowsId,
      ianaId,
      name: zoneName(windowsId, ianaId),
      otherIanaIds: ianaIds.filter((other) => other !== ianaId),
      cities: [...new Set(ianaIds.flatMap(cityOf))],
    };
  });
}

/** The IANA zones with a Windows zone's rules. */
function placesOf(windowsId: string): readonly string[] {
  const moved = [...movedPlaces].flatMap(([ianaId, to]) => (to === windowsId ? ianaId : []));
  return [...findIana(windowsId).filter((ianaId) => !movedPlaces.has(ianaId)), ...moved];
}

/** `Los Angeles` of `America/Los_Angeles`; none of `Etc/GMT+8` or `PST8PDT`. */
function cityOf(ianaId: string): string[] {
  const city = ianaId.split("/").at(-1)?.replaceAll("_", " ");
  return city === undefined || ianaId.startsWith("Etc/") || !ianaId.includes("/") ? [] : [city];
}

/**
 * Windows ids of zones that are there for old data only ("Mid-Atlantic - Old", "Petropavlovsk-Kamchatsky - Old"), with a current one that
 * Windows shows beside it. CLDR maps them to no place, so that it is not known when their clocks change. These two are all:
 * https://github.com/mattjohnsonpint/TimeZoneConverter/pull/90
 */
const retiredZones: ReadonlyMap<string, string> = new Map([
  ["mid-atlantic standard time", "UTC-02"],
  ["kamchatka standard time", "Russia Time Zone 11"],
]);

/** A current Windows id to choose in the place of a retired one, in any casing; undefined for an id that is not retired. */
export function insteadOfRetired(windowsId: string): string | undefined {
  return retiredZones.get(windowsId.trim().toLowerCase());
}

/** The IANA zone of a Windows id in any casing; undefined for an id that CLDR does not know. */
export function ianaOf(windowsId: string): string | undefined {
  return zones.get(windowsId.trim().toLowerCase())?.ianaId;
}

/** The Windows id of an IANA zone, by its old or new name; undefined for a zone that CLDR does not map. */
export function windowsOf(ianaId: string): string | undefined {
  return movedPlaces.get(ianaId) ?? findWindows(ianaId)[0] ?? findWindows(oldName(ianaId))[0];
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
  return printOffset(offsetsOf(ianaId).offsetAt(Date.parse(now)));
}

/** A change of a zone's clock. */
export interface OffsetChange {
  /** ISO instant. */
  readonly at: string;
  /** The offset from then on: `UTC-07:00`. */
  readonly offset: string;
}

/** The next change of an IANA zone's offset after an ISO instant; undefined where none is known. */
export function nextChange(ianaId: string, now: string): OffsetChange | undefined {
  const change = Temporal.Instant.from(now).toZonedDateTimeISO(ianaId).getTimeZoneTransition("next");
  if (change === null) return undefined;
  const { epochMilliseconds, offsetNanoseconds } = change;
  return { at: printInstant(epochMilliseconds), offset: printOffset(offsetNanoseconds / 1e6) };
}

/** `UTC+05:30` of an offset in milliseconds. */
function printOffset(milliseconds: number): string {
  return `UTC${milliseconds < 0 ? "-" : "+"}${printTime(Math.abs(milliseconds))}`;
}
