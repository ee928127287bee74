import { dayMs } from "../../core/milliseconds.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { agendaDays, dateIn } from "../../core/windows/agenda.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Served, Upcoming, UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { Calendar, CalendarDay, CalendarWindow } from "./contract.ts";
import type { ReportWording } from "./wording.ts";

/** The windows of today and the 13 days after it, on the user's calendar and clock. */
export function calendarOf(upcoming: Upcoming, now: string, wording: ReportWording): Calendar {
  const { say } = wording;
  const configurations = new Places<IdKey, Calendar["configurations"][number]>((key) =>
    configurationIn(upcoming.served.get(key), say),
  );
  const times = new Places<string, string>((text) => text);
  const conflicts = new Places<string, string>((text) => text);
  const words = new Map<number, string>();
  // Thousands of windows open and close at the same few hundred moments.
  const timesOf = (window: UpcomingWindow) => {
    const key = window.opens * 4096 + (window.closes - window.opens) / 60_000;
    const known = words.get(key) ?? say(wording.timesOf(window));
    words.set(key, known);
    return known;
  };
  const entry = (window: UpcomingWindow, time: string): CalendarWindow => {
    const found = wording.conflictsOf(window, upcoming);
    return {
      of: configurations.of(window.key),
      at: times.of(time),
      ...(found.length > 0 && { conflicts: found.map((conflict) => conflicts.of(say(conflict))) }),
    };
  };
  const dayOf = dateIn(wording.zone);
  const inWords = daysInWords(wording.locale);
  const open = upcoming.agenda.open.map((window) =>
    entry(
      window,
      dayOf(window.opens) === dayOf(Date.parse(now)) ? timesOf(window) : say(wording.spanOf(window)),
    ),
  );
  const days = datesFrom(dayOf(Date.parse(now))).map((date): CalendarDay => {
    const windows = (upcoming.agenda.days.get(date) ?? []).map((window) => entry(window, timesOf(window)));
    const inConflict = windows.filter((window) => window.conflicts !== undefined).length;
    return { date, ...inWords(date), windows, inConflict };
  });
  return {
    configurations: configurations.all,
    times: times.all,
    conflicts: conflicts.all,
    open,
    days,
    quiet: upcoming.quiet.length,
  };
}

function configurationIn(
  served: Served | undefined,
  say: (text: Message) => string,
): Calendar["configurations"][number] {
  if (served === undefined) return { id: "", name: "", sets: "", schedule: "" };
  const { record, upgrading } = served;
  const sets =
    record.scaleSets.length === 1
      ? message("{0} of 1 scale set upgrades", upgrading.length)
      : message("{0} of {1} scale sets upgrade", upgrading.length, record.scaleSets.length);
  return {
    id: record.id,
    name: record.name,
    sets: say(sets),
    schedule: record.schedule === undefined ? "" : say(record.schedule.words),
  };
}

/** `YYYY-MM-DD` of a day and those after it, whatever daylight saving does to their length. */
function datesFrom(today: string): readonly string[] {
  const start = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: agendaDays }, (_, index) =>
    new Date(start + index * dayMs).toISOString().slice(0, 10),
  );
}

function daysInWords(locale: string): (date: string) => Pick<CalendarDay, "weekday" | "day" | "spoken"> {
  const words = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const weekday = words({ weekday: "short" });
  const day = words({ month: "short", day: "numeric" });
  const spoken = words({ weekday: "long", month: "long", day: "numeric" });
  return (date) => {
    const at = new Date(`${date}T00:00:00Z`);
    return { weekday: weekday.format(at), day: day.format(at), spoken: spoken.format(at) };
  };
}

/** A list in which each thing stands once, at the place where it was met first. */
class Places<K, V> {
  readonly all: V[] = [];
  readonly #places = new Map<K, number>();
  readonly #make: (key: K) => V;

  constructor(make: (key: K) => V) {
    this.#make = make;
  }

  of(key: K): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.all.push(this.#make(key)) - 1;
    this.#places.set(key, place);
    return place;
  }
}
