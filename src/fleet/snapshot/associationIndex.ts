import type { IdKey } from "../../core/resources/ids.ts";
import { configurationsNamedBy } from "./configurations.ts";
import type { ScaleSetRecord } from "./snapshot.ts";

/** The sets of each configuration that an assignment names, each once, sorted by key. */
export type Associated = ReadonlyMap<IdKey, readonly IdKey[]>;

/** Which sets a configuration has, as sets come, go and change their assignments. */
export class AssociationIndex {
  readonly #before: Associated;
  readonly #touched = new Map<IdKey, Set<IdKey>>();

  constructor(before: Associated) {
    this.#before = before;
  }

  /** Takes a set from the configurations that it named `before` and gives it to those that it names now. */
  replace(set: IdKey, before: ScaleSetRecord | undefined, named: readonly IdKey[]): void {
    if (before === undefined && named.length === 0) return;
    const last = before === undefined ? [] : configurationsNamedBy(before.assignments);
    for (const configuration of last) {
      if (!named.includes(configuration)) this.#setsOf(configuration).delete(set);
    }
    for (const configuration of named) {
      if (!last.includes(configuration)) this.#setsOf(configuration).add(set);
    }
  }

  after(): Associated {
    if (this.#touched.size === 0) return this.#before;
    const after = new Map(this.#before);
    for (const [configuration, sets] of this.#touched) {
      if (sets.size === 0) after.delete(configuration);
      else after.set(configuration, [...sets].sort());
    }
    return after;
  }

  #setsOf(configuration: IdKey): Set<IdKey> {
    const touched = this.#touched.get(configuration) ?? new Set(this.#before.get(configuration));
    this.#touched.set(configuration, touched);
    return touched;
  }
}
