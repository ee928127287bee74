import { minuteMs } from "../milliseconds.ts";
const durationForm = /^(\d{1,3}):([0-5]\d)(?::00)?$/;

/** Milliseconds of an `HH:mm`; undefined when it is not one. More than 24 hours are read, and so is a single digit. */
export function readDuration(text: string): number | undefined {
  const [, hours, minutes] = durationForm.exec(text.trim()) ?? [];
  return hours === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

/** The `HH:mm` of whole minutes. */
export function printDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / minuteMs);
  const two = (count: number) => String(count).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
