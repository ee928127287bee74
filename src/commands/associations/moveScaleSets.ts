import { runFlow } from "../flow.ts";
import { startOnSets } from "../flowStart.ts";
import type { Handler } from "../tools.ts";

/** From scale sets, or from a configuration those that are associated with it. */
export const moveScaleSets: Handler = (tools, nodes) =>
  runFlow(tools, ({ moveScaleSetsFlow }, context) => moveScaleSetsFlow(context, startOnSets(nodes, tools)));
