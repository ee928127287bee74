import { minuteMs } from "../milliseconds.ts";
const durationForm = /^(\d{1,3}):([0-5]\d)(?::00)?$/;

/** Milliseconds of an `HH:mm`; undefined when it is not one. More than 24 hours are read, and so is a single digit. */
export function readDuration(text: string): number | undefined {
  const [, hours, minutes] = durationForm.exec(text.trim()) ?? [];
  return hours === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * minuteMs;
}
