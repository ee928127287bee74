type Watcher<T> = (subscriptionId: string, key: string, before: T | undefined) => void;

/** Resources by their keys, of which those of one subscription are found at once, and which tells of every change. */
export class Shelf<T> extends Map<string, T> {
  readonly #subscriptionOf: (one: T, key: string) => string;
  readonly #bySubscription = new Map<string, Map<string, T>>();
  readonly #watchers: Watcher<T>[] = [];

  constructor(subscriptionOf: (one: T, key: string) => string) {
    super();
    this.#subscriptionOf = subscriptionOf;
  }

  /** Those of a subscription, by their keys. */
  of(subscriptionId: string): ReadonlyMap<string, T> {
    return this.#bySubscription.get(subscriptionId) ?? new Map<string, T>();
  }

  /** Before each change `watcher` is called with what there was. */
  watch(watcher: Watcher<T>): void {
    this.#watchers.push(watcher);
  }

  override set(key: string, one: T): this {
    const subscriptionId = this.#subscriptionOf(one, key);
    for (const watcher of this.#watchers) watcher(subscriptionId, key, this.get(key));
    const shelf = this.#bySubscription.get(subscriptionId);
    if (shelf === undefined) this.#bySubscription.set(subscriptionId, new Map([[key, one]]));
    else shelf.set(key, one);
    return super.set(key, one);
  }

  override delete(key: string): boolean {
    const one = this.get(key);
    if (one === undefined) return false;
    const subscriptionId = this.#subscriptionOf(one, key);
    for (const watcher of this.#watchers) watcher(subscriptionId, key, one);
    this.#bySubscription.get(subscriptionId)?.delete(key);
    return super.delete(key);
  }
}
