/**
 * The day in the number of a platform image's version, as `YYYY-MM-DD`; undefined where it holds none. Publishers write it as
 * `20348.2582.240703`, `17763.1935.2105080716`, `22.04.202408010`, `2016.127.20180613`, `9.4.2024071119`, `3.20241005.01` or `2024.07.15`.
 */
export function dayOfVersion(version: string): string | undefined {
  const parts = version.trim().split(".");
  if (parts.length === 3 && parts.every((part) => /^\d{1,4}$/.test(part))) {
    return dayOf(parts[0] ?? "", (parts[1] ?? "").padStart(2, "0"), (parts[2] ?? "").padStart(2, "0"));
  }
  for (const part of parts.toReversed()) {
    const day = dayInPart(part);
    if (day !== undefined) return day;
  }
  return undefined;
}

/** Both readings begin at the same digit; at most one of them is a day of this century, since no month is above 12. */
function dayInPart(part: string): string | undefined {
  const [, year, month, date] = /^(20\d\d)(\d\d)(\d\d)\d{0,4}$/.exec(part) ?? [];
  if (year !== undefined) {
    const day = dayOf(year, month ?? "", date ?? "");
    if (day !== undefined) return day;
  }
  const [, shortYear, shortMonth, shortDate] = /^(\d\d)(\d\d)(\d\d)(?:\d{4})?$/.exec(part) ?? [];
  return shortYear === undefined ? undefined : dayOf(`20${shortYear}`, shortMonth ?? "", shortDate ?? "");
}

/** The first year of images with such versions; before it the four digits of a year would read as a month of 2020. */
const firstYear = 2013;

function dayOf(year: string, month: string, date: string): string | undefined {
  const day = `${year}-${month}-${date}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number(year) < firstYear || Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().startsWith(day) ? day : undefined;
}

/** Compares versions number by number, as Azure orders them. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one = "0", other = "0"] = [left[index], right[index]];
    const difference = Number(one) - Number(other);
    if (Number.isNaN(difference)) return one < other ? -1 : one > other ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return 0;
}
