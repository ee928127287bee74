export { median } from "../../support/statistics.ts";

/** What is told of readings, each with its unit. */
export const measures = [
  "firstRowsMs",
  "settledMs",
  "cpuMs",
  "longestBlockMs",
  "longestBlockCpuMs",
  "heapMB",
] as const;

/** What one reading took; not each run tells everything. */
export type Reading = Partial<Readonly<Record<(typeof measures)[number], number>>>;

/** The least of some figures, to one decimal place. */
export function best(figures: readonly number[]): number {
  return Math.round(Math.min(...figures) * 10) / 10;
}

export function hundredths(figure: number): number {
  return Math.round(figure * 100) / 100;
}

/** `warm`, `settledMs` → `warmSettledMs`. */
export function named(...words: readonly string[]): string {
  return words
    .filter((word) => word !== "")
    .map((word, index) => (index === 0 ? word : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`))
    .join("");
}
