/** Seconds of an ISO 8601 duration in days, hours, minutes and seconds; undefined for anything else, and for more than can be counted. */
export function secondsOf(duration: unknown): number | undefined {
  if (typeof duration !== "string") return undefined;
  const form = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
  const [whole, days, hours, minutes, seconds] = form.exec(duration.trim()) ?? [];
  if (whole === undefined) return undefined;
  const number = (part: string | undefined) => Number(part ?? 0);
  const total = ((number(days) * 24 + number(hours)) * 60 + number(minutes)) * 60 + number(seconds);
  return total <= Number.MAX_SAFE_INTEGER ? total : undefined;
}
