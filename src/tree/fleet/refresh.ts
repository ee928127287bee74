import { onceFor } from "../../core/memo.ts";
import type { Sliced } from "../../core/slices.ts";
import { inEnglish } from "../../core/text/message.ts";
import { isRunning } from "../../core/upgrades/upgrade.ts";
import { danglingItems } from "../associations/danglingAssociations.ts";
import { momentOf } from "../configurations/configurationView.ts";
import { isArriving } from "./arriving.ts";
import { listNotes } from "./lists.ts";
import type { FleetNode, Leaf, Place } from "./node.ts";
import { childrenOf, itemsOf, viewOf } from "./nodes.ts";
import { rootsOf, subscriptionChildren } from "./roots.ts";
import type { Scene } from "./scene.ts";
import { unreadItems } from "./unread.ts";

/**
 * The fewest of the places that VS Code holds to refresh, children included, so that the tree shows `after` where it showed `before`; `all`
 * only where others stand at the root: until VS Code has asked for all again it knows no node that the user has selected or drags.
 */
export function* placesToRefresh(
  held: Iterable<Place>,
  before: Scene,
  after: Scene,
): Sliced<readonly Place[] | "all"> {
  if (rootLines(before) !== rootLines(after)) return "all";
  const others = new Map<string, Place>();
  for (const place of held) {
    if (yield* isOther(place, before, after)) others.set(place.id, place);
    yield;
  }
  return [...others.values()].filter(({ parent }) => !isBelowOne(parent, others));
}

/** What stands at the root, and what of it is refreshed only with all. */
const rootLines = onceFor((scene: Scene) =>
  rootsOf(scene)
    .map((node) => ("view" in node ? `${node.id} ${leafLine(node)}` : node.id))
    .join("\n"),
);

function isBelowOne(node: FleetNode | undefined, all: ReadonlyMap<string, Place>): boolean {
  return node !== undefined && (all.has(node.id) || isBelowOne(node.parent, all));
}

/** Whether a place, or what stands below it, is not what it was. Texts are compared only where what they are made of differs. */
function* isOther(place: Place, before: Scene, after: Scene): Sliced<boolean> {
  const [were, are] = [sourcesOf(place, before), sourcesOf(place, after)];
  if (were.length === are.length && were.every((source, index) => source === are[index])) return false;
  if (place.kind === "scaleSet" || (place.kind === "configuration" && after.grouping.by !== "configuration"))
    return true;
  return says(place, before) !== says(place, after) || (yield* hasOtherItems(place, before, after));
}

/** All that a place's line and what stands below it are made of, but for the clock. */
function sourcesOf(place: Place, scene: Scene): readonly unknown[] {
  const { snapshot, layout, filter, grouping, opened } = scene;
  const named = (id: string) => snapshot.subscriptions.get(id)?.subscription;
  const items = () => [itemsOf(place, scene), opened.get(place.id)];
  switch (place.kind) {
    case "scaleSet":
      return [snapshot.scaleSets.get(place.key), named(place.subscriptionId)];
    case "configuration": {
      const record = snapshot.configurations.get(place.key);
      const sets = grouping.by === "configuration" ? [layout.groups.get(place.key)] : itemsOf(place, scene);
      return [record, named(place.subscriptionId), opened.get(place.id), ...sets];
    }
    case "subscription": {
      const { subscription, graphProblem } = snapshot.subscriptions.get(place.subscriptionId) ?? {};
      // While a filter is on it follows from all that it has whether its lists are shown.
      const lists =
        filter === "" ? [] : subscriptionChildren(place.subscriptionId, scene).map(({ id }) => id);
      const sets = layout.groups.get(place.subscriptionId);
      const hasDangling = layout.danglingAssociations.has(place.subscriptionId);
      return [
        subscription,
        graphProblem,
        sets,
        hasDangling,
        isArriving(snapshot, place.subscriptionId),
        ...lists,
      ];
    }
    case "configurations":
    case "scaleSets": {
      const { configurations, scaleSets, assignments } =
        snapshot.subscriptions.get(place.subscriptionId ?? "") ?? {};
      const problems = [configurations, scaleSets, assignments].map(
        (part) => part?.state === "failed" && part.problem,
      );
      return [...items(), ...problems, snapshot.malformed, isArriving(snapshot, place.subscriptionId)];
    }
    case "group":
      return [...items(), snapshot.referenced, snapshot.regions, isArriving(snapshot)];
    case "danglingAssociations":
      return [snapshot.danglingAssociations];
    case "unread":
      return [snapshot.subscriptions, snapshot.malformed];
  }
}

/** Of a list that was never requested, which is not sorted yet, only the line is shown. */
function* hasOtherItems(place: Place, before: Scene, after: Scene): Sliced<boolean> {
  if (!before.layout.isInOrder(itemsOf(place, before))) return false;
  yield* after.layout.ordered(itemsOf(place, after));
  return below(place, before) !== below(place, after);
}

function below(place: Place, scene: Scene): string {
  return childrenOf(place, scene)
    .map(({ id }) => id)
    .join("\n");
}

/** Of those that VS Code holds, the configurations whose line differs because time has passed, and the scale sets whose upgrade is running. */
export function* placesToRefreshInTime(
  held: Iterable<Place>,
  before: Scene,
  after: Scene,
): Sliced<readonly Place[]> {
  const places: Place[] = [];
  for (const place of held) {
    if (isOtherInTime(place, before, after)) places.push(place);
    yield;
  }
  return places;
}

function isOtherInTime(place: Place, before: Scene, { snapshot, clock }: Scene): boolean {
  if (place.kind === "scaleSet") return isRunning(snapshot.scaleSets.get(place.key)?.upgrade);
  if (place.kind !== "configuration") return false;
  const record = snapshot.configurations.get(place.key);
  return record !== undefined && momentOf(record, before.clock) !== momentOf(record, clock);
}

/** A place's own line, the lists of a subscription, and its notes. */
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
