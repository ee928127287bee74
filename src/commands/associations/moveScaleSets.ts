import { startOnSets, type FlowOptions } from "../flowStart.ts";
import type { Handler } from "../handler.ts";

/** From scale sets, or from a configuration those that are associated with it. */
export const moveScaleSets =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ moveScaleSetsFlow }, context) => moveScaleSetsFlow(context, startOnSets(nodes, shown)));
