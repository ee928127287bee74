import { memo } from "../memo.ts";
import { dayMs } from "../milliseconds.ts";
import { inPieces } from "../slices.ts";
import type { Sliced } from "../slices.ts";
import { sortedInPieces } from "../pieces.ts";
import type { Occurrence } from "./types.ts";

/** How many days ahead the agenda looks. */
export const agendaDays = 14;

/** One window of one configuration. */
export interface AgendaWindow<K> {
  /** Of its configuration. */
  readonly key: K;
  readonly occurrence: Occurrence;
  /** Milliseconds from 1970, as `closes`. */
  readonly opens: number;
  readonly closes: number;
}

/** The windows of many configurations that are open or will open soon, each once, in order of their opening. */
export interface Agenda<K> {
  readonly open: readonly AgendaWindow<K>[];
  /** By the user's date on which they open, `YYYY-MM-DD`, ascending. Days without a window are left out. */
  readonly days: ReadonlyMap<string, readonly AgendaWindow<K>[]>;
}

/** When and where the agenda is read. */
export interface AgendaClock {
  /** ISO instant. */
  readonly now: string;
  /** The user's IANA time zone. */
  readonly zone: string;
}

/**
 * The agenda of the next 14 days. `schedules` gives each configuration with its windows, ascending; those that are over are
 * passed by. Windows that open together keep the order of their configurations.
 */
export function* agendaOf<K>(
  schedules: Iterable<readonly [key: K, windows: readonly Occurrence[]]>,
  { now, zone }: AgendaClock,
): Sliced<Agenda<K>> {
  const moment = Date.parse(now);
  const horizon = moment + agendaDays * dayMs;
  const windows: AgendaWindow<K>[] = [];
  yield* inPieces(schedules, ([key, next]) => {
    for (const occurrence of next) {
      const opens = Date.parse(occurrence.start);
      if (opens >= horizon) break;
      const closes = Date.parse(occurrence.end);
      if (closes > moment) windows.push({ key, occurrence, opens, closes });
    }
  });
  const open: AgendaWindow<K>[] = [];
  const days = new Map<string, AgendaWindow<K>[]>();
  const dayOf = dateIn(zone);
  yield* inPieces(yield* sortedInPieces(windows, (a, b) => a.opens - b.opens), (window) => {
    if (window.opens <= moment) return open.push(window);
    const date = dayOf(window.opens);
    const day = days.get(date);
    return day === undefined ? days.set(date, [window]) : day.push(window);
  });
  return { open, days };
}

/** The date of an instant in a zone, `YYYY-MM-DD`. */
export const dateIn = memo((zone: string) => {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  // Midnights and changes of offset fall on quarters of an hour.
  const dateOf = memo((quarter: number) => format.format(quarter * 900_000));
  return (instant: number): string => dateOf(Math.floor(instant / 900_000));
});

/** The hour of an instant on a zone's clock, 0 to 23. */
export const hourIn = memo((zone: string) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });
  const hourOf = memo((quarter: number) => Number(format.format(quarter * 900_000)));
  return (instant: number): number => hourOf(Math.floor(instant / 900_000));
});
