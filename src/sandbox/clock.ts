const units = { D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const;

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, which may have a fraction; undefined when it is not one. */
export function durationOf(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  return (
    Number(days) * units.D + Number(hours) * units.H + Number(minutes) * units.M + Number(seconds) * units.S
  );
}

/** The sandbox's time: an injected clock, plus what it was turned forward by. */
export class Clock {
  readonly #now: () => Date;
  #offset = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#now().getTime() + this.#offset;
  }

  /** Now, as an ISO instant with milliseconds. */
  get instant(): string {
    return new Date(this.now).toISOString();
  }

  advance(milliseconds: number): void {
    this.#offset += milliseconds;
  }

  reset(): void {
    this.#offset = 0;
  }
}
