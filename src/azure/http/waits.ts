import { Emitter } from "../../core/emitter.ts";
import type { Waits } from "../../core/waits.ts";

/** Keeps count of the pauses that Azure asks for; see `Waits`. */
export class WaitBoard implements Waits {
  readonly #ends = new Map<symbol, number>();
  readonly #changed = new Emitter();
  readonly onDidChange = this.#changed.event;

  get endsAt(): number | undefined {
    return this.#ends.size === 0 ? undefined : Math.max(...this.#ends.values());
  }

  /** Shows a pause that ends at `endsAt` until `pause` settles: at its end, or earlier when it is cancelled. */
  async during(endsAt: number, pause: Promise<void>): Promise<void> {
    const key = Symbol("pause");
    this.#change(() => this.#ends.set(key, endsAt));
    try {
      await pause;
    } finally {
      this.#change(() => this.#ends.delete(key));
    }
  }

  #change(change: () => void): void {
    const before = this.endsAt;
    change();
    if (this.endsAt !== before) this.#changed.fire();
  }
}
