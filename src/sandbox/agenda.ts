/** When there is something to do for which scale set next. */
export class Agenda {
  readonly #times = new Map<string, number>();
  #first = Infinity;

  /** Has a set looked at from an instant on; Infinity is never. What was to be done for it earlier stays. */
  add(key: string, time: number): void {
    const earliest = Math.min(time, this.#times.get(key) ?? Infinity);
    if (earliest === Infinity) return;
    this.#times.set(key, earliest);
    this.#first = Math.min(this.#first, earliest);
  }

  /** Takes out the sets whose time has come, each with that time. */
  takeDue(now: number): readonly (readonly [key: string, time: number])[] {
    if (now < this.#first) return [];
    const due = [...this.#times].filter(([, time]) => time <= now);
    this.#first = Infinity;
    for (const [key, time] of this.#times) {
      if (time <= now) this.#times.delete(key);
      else this.#first = Math.min(this.#first, time);
    }
    return due;
  }
}
