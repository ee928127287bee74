/**
 * The grammar of `recurEvery` as the Microsoft.Maintenance contract describes it, read tolerantly: tools and Microsoft's own
 * pages write `5days` and `1Week Monday` (Azure/terraform-provider-azurerm#19480, #20705).
 */
export type Recurrence = DayRecurrence | WeekRecurrence | MonthRecurrence;

export interface DayRecurrence {
  readonly unit: "day";
  readonly every: number;
}

export interface WeekRecurrence {
  readonly unit: "week";
  readonly every: number;
  /** 0 is Sunday; ascending, without repeats. Empty: the weekday of the start. */
  readonly weekdays: readonly number[];
}

export interface MonthRecurrence {
  readonly unit: "month";
  readonly every: number;
  /** Undefined for a bare `Month`, which Azure refuses. */
  readonly on: DaysOfMonth | OrdinalWeekday | undefined;
}

/** Days by number, 1 to 31; ascending, without repeats. */
export interface DaysOfMonth {
  readonly days: readonly number[];
}

export interface OrdinalWeekday {
  readonly ordinal: Ordinal;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Days to add, −6 to 6. */
  readonly offset: number;
}

export const ordinals = ["First", "Second", "Third", "Fourth", "Last"] as const;
export type Ordinal = (typeof ordinals)[number];

export const weekdays = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;

const form = /^(\d*)\s*(day|week|month)s?(?:\s+(\S.*))?$/i;
const ordinalForm = /^([a-z]+)\s+([a-z]+)(?:\s+offset\s*((?:[+-]\s*)?\d+))?$/i;
const dayForm = /^day\s*(\d{1,2})$/i;

/** Undefined when the text is not understood: it is then shown as it is and gives no occurrences. */
export function parseRecurrence(text: string): Recurrence | undefined {
  const [, count, unit, rest] = form.exec(text.trim()) ?? [];
  const every = count === "" ? 1 : Number(count);
  if (unit === undefined || !Number.isSafeInteger(every) || every < 1) return undefined;
  switch (unit.toLowerCase()) {
    case "day":
      return rest === undefined ? { unit: "day", every } : undefined;
    case "week":
      return weekRecurrence(every, rest);
    default:
      return monthRecurrence(every, rest);
  }
}

function weekRecurrence(every: number, rest: string | undefined): WeekRecurrence | undefined {
  const days = rest === undefined ? [] : listOf(rest).map((name) => indexIn(weekdays, name));
  return days.includes(-1) ? undefined : { unit: "week", every, weekdays: ascending(days) };
}

function monthRecurrence(every: number, rest: string | undefined): MonthRecurrence | undefined {
  if (rest === undefined) return { unit: "month", every, on: undefined };
  const on = ordinalWeekday(rest) ?? daysOfMonth(rest);
  return on && { unit: "month", every, on };
}

function ordinalWeekday(text: string): OrdinalWeekday | undefined {
  const [, ordinalName = "", weekdayName = "", offsetText = "0"] = ordinalForm.exec(text) ?? [];
  const ordinal = ordinals[indexIn(ordinals, ordinalName)];
  const weekday = indexIn(weekdays, weekdayName);
  // Plus 0: of `Offset-0` comes −0.
  const offset = Number(offsetText.replaceAll(/\s/g, "")) + 0;
  if (ordinal === undefined || weekday < 0 || Math.abs(offset) > 6) return undefined;
  return { ordinal, weekday, offset };
}

function daysOfMonth(text: string): DaysOfMonth | undefined {
  const days = listOf(text).map((item) => Number(dayForm.exec(item)?.[1] ?? 0));
  return days.every((day) => day >= 1 && day <= 31) ? { days: ascending(days) } : undefined;
}

function listOf(text: string): string[] {
  return text.split(",").map((item) => item.trim());
}

function indexIn(names: readonly string[], name: string): number {
  return names.findIndex((known) => known.toLowerCase() === name.toLowerCase());
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The text in the contract's own spelling: `3Days`, `Week Saturday,Sunday`, `Month Last Sunday Offset-3`. */
export function printRecurrence(recurrence: Recurrence): string {
  const { unit, every } = recurrence;
  const name = { day: "Day", week: "Week", month: "Month" }[unit];
  const period = every === 1 ? name : `${every}${name}s`;
  const detail =
    unit === "week"
      ? recurrence.weekdays.map((day) => weekdays[day]).join(",")
      : unit === "month"
        ? printOn(recurrence.on)
        : "";
  return detail === "" ? period : `${period} ${detail}`;
}

function printOn(on: MonthRecurrence["on"]): string {
  if (on === undefined) return "";
  if ("days" in on) return on.days.map((day) => `day${day}`).join(",");
  const weekday = `${on.ordinal} ${weekdays[on.weekday]}`;
  return on.offset === 0 ? weekday : `${weekday} Offset${on.offset}`;
}

/** Days from one occurrence to the next where they are closest. */
export function shortestPeriod(recurrence: Recurrence): number {
  const { unit, every } = recurrence;
  if (unit === "day") return every;
  if (unit === "week") return closest(recurrence.weekdays, every * 7);
  const days = recurrence.on !== undefined && "days" in recurrence.on ? recurrence.on.days : [];
  // A month that has the last of the days is at least that long.
  return closest(days, Math.max(28, ...days) + (every - 1) * 28);
}

/** The shortest step between ascending `days` that repeat after `period`. */
function closest(days: readonly number[], period: number): number {
  const first = days[0] ?? 0;
  return Math.min(...[...days.slice(1), first + period].map((day, index) => day - (days[index] ?? first)));
}
