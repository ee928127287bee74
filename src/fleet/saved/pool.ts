import { isObject } from "../../core/resources/json.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";

/**
 * JSON values with every equal part once, almost all of it numbers: these are read without making an object of each, and an object is made
 * of a part when it is asked for.
 */
export interface Pool {
  readonly scalars: readonly Scalar[];
  /** Names of members, as objects have them. */
  readonly shapes: readonly (readonly string[])[];
  /**
   * One part after the other, each after those that it has: the number of an object's shape, or `-1 - n` for an array of n items, then its
   * values. A value that is 0 or more is the place of a scalar; `-n` is the n-th part.
   */
  readonly parts: readonly number[];
}

type Scalar = string | number | boolean | null;

/** Puts values into a pool. */
export class PoolWriter {
  readonly #scalars = new Map<Scalar, number>();
  readonly #shapes = new Map<string, number>();
  readonly #parts = new Map<string, number>();
  readonly #known = new Map<object, number>();
  readonly #names: (readonly string[])[] = [];
  readonly #numbers: number[] = [];

  get pool(): Pool {
    return { scalars: [...this.#scalars.keys()], shapes: this.#names, parts: this.#numbers };
  }

  /** Which part an object or array is, from 1. */
  put(value: JsonObject | readonly Json[]): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const part = isObject(value) ? this.#objectPart(value) : this.#arrayPart(value as readonly Json[]);
    const text = part.join();
    let place = this.#parts.get(text);
    if (place === undefined) {
      place = this.#parts.size + 1;
      this.#parts.set(text, place);
      for (const number of part) this.#numbers.push(number);
    }
    this.#known.set(value, place);
    return place;
  }

  /** The place of a scalar. */
  putScalar(value: Scalar): number {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const place = this.#scalars.size;
    this.#scalars.set(value, place);
    return place;
  }

  #objectPart(value: JsonObject): readonly number[] {
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    const shape = JSON.stringify(names);
    let place = this.#shapes.get(shape);
    if (place === undefined) {
      place = this.#names.push(names) - 1;
      this.#shapes.set(shape, place);
    }
    return [place, ...names.map((name) => this.#number(value[name] ?? null))];
  }

  #arrayPart(value: readonly Json[]): readonly number[] {
    return [-1 - value.length, ...value.map((item) => this.#number(item))];
  }

  #number(value: Json): number {
    return typeof value === "object" && value !== null ? -this.put(value) : this.putScalar(value);
  }
}

/** A pool that was read. Throws where it is not one; after that all that it has can be asked for. */
export class PoolReader {
  readonly #pool: Pool;
  /** Where each part begins. */
  readonly #starts: readonly number[];
  readonly #made: (object | undefined)[];

  constructor(pool: Pool) {
    this.#pool = pool;
    if (!pool.shapes.every((names) => names.every((name) => typeof name === "string"))) noPool();
    if (pool.scalars.some((scalar) => typeof scalar === "object" && scalar !== null)) noPool();
    this.#starts = startsIn(pool);
    // Of its full length from the start: an array that is filled at random is kept as a table of hashes.
    this.#made = Array.from({ length: this.#starts.length + 1 });
  }

  /** Whether all are numbers of parts; from 0 where one need not be there. */
  areParts(numbers: readonly number[], least: 0 | 1): boolean {
    const most = this.#starts.length;
    return numbers.every((n) => Number.isInteger(n) && n >= least && n <= most);
  }

  /** Whether all are places of texts. */
  areTexts(places: readonly number[]): boolean {
    const { scalars } = this.#pool;
    return places.every((place) => typeof scalars[place] === "string");
  }

  text(place: number): string {
    const text = this.#pool.scalars[place];
    return typeof text === "string" ? text : noPool();
  }

  /** The n-th part, from 1: the same object each time. */
  part(n: number): object {
    const known = this.#made[n];
    if (known !== undefined) return known;
    const made = this.#make(this.#starts[n - 1] ?? noPool());
    this.#made[n] = made;
    return made;
  }

  #make(start: number): object {
    const { shapes, parts } = this.#pool;
    const head = parts[start] ?? noPool();
    if (head < 0)
      return Array.from({ length: -1 - head }, (_, index) => this.#value(parts[start + 1 + index]));
    const value: Record<string, unknown> = {};
    let place = start;
    for (const name of shapes[head] ?? noPool()) {
      place += 1;
      // No name of a member may be the prototype's.
      if (name !== "__proto__") value[name] = this.#value(parts[place]);
    }
    return value;
  }

  #value(number: number | undefined): unknown {
    if (number === undefined) noPool();
    return number < 0 ? this.part(-number) : this.#pool.scalars[number];
  }
}

function startsIn({ scalars, shapes, parts }: Pool): readonly number[] {
  const starts: number[] = [];
  let next = 0;
  parts.forEach((number, place) => {
    if (!Number.isInteger(number)) noPool();
    if (place === next) {
      next += 1 + (number < 0 ? -1 - number : (shapes[number]?.length ?? noPool()));
      starts.push(place);
      // Only what came before: no part has itself.
    } else if (number >= scalars.length || -number >= starts.length) noPool();
  });
  return next === parts.length ? starts : noPool();
}

function noPool(): never {
  throw new Error("It names what is not there.");
}
