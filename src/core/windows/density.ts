import { hourIn } from "./agenda.ts";
import type { AgendaWindow } from "./agenda.ts";

/** How the windows of a day lie, and which of them stand out. */
export interface Density<W> {
  /** How many open in each hour of the day, from 0 to 23. */
  readonly perHour: readonly number[];
  /** The hour in which most open, 0 to 23: the first where there are more. */
  readonly busiestHour: number;
  /** Those that open first and last. */
  readonly first: W;
  readonly last: W;
  /** The one with the most scale sets; absent where none has any. */
  readonly largest?: W;
  /** How many have scale sets, of which none upgrades. */
  readonly idle: number;
}

/** The scale sets of a window, and those of them that upgrade in it. */
export interface SetCounts {
  readonly sets: number;
  readonly upgrading: number;
}

/** @param windows in order of their opening, on the clock of `zone`; undefined where there are none */
export function densityOf<W extends Pick<AgendaWindow<unknown>, "opens">>(
  windows: readonly W[],
  countsOf: (window: W) => SetCounts,
  zone: string,
): Density<W> | undefined {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const hourOf = hourIn(zone);
  const perHour = Array.from({ length: 24 }, () => 0);
  let largest: W | undefined;
  let [most, idle] = [0, 0];
  for (const window of windows) {
    const hour = hourOf(window.opens);
    perHour[hour] = (perHour[hour] ?? 0) + 1;
    const { sets, upgrading } = countsOf(window);
    if (sets > most) [largest, most] = [window, sets];
    if (isIdle({ sets, upgrading })) idle += 1;
  }
  const busiestHour = perHour.indexOf(Math.max(...perHour));
  return { perHour, busiestHour, first, last, ...(largest && { largest }), idle };
}

/** Whether a window has scale sets, of which none upgrades. */
export function isIdle({ sets, upgrading }: SetCounts): boolean {
  return sets > 0 && upgrading === 0;
}
