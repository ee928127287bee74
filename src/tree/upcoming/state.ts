import { atOnce } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { upcomingAfter } from "../../fleet/snapshot/upcoming.ts";
import type { Served, Upcoming, UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { Clock } from "../view.ts";
import type { WindowNode } from "./node.ts";

/** What the Upcoming Windows view is made from. */
export interface State {
  readonly snapshot: Snapshot;
  readonly upcoming: Upcoming;
  readonly clock: Clock;
  /** Whether windows are only coming in, of a fleet of which none were known before. */
  readonly isArriving: boolean;
  /** What was shown of each node that was compared, by its id, so that it is worked out once per state. */
  readonly lines: Map<string, string>;
}

export function stateOf(snapshot: Snapshot, clock: Clock, wantsPairs = false): State {
  return atOnce(stateAfter(snapshot, clock, undefined, wantsPairs));
}

/** `wantsPairs`: whether windows that upgrade paired regions at the same time are noted. */
export function* stateAfter(
  snapshot: Snapshot,
  clock: Clock,
  before?: State,
  wantsPairs = false,
): Sliced<State> {
  // None of the first windows is shown before all are there.
  const isFirst = snapshot.isFirstReading === true;
  const upcoming = yield* upcomingAfter(
    isFirst ? { ...snapshot, configurations: new Map() } : snapshot,
    clock,
    before,
    wantsPairs,
  );
  const isUnknown = [...upcoming.served.values()].some(({ record }) => record.schedule === undefined);
  const isArriving = isFirst || (isUnknown && (before === undefined || before.isArriving));
  return { snapshot, upcoming, clock, isArriving, lines: new Map() };
}

/** A window with the configuration that opens it. */
export interface Shown {
  readonly served: Served;
  readonly window: UpcomingWindow;
}

/** What a window's node stands for; undefined once the state has it no more. */
export function shownAt({ key, start }: WindowNode, { upcoming }: State): Shown | undefined {
  const served = upcoming.served.get(key);
  const occurrence = served?.record.schedule?.next.find((one) => one.start === start);
  if (served === undefined || occurrence === undefined) return undefined;
  return { served, window: { key, occurrence, ...instantsOf(occurrence) } };
}

function instantsOf({ start, end }: Occurrence) {
  return { opens: Date.parse(start), closes: Date.parse(end) };
}

export function isOpen({ opens }: UpcomingWindow, { clock }: State): boolean {
  return opens <= Date.parse(clock.now);
}
