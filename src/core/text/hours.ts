import { memo } from "../memo.ts";

/** "22:00" or "10:00 PM": an hour of the day, 0 to 23, as the locale writes it. */
export function hourInWords(hour: number, locale: string): string {
  return timeInWords(Date.UTC(2000, 0, 1, hour), locale, "UTC");
}

/** "22:15" or "10:15 PM": the time of day of an instant in a zone. */
export function timeInWords(instant: number, locale: string, zone: string): string {
  return timeIn(locale)(zone).format(instant);
}

const timeIn = memo((locale: string) =>
  memo(
    (timeZone: string) => new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone }),
  ),
);
