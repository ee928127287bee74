import { runFlow } from "../flow.ts";
import { startOnBoth } from "../flowStart.ts";
import type { Handler } from "../tools.ts";

/** From a configuration it asks for scale sets, from scale sets for a configuration, from the palette for both. */
export const associate: Handler = (tools, nodes) =>
  runFlow(tools, ({ associateFlow }, context) => associateFlow(context, startOnBoth(nodes, tools)));
