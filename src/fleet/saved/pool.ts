import { isObject } from "../../core/json.ts";
import type { Json, JsonObject } from "../../core/json.ts";

/**
 * JSON values with every equal part once: an entry is `[shape, …values]` of an object and `[-1, …items]` of an array, where a value that is an
 * object or an array stands as `[entry]`. Parts come before what they are part of.
 */
export interface Pool {
  /** Names of members, as objects have them. */
  readonly shapes: readonly (readonly string[])[];
  readonly entries: readonly (readonly Slot[])[];
}

type Scalar = string | number | boolean | null;
/** `[entry]` for what is in the pool. */
export type Slot = Scalar | readonly [number];

const arrayShape = -1;

/** Puts values into a pool. */
export class PoolWriter {
  readonly #shapes = new Map<string, number>();
  readonly #entries = new Map<string, number>();
  readonly #known = new Map<object, number>();
  readonly #all: (readonly Slot[])[] = [];
  readonly #names: (readonly string[])[] = [];

  get pool(): Pool {
    return { shapes: this.#names, entries: this.#all };
  }

  /** The entry of an object or array. */
  put(value: JsonObject | readonly Json[]): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const entry: Slot[] = isObject(value)
      ? this.#objectEntry(value)
      : [arrayShape, ...(value as readonly Json[]).map((item) => this.#slot(item))];
    const text = JSON.stringify(entry);
    let place = this.#entries.get(text);
    if (place === undefined) {
      place = this.#all.push(entry) - 1;
      this.#entries.set(text, place);
    }
    this.#known.set(value, place);
    return place;
  }

  #objectEntry(value: JsonObject): Slot[] {
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    const shape = JSON.stringify(names);
    let place = this.#shapes.get(shape);
    if (place === undefined) {
      place = this.#names.push(names) - 1;
      this.#shapes.set(shape, place);
    }
    return [place, ...names.map((name) => this.#slot(value[name] ?? null))];
  }

  #slot(value: Json): Slot {
    return typeof value === "object" && value !== null ? [this.put(value)] : value;
  }
}

/** The values of a pool, equal parts the same object. Throws where it is not one. */
export function readPool({ shapes, entries }: Pool): readonly unknown[] {
  const values: unknown[] = [];
  const valueOf = (slot: Slot | undefined): unknown => {
    if (typeof slot !== "object" || slot === null) return slot;
    const value = values[slot[0]];
    if (value === undefined) throw new Error("An entry is named before it comes.");
    return value;
  };
  for (const entry of entries) {
    if (entry[0] === arrayShape) {
      values.push(entry.slice(1).map(valueOf));
      continue;
    }
    const names = shapes[entry[0] as number];
    if (names === undefined) throw new Error("An entry has no shape.");
    const value: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) {
      // No name of a member may be the prototype's.
      if (names[index] === "__proto__") continue;
      value[names[index] as string] = valueOf(entry[index + 1]);
    }
    values.push(value);
  }
  return values;
}
