import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { malformedLeaf } from "../leaves.ts";
import { partProblems } from "./lists.ts";
import { idBelow, unreadNode } from "./node.ts";
import type { Leaf } from "./node.ts";
import type { Scene } from "./scene.ts";
import { subscriptionName } from "../subscriptions/subscriptionName.ts";
import { inABreath, inARow } from "../view.ts";
import type { NodeView } from "../view.ts";

/** What could not be read or understood, where no subscription is there to say it; undefined when all could. */
export function unreadView(scene: Scene): NodeView | undefined {
  const count = unreadItems(scene).length;
  if (count === 0) return undefined;
  const label = message("Not loaded");
  const says = verbatim(String(count));
  return {
    label,
    description: says,
    icon: { id: "warning", color: "list.warningForeground" },
    tooltip: () => ({
      title: label,
      lines: [
        {
          text: message("Some parts of your subscriptions couldn't be loaded or read."),
        },
      ],
    }),
    spoken: inABreath(label, says),
    contextValue: "unread",
    children: "collapsed",
  };
}

export function unreadItems(scene: Scene): readonly Leaf[] {
  const { snapshot } = scene;
  const problems = [...snapshot.subscriptions].flatMap(([subscriptionId, record]) =>
    (["configurations", "scaleSets"] as const)
      .flatMap((list) => partProblems(unreadNode, record, list))
      .map((leaf) => ({
        ...leaf,
        id: idBelow(leaf, subscriptionId),
        view: placed(leaf.view, subscriptionName(subscriptionId, snapshot)),
      })),
  );
  const malformed = scene.layout.malformed.map((item, index) => {
    const leaf = malformedLeaf(unreadNode, index, item);
    return { ...leaf, view: placed(leaf.view, subscriptionName(item.subscriptionId, snapshot)) };
  });
  return [...problems, ...malformed];
}

/** The same, with the subscription that it is in. */
function placed(view: NodeView, subscription: Message): NodeView {
  return {
    ...view,
    description: inARow(subscription, view.description),
    spoken: inABreath(view.spoken, subscription),
  };
}
