import type { Sliced } from "../slices.ts";
import { inPieces } from "../slices.ts";
import { estimateWith } from "./estimate.ts";
import type { UpgradeEstimate } from "./estimate.ts";

/**
 * Whether upgrades fit into maintenance windows. Azure begins no batch once the window has closed, and fails the upgrade
 * (`RollingUpgradeBatchStartTimeNotWithinScheduledWindows`, https://github.com/MicrosoftDocs/azure-docs/issues/113861). Not documented: what
 * becomes of a batch that runs at that moment. An upgrade is taken to start as its window opens.
 */

/** Whether every batch begins before the window closes. */
export function fitsInto({ lastBatchMinutes }: UpgradeEstimate, windowMinutes: number): boolean {
  return lastBatchMinutes < windowMinutes;
}

/** The lengths of windows that are proposed: at least what Azure takes, and shorter than a day. */
export const fittingWindows = { leastMinutes: 5 * 60, belowMinutes: 24 * 60, stepMinutes: 15 } as const;

/** The shortest window that an upgrade fits into, in minutes; undefined where none does that is shorter than a day. */
export function shortestWindow(estimate: UpgradeEstimate): number | undefined {
  const { leastMinutes, belowMinutes, stepMinutes } = fittingWindows;
  // The last batch has to begin before the end, not at it.
  const steps = Math.floor(estimate.lastBatchMinutes / stepMinutes) + 1;
  const minutes = Math.max(leastMinutes, steps * stepMinutes);
  return minutes < belowMinutes ? minutes : undefined;
}

const allPercent = 100;

/** The smallest batch, in percent and larger than it is, with which an upgrade fits; undefined where no batch is large enough. */
export function smallestBatch(estimate: UpgradeEstimate, windowMinutes: number): number | undefined {
  for (let batchPercent = estimate.batchPercent + 1; batchPercent <= allPercent; batchPercent += 1)
    if (fitsInto(estimateWith(estimate, { batchPercent }), windowMinutes)) return batchPercent;
  return undefined;
}

/** The longest pause, in whole minutes and shorter than it is, with which an upgrade fits; undefined where it doesn't without any. */
export function longestPauseMinutes(estimate: UpgradeEstimate, windowMinutes: number): number | undefined {
  const unpaused = estimateWith(estimate, { pauseSeconds: 0 });
  if (estimate.pauseSeconds <= 0 || !fitsInto(unpaused, windowMinutes)) return undefined;
  const left = (windowMinutes - unpaused.lastBatchMinutes) / Math.max(1, estimate.batches - 1);
  const longest = Math.min(Math.ceil(left), Math.ceil(estimate.pauseSeconds / 60)) - 1;
  return Math.max(0, longest);
}

/** An upgrade and the window that it is to fit into. */
export interface Upgrade {
  /** Undefined where it is not known how many instances there are. */
  readonly estimate: UpgradeEstimate | undefined;
  /** Undefined where the length of its window is not known. */
  readonly windowMinutes: number | undefined;
}

/** An upgrade that can be held against its window. */
export type Known<U extends Upgrade> = U & {
  readonly estimate: UpgradeEstimate;
  readonly windowMinutes: number;
};

/** What is to be said of any number of upgrades. */
export interface Fit<U extends Upgrade> {
  /** How many there are. */
  readonly count: number;
  /** The one whose last batch begins the latest, as its window goes. */
  readonly longest: Known<U> | undefined;
  /** Those that do not fit. */
  readonly tooLong: readonly Known<U>[];
  /** How many can't be told: of those it is never said that they fit. */
  readonly unknown: number;
  /** What would let all of them fit, each by itself; undefined where it would not. */
  readonly windowMinutes: number | undefined;
  readonly batchPercent: number | undefined;
  readonly pauseMinutes: number | undefined;
}

/** Holds upgrades against their windows. */
export function* fitOf<U extends Upgrade>(upgrades: readonly U[]): Sliced<Fit<U>> {
  let longest: Known<U> | undefined;
  let unknown = 0;
  const tooLong: Known<U>[] = [];
  yield* inPieces(upgrades, (upgrade) => {
    if (!isKnown(upgrade)) {
      unknown += 1;
      return;
    }
    if (!fitsInto(upgrade.estimate, upgrade.windowMinutes)) tooLong.push(upgrade);
    if (longest === undefined || overrun(upgrade) > overrun(longest)) longest = upgrade;
  });
  return {
    count: upgrades.length,
    longest,
    tooLong,
    unknown,
    windowMinutes: yield* commonRemedy(tooLong, Math.max, ({ estimate }) => shortestWindow(estimate)),
    batchPercent: yield* commonRemedy(tooLong, Math.max, ({ estimate, windowMinutes }) =>
      smallestBatch(estimate, windowMinutes),
    ),
    pauseMinutes: yield* commonRemedy(tooLong, Math.min, ({ estimate, windowMinutes }) =>
      longestPauseMinutes(estimate, windowMinutes),
    ),
  };
}

/** Whether it can be said of an upgrade that it fits or does not. */
export function isKnown<U extends Upgrade>(upgrade: U): upgrade is Known<U> {
  return upgrade.estimate !== undefined && upgrade.windowMinutes !== undefined;
}

const overrun = ({ estimate, windowMinutes }: Known<Upgrade>) => estimate.lastBatchMinutes - windowMinutes;

/** The value that helps each of the upgrades; undefined where there is one that none helps, and where there are none. */
function* commonRemedy(
  upgrades: readonly Known<Upgrade>[],
  stricter: (a: number, b: number) => number,
  remedyOf: (upgrade: Known<Upgrade>) => number | undefined,
): Sliced<number | undefined> {
  let common: number | undefined;
  let isHelpless = false;
  yield* inPieces(upgrades, (upgrade) => {
    const own = isHelpless ? undefined : remedyOf(upgrade);
    if (own === undefined) isHelpless = true;
    else common = common === undefined ? own : stricter(common, own);
  });
  return isHelpless ? undefined : common;
}
