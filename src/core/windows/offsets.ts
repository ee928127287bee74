import { Temporal } from "temporal-polyfill";
import { memo } from "../memo.ts";
import { dayMilliseconds } from "./calendar.ts";
import type { Mark } from "./types.ts";

/**
 * Offsets of one time zone. Temporal works them out, some days at a time, and the answers are kept: a look-up then costs
 * nanoseconds instead of microseconds, which a thousand configurations in a hundred zones need.
 * All times are milliseconds: instants from 1970-01-01T00:00Z, wall times from 1970-01-01 00:00 on the zone's clock.
 */
export interface ZoneOffsets {
  /** What to add to an instant for the wall time. */
  offsetAt(instant: number): number;
  /**
   * The instant at which the zone's clock shows `wallTime`. One that the clock skips moves forward by the gap;
   * of one that comes twice the first is taken (Temporal's "compatible").
   */
  instantOf(wallTime: number): {
    readonly instant: number;
    readonly mark: Extract<Mark, "gap" | "overlap"> | undefined;
  };
}

/** The offsets of an IANA zone. */
export const offsetsOf: (ianaId: string) => ZoneOffsets = memo((ianaId: string) => {
  const offsetAt = offsetReader(ianaId);
  return {
    offsetAt,
    instantOf(wallTime) {
      // No zone's offset exceeds 14 hours, so that these two lie before and after any change near the wall time.
      const before = offsetAt(wallTime - dayMilliseconds);
      const after = offsetAt(wallTime + dayMilliseconds);
      const early = wallTime - before;
      if (before === after) return { instant: early, mark: undefined };
      const late = wallTime - after;
      const earlyHolds = offsetAt(early) === before;
      const lateHolds = offsetAt(late) === after;
      if (earlyHolds) return { instant: early, mark: lateHolds ? "overlap" : undefined };
      return lateHolds ? { instant: late, mark: undefined } : { instant: early, mark: "gap" };
    },
  };
});

/** A block of days with at most one change of offset. */
interface Block {
  readonly offset: number;
  readonly change?: { readonly at: number; readonly offset: number };
}

/** The step in which the polyfill itself looks for changes; since 2015 no zone has changed and changed back within it. */
const blockLength = 19 * dayMilliseconds;

function offsetReader(ianaId: string): (instant: number) => number {
  const zoned = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(ianaId);
  const offsetBefore = memo((block: number) => zoned(block * blockLength).offsetNanoseconds / 1e6);
  const blockAt = memo((block: number): Block => {
    const offset = offsetBefore(block);
    const offsetAfter = offsetBefore(block + 1);
    const at = offset === offsetAfter ? undefined : zoned(block * blockLength).getTimeZoneTransition("next");
    return at ? { offset, change: { at: at.epochMilliseconds, offset: offsetAfter } } : { offset };
  });
  return (instant) => {
    const { offset, change } = blockAt(Math.floor(instant / blockLength));
    return change !== undefined && instant >= change.at ? change.offset : offset;
  };
}
