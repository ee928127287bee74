import type { WatchClock } from "../../src/fleet/upgrades/upgradeWatch.ts";

/** A clock that tests turn: it runs what falls due, and what follows from it without waiting for anything. */
export class TestClock implements WatchClock {
  #now: number;
  readonly #due = new Set<{ readonly at: number; readonly work: () => void }>();

  constructor(now: string) {
    this.#now = Date.parse(now);
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, work: () => void): { dispose(): void } {
    const entry = { at: this.#now + milliseconds, work };
    this.#due.add(entry);
    return { dispose: () => this.#due.delete(entry) };
  }

  /** Whether anything is still to come. */
  get isIdle(): boolean {
    return this.#due.size === 0;
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await settled();
      const [next] = [...this.#due].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#due.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.work();
    }
    this.#now = end;
    await settled();
  }
}

/** Lets everything happen that needs no time. */
const settled = async () => {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
};
