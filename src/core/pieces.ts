import { inPieces } from "./slices.ts";
import type { Sliced } from "./slices.ts";

/** What `work` makes of each item; `size`: how many are one piece. */
export function* mappedInPieces<T, U>(
  items: Iterable<T>,
  work: (item: T) => U,
  size?: number,
): Sliced<readonly U[]> {
  const made: U[] = [];
  yield* inPieces(items, (item) => made.push(work(item)), size);
  return made;
}

/** So many are sorted, or merged, at once: a comparison of texts takes up to a microsecond. */
const pieceSize = 512;

/** The items in the order of `compare`, those that are equal in the order that they have. What is in order already is compared once. */
export function* sortedInPieces<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Sliced<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += pieceSize) {
    runs.push(items.slice(from, from + pieceSize).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(yield* mergedInPieces(runs[index] ?? [], runs[index + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedInPieces<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
): Sliced<readonly T[]> {
  const [last, next] = [first.at(-1), second[0]];
  if (last === undefined || next === undefined || compare(last, next) <= 0) return [...first, ...second];
  const merged: T[] = [];
  let [one, other] = [0, 0];
  while (one < first.length && other < second.length) {
    const [a, b] = [first[one] as T, second[other] as T];
    if (compare(b, a) < 0) other = merged.push(b) - one;
    else one = merged.push(a) - other;
    if (merged.length % pieceSize === 0) yield;
  }
  return merged.concat(first.slice(one), second.slice(other));
}
