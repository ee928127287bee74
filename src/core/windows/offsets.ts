import { Temporal } from "temporal-polyfill";
import { memo } from "../memo.ts";
import { dayMs } from "../milliseconds.ts";
import type { Mark } from "./types.ts";

/**
 * Offsets of one time zone. Temporal works them out, some days at a time, and the answers are kept: a look-up then costs
 * nanoseconds instead of microseconds, which a thousand configurations in a hundred zones need.
 * All times are milliseconds: instants from 1970-01-01T00:00Z, wall times from 1970-01-01 00:00 on the zone's clock.
 */
export interface ZoneOffsets {
  /** What to add to an instant for the wall time. */
  offsetAt(instant: number): number;
  /** Whether the offset is one and the same from `from` to `to`, both included. */
  isConstant(from: number, to: number): boolean;
  /**
   * The instant at which the zone's clock shows `wallTime`. One that the clock skips moves forward by the gap;
   * of one that comes twice the first is taken (Temporal's "compatible"), and the second is `later`.
   */
  instantOf(wallTime: number): {
    readonly instant: number;
    readonly mark: Extract<Mark, "gap" | "overlap"> | undefined;
    readonly later?: number;
  };
}

/** The offsets of an IANA zone. */
export const offsetsOf: (ianaId: string) => ZoneOffsets = memo((ianaId: string) => {
  const offsetAt = offsetReader(ianaId);
  return {
    offsetAt,
    isConstant(from, to) {
      const offset = offsetAt(from);
      for (let between = from + stepMs; between < to; between += stepMs) {
        if (offsetAt(between) !== offset) return false;
      }
      return offsetAt(to) === offset;
    },
    instantOf(wallTime) {
      // An offset is less than a day, so that these two lie before and after any change near the wall time.
      const before = offsetAt(wallTime - dayMs);
      const after = offsetAt(wallTime + dayMs);
      const early = wallTime - before;
      if (before === after) return { instant: early, mark: undefined };
      const late = wallTime - after;
      const earlyHolds = offsetAt(early) === before;
      const lateHolds = offsetAt(late) === after;
      if (earlyHolds && lateHolds) return { instant: early, mark: "overlap", later: late };
      if (earlyHolds) return { instant: early, mark: undefined };
      return lateHolds ? { instant: late, mark: undefined } : { instant: early, mark: "gap" };
    },
  };
});

/** No zone's clock has been or will be changed and changed back within less than a week (Asia/Hebron in 2040). */
const stepMs = 6 * dayMs;

/** A time through which a zone's offset stays the same; `to` is excluded. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Between two equal offsets no further apart than this, the offset does not change… */
const stretchMs = 19 * dayMs;
/** …until 2037: it is also the step in which the polyfill looks for changes. Later those zones change twice whose clocks follow the moon. */
const stretches = Math.floor(Date.UTC(2037, 0) / stretchMs);

function offsetReader(ianaId: string): (instant: number) => number {
  const ask = memo(
    (instant: number) =>
      new Temporal.ZonedDateTime(BigInt(instant) * 1_000_000n, ianaId).offsetNanoseconds / 1e6,
  );
  const stretchesOf = (length: number) =>
    memo((index: number): Stretch | null => {
      const [from, to] = [index * length, (index + 1) * length];
      const offset = ask(from);
      return offset === ask(to) ? { from, to, offset } : null;
    });
  const [longStretchAt, shortStretchAt] = [stretchesOf(stretchMs), stretchesOf(stepMs)];
  // The next look-up is mostly a day on.
  let latest: Stretch = { from: 0, to: 0, offset: 0 };
  return (instant) => {
    if (instant >= latest.from && instant < latest.to) return latest.offset;
    const index = Math.floor(instant / stretchMs);
    const stretch =
      index >= 0 && index < stretches ? longStretchAt(index) : shortStretchAt(Math.floor(instant / stepMs));
    if (stretch === null) return ask(instant);
    latest = stretch;
    return stretch.offset;
  };
}
