import type { Ended } from "./lanes.ts";

/** How many files are told. */
const maxFiles = 10;

/** Where the time of a run went: its layers, and the slowest of their files. */
export function timesInWords(ended: readonly Ended[]): string {
  const layers = ended
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ name, seconds }) => row(seconds, name));
  const files = ended
    .flatMap(({ times }) => times)
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, maxFiles)
    .map(({ name, seconds }) => row(seconds, name));
  return [
    "Where the time went, by layer (those of two lanes run side by side):",
    ...layers,
    ...(files.length === 0 ? [] : ["and the slowest files:", ...files]),
  ].join("\n");
}

function row(seconds: number, name: string): string {
  return `${seconds.toFixed(1).padStart(8)} s  ${name}`;
}
