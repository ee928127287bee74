import type { Sliced } from "./slices.ts";

/** How many items are sorted, or merged, at a time: comparing names takes some tenths of a microsecond. */
const pieceSize = 1024;

/** The items in order, equal ones as they came; what is in order already is compared once. */
export function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Sliced<T[]> {
  let runs: T[][] = [];
  for (let from = 0; from === 0 || from < items.length; from += pieceSize) {
    runs.push(items.slice(from, from + pieceSize).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2)
      merged.push(yield* together(runs[index] ?? [], runs[index + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* together<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): Sliced<T[]> {
  const [last, first] = [left.at(-1), right[0]];
  if (last === undefined || first === undefined || compare(last, first) <= 0) return [...left, ...right];
  const merged: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l] as T, right[r] as T];
    const isLeft = compare(a, b) <= 0;
    merged.push(isLeft ? a : b);
    if (isLeft) l += 1;
    else r += 1;
    if (merged.length % pieceSize === 0) yield;
  }
  return merged.concat(left.slice(l), right.slice(r));
}
