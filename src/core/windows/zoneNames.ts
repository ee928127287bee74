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
