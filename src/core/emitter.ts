/** Calls the listener at each event until what it returns is disposed of. */
export type Event<T> = (listener: (value: T) => void) => { dispose(): void };

/** Tells its listeners of events, in the order in which they came: VS Code's EventEmitter, for rooms that do not know VS Code. */
export class Emitter<T = void> {
  readonly #listeners = new Set<(value: T) => void>();

  /** An arrow function, so that an owner can give it out as its own `onDidChange`. */
  readonly event: Event<T> = (listener) => {
    // One who listens twice is two listeners, each with an end of its own.
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  /** Forgets its listeners. */
  dispose(): void {
    this.#listeners.clear();
  }
}
