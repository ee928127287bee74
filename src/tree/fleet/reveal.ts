import type { Place } from "./node.ts";
import { childrenOf } from "./nodes.ts";
import { pageSize, rootGroup } from "./pages.ts";
import type { Scene } from "./scene.ts";

/** How many items of its group must be shown so that a place is among them; undefined where it is already, or is not in the group. */
export function pagesFor(place: Place, scene: Scene): number | undefined {
  const { parent } = place;
  const indexIn = (shown: Scene) => childrenOf(parent, shown).findIndex(({ id }) => id === place.id);
  if (indexIn(scene) >= 0) return undefined;
  const index = indexIn({ ...scene, opened: new Map([[parent?.id ?? rootGroup, Infinity]]) });
  return index < 0 ? undefined : Math.ceil((index + 1) / pageSize) * pageSize;
}
