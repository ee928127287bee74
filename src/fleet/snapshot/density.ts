import { hourIn } from "../../core/windows/agenda.ts";
import type { Upcoming, UpcomingWindow } from "./upcoming.ts";

/** So many windows of a day are listed in the report; of more it is told how they lie, and which of them stand out. */
export const maxListedWindows = 3;

/** How the windows of a day lie, and which of them stand out. */
export interface Density {
  /** How many open in each hour of the day, from 0 to 23. */
  readonly perHour: readonly number[];
  /** The hour in which most open, 0 to 23: the first where there are more. */
  readonly busiestHour: number;
  /** Those that open first and last. */
  readonly first: UpcomingWindow;
  readonly last: UpcomingWindow;
  /** The one with the most scale sets; absent where none has any. */
  readonly largest?: UpcomingWindow;
  /** How many have scale sets, of which none upgrades. */
  readonly idle: number;
}

/** @param windows in order of their opening, on the clock of `zone`; undefined where there are none */
export function densityOf(
  windows: readonly UpcomingWindow[],
  { served }: Pick<Upcoming, "served">,
  zone: string,
): Density | undefined {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const hourOf = hourIn(zone);
  const perHour = Array.from({ length: 24 }, () => 0);
  let [largest, most, idle] = [undefined as UpcomingWindow | undefined, 0, 0];
  for (const window of windows) {
    const hour = hourOf(window.opens);
    perHour[hour] = (perHour[hour] ?? 0) + 1;
    const { record, upgrading } = served.get(window.key) ?? {};
    const count = record?.scaleSets.length ?? 0;
    if (count > most) [largest, most] = [window, count];
    if (count > 0 && upgrading?.length === 0) idle += 1;
  }
  const busiestHour = perHour.indexOf(Math.max(...perHour));
  return { perHour, busiestHour, first, last, ...(largest && { largest }), idle };
}
