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
  readonly name: string;
  /** Undefined where it is not known how many instances there are. */
  readonly estimate: UpgradeEstimate | undefined;
  /** Undefined where no window of a known length is there. */
  readonly windowMinutes: number | undefined;
  /** Whether the plan sets this window. */
  readonly isWindowOfPlan: boolean;
}

/** An upgrade that can be held against its window. */
export type KnownUpgrade = Upgrade & { readonly estimate: UpgradeEstimate; readonly windowMinutes: number };

/** What is to be said of any number of upgrades. */
export interface Fit {
  /** That of which the most is left at the end of its window; where all fit, the one that comes nearest to it. */
  readonly longest: KnownUpgrade | undefined;
  /** How many do not fit. */
  readonly tooLong: number;
  /** How many can't be told: of those it is never said that they fit. */
  readonly unknown: number;
  /** What would let all of them fit, each by itself; undefined where it would not. */
  readonly windowMinutes: number | undefined;
  readonly batchPercent: number | undefined;
  readonly pauseMinutes: number | undefined;
}

/** Holds upgrades against their windows. */
export function* fitOf(upgrades: Iterable<Upgrade>): Sliced<Fit> {
  let longest: KnownUpgrade | undefined;
  let unknown = 0;
  const tooLong: KnownUpgrade[] = [];
  yield* inPieces(upgrades, (upgrade) => {
    if (!isKnown(upgrade)) {
      unknown += 1;
      return;
    }
    if (!fitsInto(upgrade.estimate, upgrade.windowMinutes)) tooLong.push(upgrade);
    if (longest === undefined || overrun(upgrade) > overrun(longest)) longest = upgrade;
  });
  return {
    longest,
    tooLong: tooLong.length,
    unknown,
    windowMinutes: yield* commonRemedy(tooLong, largest, ({ estimate, isWindowOfPlan }) =>
      isWindowOfPlan ? shortestWindow(estimate) : undefined,
    ),
    batchPercent: yield* commonRemedy(tooLong, largest, ({ estimate, windowMinutes }) =>
      smallestBatch(estimate, windowMinutes),
    ),
    pauseMinutes: yield* commonRemedy(tooLong, smallest, ({ estimate, windowMinutes }) =>
      longestPauseMinutes(estimate, windowMinutes),
    ),
  };
}

/** Whether it can be said of an upgrade that it fits or does not. */
export function isKnown(upgrade: Upgrade): upgrade is KnownUpgrade {
  return upgrade.estimate !== undefined && upgrade.windowMinutes !== undefined;
}

const overrun = ({ estimate, windowMinutes }: KnownUpgrade) => estimate.lastBatchMinutes - windowMinutes;
const largest = (a: number, b: number) => Math.max(a, b);
const smallest = (a: number, b: number) => Math.min(a, b);

/** The value that helps each of the upgrades; undefined where there is one that none helps, and where there are none. */
function* commonRemedy(
  upgrades: readonly KnownUpgrade[],
  stricter: (a: number, b: number) => number,
  remedyOf: (upgrade: KnownUpgrade) => number | undefined,
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
