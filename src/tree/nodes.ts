import { message, verbatim } from "../core/message.ts";
import type { Part, Snapshot } from "../fleet/snapshot.ts";
import { configurationChildren, configurationView } from "./configurationView.ts";
import { byLabel, malformedLeaf, noteLeaf, problemLeaf } from "./leaves.ts";
import { configurationNode, groupNode, scaleSetNode, subscriptionNode } from "./node.ts";
import type { FleetNode, Group, Leaf, Place } from "./node.ts";
import { scaleSetChildren, scaleSetView } from "./scaleSetView.ts";
import { tenantLeaf } from "./tenantLeaf.ts";
import { groupView, itemsOf, subscriptionView } from "./subscriptionView.ts";
import type { Clock, NodeView } from "./view.ts";

export type { FleetNode } from "./node.ts";

/** What a node shows; undefined when the snapshot has its subject no more. */
export function viewOf(node: FleetNode, snapshot: Snapshot, clock: Clock): NodeView | undefined {
  switch (node.kind) {
    case "subscription": {
      const record = snapshot.subscriptions.get(node.subscriptionId);
      return record && subscriptionView(record, snapshot);
    }
    case "configurations":
    case "scaleSets":
      return groupView(node.kind, node.subscriptionId, snapshot);
    case "configuration": {
      const record = snapshot.configurations.get(node.key);
      return record && configurationView(record, clock);
    }
    case "scaleSet": {
      const record = snapshot.scaleSets.get(node.key);
      return record && scaleSetView(record, clock);
    }
    default:
      return node.view;
  }
}

/** The nodes below `node`, those at the root without one. */
export function childrenOf(
  node: FleetNode | undefined,
  snapshot: Snapshot,
  clock: Clock,
): readonly FleetNode[] {
  if (node === undefined) return roots(snapshot, clock);
  switch (node.kind) {
    case "subscription":
      return [groupNode("configurations", node.subscriptionId), groupNode("scaleSets", node.subscriptionId)];
    case "configurations":
    case "scaleSets":
      return groupChildren(node, node.kind, snapshot, clock);
    case "configuration": {
      const record = snapshot.configurations.get(node.key);
      return record ? configurationChildren(node, record, snapshot, clock) : [];
    }
    case "scaleSet": {
      const record = snapshot.scaleSets.get(node.key);
      return record ? scaleSetChildren(node, record, snapshot, clock) : [];
    }
    default:
      return node.children ?? [];
  }
}

function roots(snapshot: Snapshot, { locale }: Clock): readonly FleetNode[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const subscriptions = [...snapshot.subscriptions]
    .sort(([, { subscription: a }], [, { subscription: b }]) => compare(a.displayName, b.displayName))
    .map(([id]) => subscriptionNode(id));
  const tenants = snapshot.failedTenants.map(tenantLeaf);
  return [...wholeProblem(snapshot), ...tenants, ...subscriptions];
}

/** What kept the fleet from being read to its end, or at all. A reading that the user cancelled is no problem. */
function wholeProblem({ problem, subscriptions }: Snapshot): readonly Leaf[] {
  if (problem === undefined || problem.kind === "cancelled") return [];
  const label =
    subscriptions.size > 0
      ? message("The fleet was not read to its end")
      : message("Your fleet could not be read");
  return [problemLeaf(undefined, "early", label, problem)];
}

function groupChildren(parent: Place, group: Group, snapshot: Snapshot, clock: Clock): readonly FleetNode[] {
  return [
    ...groupNotes(parent, group, snapshot),
    ...sortedItems(group, parent.subscriptionId, snapshot, clock),
  ];
}

/** What a group says beside its items: what could not be read, what can't be understood, that there is nothing. */
export function groupNotes(parent: Place, group: Group, snapshot: Snapshot): readonly Leaf[] {
  const { subscriptionId } = parent;
  const record = snapshot.subscriptions.get(subscriptionId);
  if (record === undefined) return [];
  const problems =
    group === "configurations"
      ? partProblem(parent, record.configurations, "configurations")
      : [
          ...partProblem(parent, record.scaleSets, "scaleSets"),
          ...partProblem(parent, record.assignments, "assignments"),
        ];
  const malformed = snapshot.malformed
    .filter((item) => item.part === group && item.subscriptionId === subscriptionId)
    .map((item, index) => malformedLeaf(parent, index, item));
  const isEmpty = itemsOf(snapshot, group, subscriptionId).length + problems.length + malformed.length === 0;
  return isEmpty ? [emptyNote(parent, group, record[group])] : [...problems, ...malformed];
}

function sortedItems(group: Group, subscriptionId: string, snapshot: Snapshot, { locale }: Clock): Place[] {
  const sorted = <R extends { readonly name: string }>(records: R[]) =>
    records
      .map((record) => ({ record, label: verbatim(record.name) }))
      .sort(byLabel(locale))
      .map(({ record }) => record);
  return group === "configurations"
    ? sorted(itemsOf(snapshot, "configurations", subscriptionId)).map(configurationNode)
    : sorted(itemsOf(snapshot, "scaleSets", subscriptionId)).map(scaleSetNode);
}

function partProblem(parent: Place, part: Part, name: Group | "assignments"): readonly Leaf[] {
  if (part.state !== "failed") return [];
  const labels = {
    configurations: message("The maintenance configurations could not be read"),
    scaleSets: message("The scale sets could not be read"),
    assignments: message("The associations could not be read"),
  };
  return [problemLeaf(parent, `problem/${name}`, labels[name], part.problem)];
}

function emptyNote(parent: Place, group: Group, part: Part): Leaf {
  if (part.state === "loading")
    return noteLeaf(parent, "loading", message("Loading…"), { id: "loading~spin" });
  const label = group === "scaleSets" ? message("No scale sets") : message("No maintenance configurations");
  return noteLeaf(parent, "none", label, { id: "info" });
}
