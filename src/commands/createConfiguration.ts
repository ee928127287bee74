import { runFlow } from "./flow.ts";
import type { Handler } from "./tools.ts";

export const createConfiguration: Handler = (tools, nodes) =>
  runFlow(tools, ({ createConfigurationFlow }, context) =>
    createConfigurationFlow(context, { subscriptionId: nodes[0]?.subscriptionId }),
  );
