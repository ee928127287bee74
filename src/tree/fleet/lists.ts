import { message, verbatim } from "../../core/text/message.ts";
import type { ConfigurationRecord, Part, SubscriptionRecord } from "../../fleet/snapshot/snapshot.ts";
import { isPartial, moreToCome } from "./arriving.ts";
import { malformedLeaf, noteLeaf, problemLeaf } from "../leaves.ts";
import { configurationNode } from "./node.ts";
import type { FleetNode, Leaf, Place } from "./node.ts";
import { paged } from "./pages.ts";
import type { Scene } from "./scene.ts";
import { inABreath, inARow } from "../view.ts";
import type { NodeView } from "../view.ts";

type List = "configurations" | "scaleSets";

/** The configurations of a subscription, or of all. */
export function configurationsView(subscriptionId: string | undefined, scene: Scene): NodeView {
  const count = verbatim(String(configurationsIn(subscriptionId, scene).length));
  const more = moreToCome(scene.snapshot, subscriptionId);
  const label = message("Maintenance configurations");
  return {
    label,
    description: inARow(count, more),
    icon: { id: "calendar" },
    tooltip: () => ({ title: label, lines: [] }),
    spoken: inABreath(label, count, more),
    contextValue: "configurations",
    children: "collapsed",
  };
}

export function configurationsChildren(parent: Place, scene: Scene): readonly FleetNode[] {
  const { subscriptionId } = parent;
  const notes = subscriptionId === undefined ? [] : listNotes(parent, "configurations", scene);
  const records = scene.layout.inOrder(configurationsIn(subscriptionId, scene));
  return [...notes, ...paged(parent, records, scene, (record) => [configurationNode(record, parent)])];
}

export function configurationsIn(
  subscriptionId: string | undefined,
  { layout }: Scene,
): readonly ConfigurationRecord[] {
  return layout.configurations.get(subscriptionId ?? "") ?? [];
}

/** The notes in a subscription's list: what couldn't be loaded or read, or that the list is empty. */
export function listNotes(parent: Place, list: List, scene: Scene): readonly Leaf[] {
  const { subscriptionId = "" } = parent;
  const { snapshot, layout, filter } = scene;
  const record = snapshot.subscriptions.get(subscriptionId);
  if (record === undefined) return [];
  const problems = partProblems(parent, record, list);
  const malformed = layout.malformed
    .filter((item) => item.part === list && item.subscriptionId === subscriptionId)
    .map((item, index) => malformedLeaf(parent, index, item));
  const items = list === "scaleSets" ? layout.groups : layout.configurations;
  const isEmpty = problems.length + malformed.length === 0 && !items.has(subscriptionId);
  return isEmpty && filter === "" ? [emptyNote(parent, list, record[list])] : [...problems, ...malformed];
}

/** The parts of a list that could not be read. */
export function partProblems(parent: Place, record: SubscriptionRecord, list: List): readonly Leaf[] {
  return list === "configurations"
    ? partProblem(parent, record.configurations, "configurations")
    : [
        ...partProblem(parent, record.scaleSets, "scaleSets"),
        ...partProblem(parent, record.assignments, "assignments"),
      ];
}

function partProblem(parent: Place, part: Part, name: List | "assignments"): readonly Leaf[] {
  if (part.state !== "failed") return [];
  const labels = {
    configurations: message("Couldn't load maintenance configurations"),
    scaleSets: message("Couldn't load scale sets"),
    assignments: message("Couldn't load associations"),
  };
  return [problemLeaf(parent, `problem/${name}`, labels[name], part.problem)];
}

function emptyNote(parent: Place, list: List, part: Part): Leaf {
  if (isPartial(part)) return noteLeaf(parent, "loading", message("Loading…"), { id: "loading~spin" });
  const label = list === "scaleSets" ? message("No scale sets") : message("No maintenance configurations");
  return noteLeaf(parent, "none", label, { id: "info" });
}
