import type { CoverageState } from "../core/coverage.ts";
import type { IdKey } from "../core/ids.ts";
import type { Changed } from "./derive.ts";
import type { ConfigurationRecord, Indexes, ScaleSetRecord, Snapshot } from "./snapshot.ts";

export const noIndexes: Indexes = {
  scaleSetsOf: new Map(),
  configurationsOf: new Map(),
  scaleSetsIn: new Map(),
};

/** The indexes after records came, went or differ: only the lists that these stand in are made anew. */
export function indexesAfter(
  { scaleSetsOf, configurationsOf, scaleSetsIn }: Indexes,
  sets: Changed<ScaleSetRecord>,
  configurations: Changed<ConfigurationRecord>,
  before: Snapshot["scaleSets"],
): Indexes {
  const states = new Moves<CoverageState>(scaleSetsIn);
  const subscriptions = new Moves<string>(scaleSetsOf);
  for (const [key] of sets.changed) {
    const [was, is] = [before.get(key), sets.records.get(key)];
    states.move(key, was?.coverage.state, is?.coverage.state);
    subscriptions.move(key, was?.subscriptionId, is?.subscriptionId);
  }
  const owners = new Moves<string>(configurationsOf);
  for (const [key, subscriptionId] of configurations.changed) {
    const isThere = configurations.records.has(key);
    const wasThere = configurationsOf.get(subscriptionId)?.includes(key) === true;
    owners.move(key, wasThere ? subscriptionId : undefined, isThere ? subscriptionId : undefined);
  }
  return {
    scaleSetsOf: subscriptions.after(),
    configurationsOf: owners.after(),
    scaleSetsIn: states.after(),
  };
}

/** An index while keys move from list to list. */
class Moves<K> {
  readonly #before: ReadonlyMap<K, readonly IdKey[]>;
  readonly #gone = new Map<K, Set<IdKey>>();
  readonly #come = new Map<K, IdKey[]>();

  constructor(before: ReadonlyMap<K, readonly IdKey[]>) {
    this.#before = before;
  }

  move(key: IdKey, from: K | undefined, to: K | undefined): void {
    if (from === to) return;
    if (from !== undefined) {
      const gone = this.#gone.get(from) ?? new Set();
      this.#gone.set(from, gone.add(key));
    }
    if (to !== undefined) {
      const come = this.#come.get(to);
      if (come === undefined) this.#come.set(to, [key]);
      else come.push(key);
    }
  }

  after(): ReadonlyMap<K, readonly IdKey[]> {
    if (this.#gone.size + this.#come.size === 0) return this.#before;
    const after = new Map(this.#before);
    for (const list of new Set([...this.#gone.keys(), ...this.#come.keys()])) {
      const gone = this.#gone.get(list);
      const before = after.get(list) ?? [];
      const still = gone === undefined ? before : before.filter((key) => !gone.has(key));
      const keys = [...still, ...(this.#come.get(list) ?? [])];
      if (keys.length === 0) after.delete(list);
      else after.set(list, keys);
    }
    return after;
  }
}
