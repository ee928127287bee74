import { memo } from "../memo.ts";

/** "22:00" or "10:00 PM": an hour of the day, 0 to 23, as the locale writes it. */
export function hourInWords(hour: number, locale: string): string {
  return timeIn(locale).format(Date.UTC(2000, 0, 1, hour));
}

const timeIn = memo(
  (locale: string) =>
    new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }),
);
