import { atOnce } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Grouping } from "./grouping.ts";
import { Layout } from "./layout.ts";
import type { Clock } from "../view.ts";

/** All that the nodes of the Fleet view are made from. Immutable: whatever changes makes a new one. */
export interface Scene {
  readonly snapshot: Snapshot;
  readonly clock: Clock;
  readonly grouping: Grouping;
  /** As the user wrote it; empty where there is none. */
  readonly filter: string;
  /** Whether the scale sets of a group stand by state before they stand by name. */
  readonly isWorstFirst: boolean;
  /** How many items of a group are shown where the user wanted more than a page, by the group's id. */
  readonly opened: ReadonlyMap<string, number>;
  readonly layout: Layout;
}

/** The scene after `before`, with what of it is another. `ids`: of all that may differ between their snapshots, where that is known. */
export function* sceneAfter(
  parts: Omit<Scene, "layout">,
  before?: Scene,
  ids?: ReadonlySet<string>,
): Sliced<Scene> {
  const { snapshot, grouping, filter, clock } = parts;
  const isSame =
    before?.snapshot === snapshot &&
    before.grouping === grouping &&
    before.filter === filter &&
    before.clock.locale === clock.locale;
  if (isSame) return { ...parts, layout: before.layout };
  const layout = yield* Layout.of({ snapshot, grouping, filter, locale: clock.locale }, before?.layout, ids);
  return { ...parts, layout };
}

/** The same without a pause. */
export function sceneOf(parts: Omit<Scene, "layout">, before?: Scene): Scene {
  return atOnce(sceneAfter(parts, before));
}
