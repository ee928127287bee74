/** A map while it is worked on. It is copied with the first thing that differs, so that a map in which nothing changes stays the same object. */
export class Edited<K, V> {
  #map: ReadonlyMap<K, V>;
  #copy: Map<K, V> | undefined;

  constructor(map: ReadonlyMap<K, V>) {
    this.#map = map;
  }

  get map(): ReadonlyMap<K, V> {
    return this.#copy ?? this.#map;
  }

  get(key: K): V | undefined {
    return this.map.get(key);
  }

  set(key: K, value: V): void {
    if (this.get(key) !== value) this.#edit().set(key, value);
  }

  delete(key: K): void {
    if (this.map.has(key)) this.#edit().delete(key);
  }

  #edit(): Map<K, V> {
    return (this.#copy ??= new Map(this.#map));
  }
}
