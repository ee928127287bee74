import { idKey, nameOf, parseId } from "../../core/resources/ids.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { DanglingRecord } from "../../fleet/snapshot/snapshot.ts";
import { problemLines } from "../../ui/problemReport.ts";
import { idBelow } from "../fleet/node.ts";
import type { Leaf, Place } from "../fleet/node.ts";
import type { Scene } from "../fleet/scene.ts";
import { subscriptionName } from "../subscriptions/subscriptionName.ts";
import { inABreath, inARow } from "../view.ts";
import type { Icon, NodeView, TooltipLine } from "../view.ts";

/** The associations without a scale set of a subscription, or of all; undefined where there is none. */
export function danglingView(subscriptionId: string | undefined, scene: Scene): NodeView | undefined {
  const records = danglingIn(subscriptionId, scene);
  if (records.length === 0) return undefined;
  const label = message("Associations without a scale set");
  const deleted = records.filter(({ scaleSet }) => scaleSet === "gone").length;
  const parts = [
    verbatim(String(records.length)),
    deleted === 0 ? undefined : message("{0} to clean up", deleted),
  ];
  return {
    label,
    description: inARow(...parts),
    icon: {
      id: "debug-disconnect",
      color: deleted === 0 ? "descriptionForeground" : "list.warningForeground",
    },
    tooltip: () => ({
      title: label,
      lines: [
        {
          text: message(
            "An association can remain after its scale set is deleted. To remove it, run Clean Up Associations.",
          ),
        },
      ],
    }),
    spoken: inABreath(label, ...parts),
    contextValue: "danglingAssociations",
    children: "collapsed",
  };
}

export function danglingItems(parent: Place, scene: Scene): readonly Leaf[] {
  const { layout } = scene;
  const named = danglingIn(parent.subscriptionId, scene).map((record) => ({
    record,
    id: record.id,
    name: nameOf(record.scaleSetId),
  }));
  return layout.inOrder(named).map(({ record }) => danglingLeaf(parent, record, scene));
}

function danglingIn(subscriptionId: string | undefined, { layout }: Scene): readonly DanglingRecord[] {
  return subscriptionId === undefined
    ? [...layout.danglingAssociations.values()].flat()
    : (layout.danglingAssociations.get(subscriptionId) ?? []);
}

function danglingLeaf(parent: Place, record: DanglingRecord, { snapshot }: Scene): Leaf {
  const { id, scaleSetId, subscriptionId, assignment } = record;
  const [name, configuration] = [nameOf(scaleSetId), configurationIdOf(assignment)];
  const { icon, says, lines } = standing(record);
  const place = parent.subscriptionId === undefined ? subscriptionName(subscriptionId, snapshot) : undefined;
  const kept = configuration === undefined ? undefined : verbatim(nameOf(configuration));
  const spokenLink = kept && message("{0}: {1}", message("Maintenance configuration"), kept);
  return {
    kind: "danglingAssociation",
    id: idBelow(parent, `danglingAssociation/${idKey(id)}`),
    parent,
    subscriptionId,
    resourceId: id,
    view: {
      label: verbatim(name),
      // The configuration first: of a set that had several, it distinguishes the rows.
      description: inARow(kept, says, place),
      icon,
      tooltip: () => ({
        title: message("Association of {0}", name),
        lines: [
          ...lines,
          ...(configuration
            ? [{ name: message("Maintenance configuration"), text: verbatim(configuration) }]
            : []),
          { name: message("Resource group"), text: verbatim(parseId(scaleSetId)?.resourceGroup ?? "–") },
          { name: message("Scale set"), text: verbatim(scaleSetId) },
          { text: verbatim(id) },
        ],
      }),
      spoken: message("Association without a scale set: {0}, {1}", name, inABreath(says, spokenLink, place)),
      contextValue: "danglingAssociation",
      children: "none",
    },
  };
}

/** Whether the scale set still exists, and how that was checked. */
function standing({ scaleSet, problem }: DanglingRecord): {
  readonly icon: Icon;
  readonly says: Message;
  readonly lines: readonly TooltipLine[];
} {
  switch (scaleSet) {
    case "gone":
      return {
        icon: { id: "debug-disconnect", color: "list.warningForeground" },
        says: message("scale set no longer exists"),
        lines: [
          {
            text: message(
              "Resource Graph lists this association, but Azure says its scale set doesn't exist.",
            ),
          },
        ],
      };
    case "there":
      return {
        icon: { id: "info" },
        says: message("scale set exists"),
        lines: [
          {
            text: message(
              "The scale set isn't in any list, but Azure says it exists. It may be new or hidden.",
            ),
          },
        ],
      };
    case "unknown":
      return {
        icon: { id: "question", color: "descriptionForeground" },
        says: problem?.summary ?? message("not checked yet"),
        lines: [
          { text: message("Unknown whether the scale set exists. It isn't in any list.") },
          ...(problem ? problemLines(problem).map((text) => ({ text })) : []),
        ],
      };
  }
}
