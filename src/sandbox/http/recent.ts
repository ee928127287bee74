/** Keeps so many of the things that were made last, by what they were made of. */
export class Recent<T> {
  readonly #maxSize: number;
  readonly #things = new Map<string, T>();

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** The one of that key; made where there is none, or none that `isGood`. */
  get(key: string, make: () => T, isGood: (thing: T) => boolean = () => true): T {
    const known = this.#things.get(key);
    const thing = known !== undefined && isGood(known) ? known : make();
    this.#things.delete(key);
    this.#things.set(key, thing);
    const [oldest] = this.#things.keys();
    if (this.#things.size > this.#maxSize && oldest !== undefined) this.#things.delete(oldest);
    return thing;
  }
}
