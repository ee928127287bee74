/** Chance that is the same each time for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.between(0, list.length - 1)];
    if (found === undefined) throw new Error("There is nothing to pick from");
    return found;
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const found = list.map((one) => ({ one, place: this.next() }));
    return found.sort((left, right) => left.place - right.place).map(({ one }) => one);
  }
}

/** `total` things, of each kind its share of them: exact, with what remains given to those that are nearest to one more. */
export function shareOut<K extends string>(total: number, shares: Readonly<Record<K, number>>): K[] {
  const kinds = Object.keys(shares) as K[];
  const sum = kinds.reduce((all, kind) => all + shares[kind], 0);
  const counts = kinds.map((kind) => {
    const exact = sum === 0 ? 0 : (total * shares[kind]) / sum;
    return { kind, count: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  const missing = total - counts.reduce((all, { count }) => all + count, 0);
  const byRest = counts.toSorted((left, right) => right.rest - left.rest).slice(0, missing);
  return counts.flatMap((one) => Array<K>(one.count + (byRest.includes(one) ? 1 : 0)).fill(one.kind));
}

/** How many of `total` each of `count` places gets, by weights that repeat: any long run of places gets its fair part. */
export function spread(total: number, count: number, weights: readonly number[]): number[] {
  const sums = [0];
  for (let place = 0; place < count; place++) {
    sums.push((sums[place] ?? 0) + (weights[place % weights.length] ?? 0));
  }
  const sum = sums.at(-1) ?? 0;
  const upTo = (place: number) => (sum === 0 ? 0 : Math.round((total * (sums[place] ?? 0)) / sum));
  return Array.from({ length: count }, (_, place) => upTo(place + 1) - upTo(place));
}
