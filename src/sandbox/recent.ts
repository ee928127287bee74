/** Remembers so many of the things that were used last. */
export class Recent<T> {
  readonly #most: number;
  readonly #things = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    const thing = this.#things.get(key);
    if (thing !== undefined) this.add(key, thing);
    return thing;
  }

  add(key: string, thing: T): T {
    this.#things.delete(key);
    this.#things.set(key, thing);
    const [oldest] = this.#things.keys();
    if (this.#things.size > this.#most && oldest !== undefined) this.#things.delete(oldest);
    return thing;
  }
}
