import { arePaired } from "../../core/resources/regions.ts";
import type { Regions } from "../../core/resources/regions.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { AgendaWindow } from "../../core/windows/agenda.ts";

/** Two regions that Azure pairs, by key. */
export interface RegionPair {
  /** Where scale sets upgrade in the window that was asked about. */
  readonly here: string;
  /** Where others do meanwhile. */
  readonly there: string;
}

/** Tells which windows upgrade a region while its pair is upgraded too, so that neither is left to stand in for the other. */
export interface PairedRegions<K> {
  pairsOf(window: AgendaWindow<K>): readonly RegionPair[];
  /** The windows that upgrade scale sets in `pair.there` meanwhile, itself included where it serves both regions. */
  windowsMeanwhile(window: AgendaWindow<K>, pair: RegionPair): readonly AgendaWindow<K>[];
}

/** Windows of one region in order of their opening, and for each the latest end of it and those before it. */
interface Timeline<K> {
  readonly windows: readonly AgendaWindow<K>[];
  readonly latestEnd: readonly number[];
}

/** @param windows in order of their opening; `regionsOf` gives the regions in which scale sets upgrade in a configuration's windows */
export function* pairedRegions<K>(
  windows: readonly AgendaWindow<K>[],
  regionsOf: (key: K) => ReadonlySet<string>,
  regions: Regions,
): Sliced<PairedRegions<K>> {
  const timelines = yield* timelinesOf(windows, regionsOf);
  const partners = new Map(
    [...timelines.keys()].map((here) => [
      here,
      [...timelines.keys()].filter((there) => arePaired(regions, here, there)),
    ]),
  );
  return {
    pairsOf: (window) =>
      [...regionsOf(window.key)].flatMap((here) =>
        (partners.get(here) ?? [])
          .filter((there) => isBusy(timelines.get(there), window))
          .map((there) => ({ here, there })),
      ),
    windowsMeanwhile: ({ opens, closes }, { there }) =>
      (timelines.get(there)?.windows ?? []).filter((other) => other.opens < closes && other.closes > opens),
  };
}

function* timelinesOf<K>(
  windows: readonly AgendaWindow<K>[],
  regionsOf: (key: K) => ReadonlySet<string>,
): Sliced<ReadonlyMap<string, Timeline<K>>> {
  const timelines = new Map<string, { windows: AgendaWindow<K>[]; latestEnd: number[] }>();
  yield* inPieces(windows, (window) => {
    for (const region of regionsOf(window.key)) {
      const timeline = timelines.get(region) ?? { windows: [], latestEnd: [] };
      timelines.set(region, timeline);
      timeline.windows.push(window);
      timeline.latestEnd.push(Math.max(timeline.latestEnd.at(-1) ?? -Infinity, window.closes));
    }
  });
  return timelines;
}

/** Whether any of a region's windows overlaps: of those that open before this one closes, whether one ends after it opens. */
function isBusy<K>(timeline: Timeline<K> | undefined, { opens, closes }: AgendaWindow<K>): boolean {
  if (timeline === undefined) return false;
  let [low, high] = [0, timeline.windows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeline.windows[middle]?.opens ?? Infinity) < closes) low = middle + 1;
    else high = middle;
  }
  return (timeline.latestEnd[low - 1] ?? -Infinity) > opens;
}
