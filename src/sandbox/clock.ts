const secondMs = 1000;
export const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, which may have a fraction; undefined when it is not one. */
export function durationOf(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  return (
    Number(days) * dayMs + Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * secondMs
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
