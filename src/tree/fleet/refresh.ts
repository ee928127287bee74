import { parseId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { inEnglish } from "../../core/text/message.ts";
import { isRunning } from "../../core/upgrades/upgrade.ts";
import { configurationsNamedBy } from "../../fleet/snapshot/configurations.ts";
import { listNotes } from "./lists.ts";
import { danglingItems } from "../associations/danglingAssociations.ts";
import { listNode, subscriptionNode, unreadNode } from "./node.ts";
import type { FleetNode, Leaf, Place } from "./node.ts";
import { childrenOf, viewOf } from "./nodes.ts";
import { configurationPlace, groupPlace, scaleSetPlaces } from "./places.ts";
import { rootsOf, subscriptionChildren } from "./roots.ts";
import type { Scene } from "./scene.ts";
import { unreadItems } from "./unread.ts";

/** Where more differ, as while a fleet is read, looking at each takes longer than looking at what is held. */
const maxComparedIds = 1000;

/**
 * The fewest nodes to refresh, children included, so that the tree shows `after` where it showed `before`; `all` only where others stand at
 * the root: until VS Code has asked for all again it knows no node that the user has selected or drags. `ids` are those that differ, `held`
 * the places that VS Code has asked for.
 */
export function placesToRefresh(
  ids: ReadonlySet<string>,
  held: Iterable<Place>,
  before: Scene,
  after: Scene,
): readonly Place[] | "all" {
  if (rootLines(before) !== rootLines(after)) return "all";
  const places =
    ids.size > maxComparedIds
      ? [...held].filter((place) => isOther(place, before, after))
      : placesOf(ids, before, after);
  const all = new Map(places.map((place) => [place.id, place]));
  return [...all.values()].filter(({ parent }) => !isBelowOne(parent, all));
}

/** Whether a place, or what stands below it, is not what it was. */
function isOther(place: Place, before: Scene, after: Scene): boolean {
  if (says(place, before) !== says(place, after)) return true;
  switch (place.kind) {
    case "scaleSet":
      return before.snapshot.scaleSets.get(place.key) !== after.snapshot.scaleSets.get(place.key);
    case "configuration": {
      const [was, is] = [before, after].map(({ snapshot }) => snapshot.configurations.get(place.key));
      return (
        was !== is || (after.grouping.by === "configuration" && below(place, before) !== below(place, after))
      );
    }
    default:
      return below(place, before) !== below(place, after);
  }
}

function below(place: Place, scene: Scene): string {
  return childrenOf(place, scene)
    .map(({ id }) => id)
    .join("\n");
}

/** Where the ids that differ stand, and what differs around them. */
function placesOf(ids: ReadonlySet<string>, before: Scene, after: Scene): readonly Place[] {
  const isBySubscription = after.grouping.by === "subscription";
  const groups = new Set<string>();
  const places = [...ids].flatMap((id) => {
    const subscriptionId = parseId(id)?.subscriptionId;
    return subscriptionId === undefined
      ? ofSubscription(id, before, after)
      : ofResource(id as IdKey, subscriptionId, before, after, groups);
  });
  const lists = isBySubscription
    ? []
    : [listNode("configurations"), listNode("danglingAssociations"), unreadNode];
  const differing = [...[...groups].map((value) => groupPlace(value, after)), ...lists].filter(
    (place) => says(place, before) !== says(place, after),
  );
  return [...places, ...differing];
}

/** What stands at the root, and what of it is refreshed only with all. */
function rootLines(scene: Scene): string {
  return rootsOf(scene)
    .map((node) => ("view" in node ? `${node.id} ${leafLine(node)}` : node.id))
    .join("\n");
}

function isBelowOne(node: FleetNode | undefined, all: ReadonlyMap<string, Place>): boolean {
  return node !== undefined && (all.has(node.id) || isBelowOne(node.parent, all));
}

/** A subscription or list is refreshed whole only where its own line, or what it says beside its items, differs. */
function ofSubscription(id: string, before: Scene, after: Scene): readonly Place[] {
  if (after.grouping.by !== "subscription") return [];
  const places = [subscriptionNode(id), ...subscriptionChildren(id, after)];
  return places.filter((place) => says(place, before) !== says(place, after));
}

/** Adds the groups that the resource was or is in to `groups`, as their counts may differ. */
function ofResource(
  key: IdKey,
  subscriptionId: string,
  before: Scene,
  after: Scene,
  groups: Set<string>,
): readonly Place[] {
  const [were, are] = [before.layout.groupsOf(key), after.layout.groupsOf(key)];
  for (const value of [...were, ...are]) groups.add(value);
  const [was, set] = [before.snapshot.scaleSets.get(key), after.snapshot.scaleSets.get(key)];
  const named = [was, set].flatMap((record) => (record ? configurationsNamedBy(record.assignments) : []));
  const others = named.flatMap((id) => configurationNow(id, after));
  const isMoved = were.length !== are.length || were.some((value, index) => value !== are[index]);
  if (isMoved) {
    const left = [...were, ...are].map((value) => groupPlace(value, after));
    return [...left, ...others];
  }
  if (set !== undefined) return [...scaleSetPlaces(set, after), ...others];
  const [wasThere, isThere] = [before, after].map(({ snapshot }) => snapshot.configurations.has(key));
  if (wasThere && isThere) return configurationNow(key, after);
  const of = after.grouping.by === "subscription" ? subscriptionId : undefined;
  const isDangling =
    before.snapshot.danglingAssociations.has(key) || after.snapshot.danglingAssociations.has(key);
  return [listNode(isDangling ? "danglingAssociations" : "configurations", of), ...others];
}

function configurationNow(key: IdKey, scene: Scene): readonly Place[] {
  const record = scene.snapshot.configurations.get(key);
  const place = record && configurationPlace(record, scene);
  return place === undefined ? [] : [place];
}

/** Of those that are shown, the configurations whose line differs because time has passed, and the scale sets whose upgrade goes on. */
export function placesToRefreshInTime(shown: Iterable<Place>, before: Scene, after: Scene): readonly Place[] {
  return [...shown].filter((place) => {
    if (place.kind === "configuration") return lineOf(place, before) !== lineOf(place, after);
    return place.kind === "scaleSet" && isRunning(after.snapshot.scaleSets.get(place.key)?.upgrade);
  });
}

/** A place's own line, the lists of a subscription, and what it says beside its items. */
function says(place: Place, scene: Scene): string {
  const lists = place.kind === "subscription" ? subscriptionChildren(place.subscriptionId, scene) : [];
  return [lineOf(place, scene), ...lists.map(({ id }) => id), ...leavesOf(place, scene).map(leafLine)].join(
    "\n",
  );
}

function leavesOf(place: Place, scene: Scene): readonly Leaf[] {
  switch (place.kind) {
    case "configurations":
    case "scaleSets":
      return listNotes(place, place.kind, scene);
    case "danglingAssociations":
      return danglingItems(place, scene);
    case "unread":
      return unreadItems(scene);
    default:
      return [];
  }
}

function lineOf(place: Place, scene: Scene): string {
  const view = viewOf(place, scene);
  return view === undefined ? "" : inEnglish(view.spoken);
}

const leafLine = ({ view }: Leaf) => inEnglish(view.spoken);
