import { dayMs } from "../../core/milliseconds.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { hourInWords, timeInWords } from "../../core/text/hours.ts";
import { message, sentence, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { agendaDays, dateIn } from "../../core/windows/agenda.ts";
import { densityOf } from "../../core/windows/density.ts";
import type { Density } from "../../core/windows/density.ts";
import { unreadWindows } from "../../core/windows/unreadWindows.ts";
import type { Served, Upcoming, UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Calendar, CalendarDay, CalendarDensity, CalendarWindow } from "./contract.ts";
import type { ReportWording } from "./wording.ts";

/** So many of the windows that are open now are listed, and so many of a day; of more only their distribution. */
const maxOpenWindows = 8;
const maxDayWindows = 3;

/** What is to be known of each window; those without are left out. */
export interface Findings {
  readonly conflicts: ReadonlyMap<UpcomingWindow, readonly Message[]>;
  readonly notes: ReadonlyMap<UpcomingWindow, readonly Message[]>;
}

export function* findingsIn(upcoming: Upcoming, wording: ReportWording): Sliced<Findings> {
  const conflicts = new Map<UpcomingWindow, readonly Message[]>();
  const notes = new Map<UpcomingWindow, readonly Message[]>();
  const { open, days } = upcoming.agenda;
  yield* inPieces([...open, ...[...days.values()].flat()], (window) => {
    const found = wording.conflictsOf(window, upcoming);
    if (found.length > 0) conflicts.set(window, found);
    const noted = wording.notesOf(window, upcoming);
    if (noted.length > 0) notes.set(window, noted);
  });
  return { conflicts, notes };
}

/**
 * The windows of today and the 13 days after it, on the user's calendar and clock: all of the day that is opened, `YYYY-MM-DD`, and of
 * days that have many how they lie and which of them stand out.
 */
export function* calendarOf(
  upcoming: Upcoming,
  { conflicts, notes }: Findings,
  opened: string | undefined,
  {
    snapshot,
    now,
    wording,
  }: { readonly snapshot: Snapshot; readonly now: string; readonly wording: ReportWording },
): Sliced<Calendar> {
  const { agenda, served, quiet } = upcoming;
  const { say } = wording;
  const entry = (window: UpcomingWindow, times: Message): CalendarWindow => ({
    times: say(times),
    conflicts: (conflicts.get(window) ?? []).map(say),
    ...(notes.has(window) && { notes: notes.get(window)?.map(say) ?? [] }),
    ...configurationIn(served.get(window.key), say),
  });
  const dayOf = dateIn(wording.zone);
  const today = dayOf(Date.parse(now));
  const inWords = daysInWords(wording.locale);
  const countsOf = ({ key }: UpcomingWindow) => {
    const { record, upgrading } = served.get(key) ?? {};
    return { sets: record?.scaleSets.length ?? 0, upgrading: upgrading?.length ?? 0 };
  };
  const densityIn = (windows: readonly UpcomingWindow[], timesOf: (window: UpcomingWindow) => Message) => {
    const density = densityOf(windows, countsOf, wording.zone);
    return density && densityInWords(density, (window) => entry(window, timesOf(window)), wording);
  };
  // A day has little room.
  const opening = ({ opens }: UpcomingWindow) => verbatim(timeInWords(opens, wording.locale, wording.zone));
  const days: CalendarDay[] = [];
  for (const date of datesFrom(today)) {
    const all = agenda.days.get(date) ?? [];
    const windows: CalendarWindow[] = [];
    const isListed = date === opened || all.length <= maxDayWindows;
    yield* inPieces(isListed ? all : [], (window) => windows.push(entry(window, wording.timesOf(window))));
    const density = all.length > maxDayWindows ? densityIn(all, opening) : undefined;
    yield;
    const inConflict = all.filter((window) => conflicts.has(window)).length;
    days.push({
      date,
      ...inWords(date),
      windows,
      count: all.length,
      inConflict,
      ...(density && { density }),
    });
  }
  const timesOfOpen = (window: UpcomingWindow) =>
    dayOf(window.opens) === today ? wording.timesOf(window) : wording.spanOf(window);
  const isOpenListed = agenda.open.length <= maxOpenWindows;
  const openDensity = isOpenListed ? undefined : densityIn(agenda.open, timesOfOpen);
  return {
    open: isOpenListed ? agenda.open.map((window) => entry(window, timesOfOpen(window))) : [],
    openCount: agenda.open.length,
    ...(openDensity && { openDensity }),
    days,
    ...unreadIn(snapshot, say),
    quiet: quiet.length,
  };
}

function densityInWords(
  { perHour, busiestHour, first, last, largest, idle }: Density<UpcomingWindow>,
  entry: (window: UpcomingWindow) => CalendarWindow,
  { say, locale }: ReportWording,
): CalendarDensity {
  const most = perHour[busiestHour] ?? 0;
  const at = hourInWords(busiestHour, locale);
  const stand = (what: Message, window: UpcomingWindow) => ({ what: say(what), window: entry(window) });
  const windows = most === 1 ? message("1 window") : message("{0} windows", most);
  return {
    perHour,
    busiest: say(sentence(message("busiest at {0}: {1}", at, windows))),
    highlights: [
      stand(message("First"), first),
      stand(message("Last"), last),
      ...(largest ? [stand(message("Most scale sets"), largest)] : []),
    ],
    ...(idle > 0 && { idle: say(message("{0} with nothing to upgrade", idle)) }),
  };
}

/** Why windows may be missing, so that an empty calendar does not look like a fleet without windows. */
function unreadIn(snapshot: Snapshot, say: (text: Message) => string): Pick<Calendar, "unread"> {
  if (snapshot.isFirstReading === true) return { unread: say(message("Loading…")) };
  const [first] = unreadWindows(snapshot);
  if (first === undefined) return {};
  return { unread: say(message("{0}: {1}", message("Couldn't load all windows"), first.problem.summary)) };
}

function configurationIn(
  served: Served | undefined,
  say: (text: Message) => string,
): Pick<CalendarWindow, "name" | "sets" | "schedule"> {
  if (served === undefined) return { name: "", sets: "", schedule: "" };
  const { record, upgrading } = served;
  const sets =
    record.scaleSets.length === 1
      ? message("{0} of 1 scale set upgrades", upgrading.length)
      : message("{0} of {1} scale sets upgrade", upgrading.length, record.scaleSets.length);
  return {
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
