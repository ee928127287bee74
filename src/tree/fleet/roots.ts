import { coverageStates } from "../../core/associations/coverageStates.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { inEnglish, message } from "../../core/text/message.ts";
import { groupView } from "./groupView.ts";
import { none, unknown } from "./grouping.ts";
import { collator } from "./layout.ts";
import { noteLeaf, problemLeaf } from "../leaves.ts";
import { listNotes } from "./lists.ts";
import {
  configurationNode,
  groupNode,
  listNode,
  scaleSetsNode,
  subscriptionNode,
  unreadNode,
} from "./node.ts";
import type { FleetNode, Leaf, Place } from "./node.ts";
import { paged } from "./pages.ts";
import { groupPlace } from "./places.ts";
import type { Scene } from "./scene.ts";
import { tenantLeaf, withoutGraphLeaf } from "../subscriptions/tenantLeaf.ts";
import { unreadItems } from "./unread.ts";

/** What stands at the root: what the user must know of all, the groups, and what stands in none. */
export function rootsOf(scene: Scene): readonly FleetNode[] {
  const { failedTenants, withoutGraph } = scene.snapshot;
  const notes = [
    ...wholeProblem(scene),
    ...failedTenants.map(tenantLeaf),
    ...withoutGraph.map(withoutGraphLeaf),
    ...emptyNote(scene),
  ];
  const groups = paged(undefined, rootPlaces(scene), scene, (place) => [place]);
  return [...notes, ...groups, ...(scene.grouping.by === "subscription" ? [] : beside(scene))];
}

/** The groups at the root, all pages of them. */
export function rootPlaces(scene: Scene): readonly Place[] {
  switch (scene.grouping.by) {
    case "subscription":
      return subscriptionRoots(scene);
    case "configuration":
      return configurationRoots(scene);
    case "state":
      return coverageStates
        .filter((state) => scene.layout.groups.has(state))
        .map((state) => groupPlace(state, scene));
    default:
      return groupRoots(scene);
  }
}

function subscriptionRoots(scene: Scene): readonly Place[] {
  const named = [...scene.snapshot.subscriptions].map(([id, { subscription }]) => ({
    id,
    name: subscription.displayName,
  }));
  const inOrder = scene.layout.inOrder("subscriptions", named);
  const shown =
    scene.filter === "" ? inOrder : inOrder.filter(({ id }) => subscriptionChildren(id, scene).length > 0);
  return shown.map(({ id }) => subscriptionNode(id));
}

/** While a filter is on, a list without matches is left out, unless nobody can tell what is in it. */
export function subscriptionChildren(subscriptionId: string, scene: Scene): readonly Place[] {
  const { layout, filter } = scene;
  const [configurations, sets] = [listNode("configurations", subscriptionId), scaleSetsNode(subscriptionId)];
  const dangling = layout.danglingAssociations.has(subscriptionId)
    ? [listNode("danglingAssociations", subscriptionId)]
    : [];
  if (filter === "") return [configurations, sets, ...dangling];
  const hasSets = layout.groups.has(subscriptionId) || listNotes(sets, "scaleSets", scene).length > 0;
  const hasConfigurations =
    layout.configurations.has(subscriptionId) ||
    listNotes(configurations, "configurations", scene).length > 0;
  return [...(hasConfigurations ? [configurations] : []), ...(hasSets ? [sets] : []), ...dangling];
}

/** Sets without a configuration first: they are what is to be dragged to the others. */
function configurationRoots(scene: Scene): readonly Place[] {
  const { layout, snapshot, grouping } = scene;
  const without = [none, unknown].filter((value) => layout.groups.has(value));
  const listed = [...layout.configurations.values()].flat();
  const unlisted = [...layout.groups.keys()].filter(
    (value) => value !== none && value !== unknown && !snapshot.configurations.has(value as IdKey),
  );
  const named = [
    ...unlisted.map((value) => ({ id: value, name: nameOf(value), place: groupNode(grouping, value) })),
    ...listed.map((record) => ({ ...record, place: configurationNode(record, undefined) })),
  ];
  return [
    ...without.map((value) => groupPlace(value, scene)),
    ...layout.inOrder("configurations", named).map(({ place }) => place),
  ];
}

/** By what is shown of them; those that have no value last. */
function groupRoots(scene: Scene): readonly Place[] {
  const { compare } = collator(scene.clock.locale);
  const named = [...scene.layout.groups.keys()]
    .filter((value) => value !== none)
    .map((value) => ({ value, name: inEnglish(groupView(value, scene)?.label ?? message("")) }));
  const sorted = named.sort((a, b) => compare(a.name, b.name)).map(({ value }) => value);
  const all = scene.layout.groups.has(none) ? [...sorted, none] : sorted;
  return all.map((value) => groupPlace(value, scene));
}

/** What each subscription says for itself where the scale sets are grouped by them. */
function beside(scene: Scene): readonly Place[] {
  const { layout, grouping } = scene;
  const hasList = grouping.by !== "configuration" && layout.configurations.size > 0;
  return [
    ...(hasList ? [listNode("configurations")] : []),
    ...(layout.danglingAssociations.size > 0 ? [listNode("danglingAssociations")] : []),
    ...(unreadItems(scene).length > 0 ? [unreadNode] : []),
  ];
}

/** What kept the fleet from being read to its end, or at all. A reading that the user cancelled is no problem. */
function wholeProblem({ snapshot: { problem, subscriptions } }: Scene): readonly Leaf[] {
  if (problem === undefined || problem.kind === "cancelled") return [];
  const label =
    subscriptions.size > 0
      ? message("The fleet was not read to its end")
      : message("Your fleet could not be read");
  return [problemLeaf(undefined, "early", label, problem)];
}

/** Says that there is no scale set, or none that the filter lets through. Subscriptions say it of their own. */
function emptyNote({ snapshot, filter, grouping, layout }: Scene): readonly Leaf[] {
  if (snapshot.subscriptions.size === 0 || layout.shown.length > 0) return [];
  if (filter !== "" && snapshot.scaleSets.size > 0) {
    const label = message("No scale set matches “{0}”", filter);
    const title = message("Clear Filter");
    return [
      {
        ...noteLeaf(undefined, "no-match", label, { id: "search-stop" }),
        runs: { command: "clearFleetFilter", title, args: [] },
      },
    ];
  }
  if (grouping.by === "subscription") return [];
  return snapshot.loading
    ? [noteLeaf(undefined, "loading", message("Loading…"), { id: "loading~spin" })]
    : [noteLeaf(undefined, "no-sets", message("No scale sets"), { id: "info" })];
}
