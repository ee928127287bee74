import { coverageStates } from "../../core/associations/coverageStates.ts";
import { message } from "../../core/text/message.ts";
import { managed, none, unknown } from "./grouping.ts";
import { noteLeaf, problemLeaf } from "../leaves.ts";
import { listNotes } from "./lists.ts";
import { listNode, scaleSetsNode, subscriptionNode, unreadNode } from "./node.ts";
import type { FleetNode, Leaf, Place } from "./node.ts";
import { paged } from "./pages.ts";
import { groupPlace } from "./places.ts";
import type { Scene } from "./scene.ts";
import { tenantLeaf, withoutGraphLeaf } from "../subscriptions/tenantLeaf.ts";
import { unreadItems } from "./unread.ts";

/** The roots: notes about the whole fleet, the groups, and lists outside every group. */
export function rootsOf(scene: Scene): readonly FleetNode[] {
  const { failedTenants, withoutGraph } = scene.snapshot;
  const notes = [
    ...wholeProblem(scene),
    ...failedTenants.map(tenantLeaf),
    ...withoutGraph.map(withoutGraphLeaf),
    ...emptyNote(scene),
  ];
  const groups = paged(undefined, groupsAtRoot(scene), scene, (value) => [placeAtRoot(value, scene)]);
  return [...notes, ...groups, ...(scene.grouping.by === "subscription" ? [] : otherLists(scene))];
}

/** The groups at the root, all pages of them. */
function groupsAtRoot(scene: Scene): readonly string[] {
  const { grouping, layout, filter } = scene;
  switch (grouping.by) {
    case "subscription":
      return filter === ""
        ? layout.roots
        : layout.roots.filter((id) => subscriptionChildren(id, scene).length > 0);
    case "state":
      return [...coverageStates, managed].filter((state) => layout.groups.has(state));
    // Sets without a configuration first: they are what is to be dragged to the others.
    case "configuration":
      return apart(layout.roots, [none, unknown], []);
    // Those that have no value last.
    default:
      return apart(layout.roots, [], [none]);
  }
}

/** The same with some of them at the beginning and at the end, where they are there. */
function apart(all: readonly string[], first: readonly string[], last: readonly string[]): readonly string[] {
  const are = (some: readonly string[]) => some.filter((value) => all.includes(value));
  const others = all.filter((value) => !first.includes(value) && !last.includes(value));
  return [...are(first), ...others, ...are(last)];
}

function placeAtRoot(value: string, scene: Scene): Place {
  return scene.grouping.by === "subscription" ? subscriptionNode(value) : groupPlace(value, scene);
}

/** While a filter is on, a list without matches is left out, unless its content is unknown. */
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

/** The lists that each subscription has of its own where the scale sets are grouped by subscription. */
function otherLists(scene: Scene): readonly Place[] {
  const { layout, grouping } = scene;
  const hasList = grouping.by !== "configuration" && layout.configurations.size > 0;
  return [
    ...(hasList ? [listNode("configurations")] : []),
    ...(layout.danglingAssociations.size > 0 ? [listNode("danglingAssociations")] : []),
    ...(unreadItems(scene).length > 0 ? [unreadNode] : []),
  ];
}

/** Why the fleet is not fully loaded. A refresh that the user cancelled is no problem. */
function wholeProblem({ snapshot: { problem, subscriptions } }: Scene): readonly Leaf[] {
  if (problem === undefined || problem.kind === "cancelled") return [];
  const label =
    subscriptions.size > 0 ? message("The fleet isn't fully loaded") : message("Couldn't load your fleet");
  return [problemLeaf(undefined, "early", label, problem)];
}

/** Says that there is no scale set, or none that the filter lets through. Subscriptions say it of their own. */
function emptyNote({ snapshot, filter, grouping, layout }: Scene): readonly Leaf[] {
  if (snapshot.subscriptions.size === 0 || layout.groups.size > 0) return [];
  if (filter !== "" && snapshot.scaleSets.size > 0) {
    const label = message("No scale sets match “{0}”", filter);
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
