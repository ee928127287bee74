import { memo } from "../memo.ts";

/** CLDR's name of a zone without regard to daylight saving (`Pacific Time`); the Windows id where CLDR has only an offset. */
export function zoneName(windowsId: string, ianaId: string): string {
  const name = longName(ianaId);
  return name.startsWith("GMT") ? windowsId : name;
}

const longName = memo((ianaId: string): string => {
  const format = new Intl.DateTimeFormat("en", { timeZone: ianaId, timeZoneName: "longGeneric" });
  // Any recent moment: a zone that gave up daylight saving long ago is named as it is now.
  const parts = format.formatToParts(Date.UTC(2026, 0, 1));
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
});

/** English as it is written where a zone's abbreviation is in use: each locale of CLDR has the ones of its own region. */
const locales = ["en-US", "en-GB", "en-AU", "en-CA", "en-IN", "en-NZ", "en-SG", "en-ZA"];

/**
 * Abbreviations by which people know an IANA zone, through the year and without regard to daylight saving: `PST`, `PDT` and
 * `PT`. None where CLDR has only offsets for it. `now`: ISO instant.
 */
export function abbreviationsOf(ianaId: string, now: string): readonly string[] {
  return abbreviationsIn(new Date(now).getUTCFullYear())(ianaId);
}

/** For all zones it takes a quarter of a second, for which a list of zones should make the user wait only once. */
const abbreviationsIn = memo((year: number) =>
  memo((ianaId: string): readonly string[] => {
    const [january, july] = [Date.UTC(year, 0), Date.UTC(year, 6)];
    const found = locales.flatMap((locale) => {
      const names = abbreviations(locale, ianaId, "short", [january, july]);
      // A locale without a name for either half of the year has none for the whole.
      return names.length === 0
        ? []
        : [...names, ...abbreviations(locale, ianaId, "shortGeneric", [january])];
    });
    return [...new Set(found)];
  }),
);

function abbreviations(
  locale: string,
  timeZone: string,
  timeZoneName: "short" | "shortGeneric",
  at: readonly number[],
): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName });
  return at.flatMap((moment) => {
    const name = format.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "";
    // Without a name for the zone the locale writes an offset, such as `GMT+1`.
    return /^[A-Z]{2,5}$/.test(name) ? [name] : [];
  });
}
