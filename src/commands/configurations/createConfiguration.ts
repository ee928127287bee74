import { runFlow } from "../flow.ts";
import type { Handler } from "../tools.ts";

/** On a node it is in that node's subscription; otherwise the flow asks. */
export const createConfiguration: Handler = (tools, [node]) =>
  runFlow(tools, ({ createConfigurationFlow }, context) =>
    createConfigurationFlow(
      context,
      node?.subscriptionId === undefined ? {} : { subscriptionId: node.subscriptionId },
    ),
  );
