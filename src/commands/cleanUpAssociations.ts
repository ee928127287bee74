import { runFlow } from "./flow.ts";
import { scopeNodes } from "./scopes.ts";
import { resourceIdsOf } from "./targets.ts";
import type { Handler } from "./tools.ts";

/** Of the nodes that it was called on, or of the whole fleet. */
export const cleanUpAssociations: Handler = (tools, nodes) =>
  runFlow(tools, ({ cleanUpFlow }, context) =>
    cleanUpFlow(context, [
      ...resourceIdsOf(nodes),
      ...scopeNodes(nodes).flatMap(({ kind, subscriptionId }) =>
        kind === "scaleSets" && subscriptionId !== undefined ? [`/subscriptions/${subscriptionId}`] : [],
      ),
    ]),
  );
