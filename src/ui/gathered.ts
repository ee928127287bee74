export interface GatheredOptions<T> {
  /** How long after the first of them more is waited for, in milliseconds. */
  readonly forMs: number;
  /** Whether anything else may end that soon: if nothing can, the first is reported at once. */
  isMoreExpected(): boolean;
  tell(ended: readonly T[]): void;
}

/** Gathers what ends within a short time, so that one notification tells all of it. */
export class Gathered<T> {
  readonly #options: GatheredOptions<T>;
  #ended: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: GatheredOptions<T>) {
    this.#options = options;
  }

  /** What has ended and is not reported yet. */
  get waiting(): readonly T[] {
    return this.#ended;
  }

  add(ended: T): void {
    this.#ended.push(ended);
    if (!this.#options.isMoreExpected()) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), this.#options.forMs);
  }

  /** What waits is dropped. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ended = [];
  }

  #tell(): void {
    const ended = this.#ended;
    this.dispose();
    this.#options.tell(ended);
  }
}
