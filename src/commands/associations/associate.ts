import { startOnBoth, type FlowOptions } from "../flowStart.ts";
import type { Handler } from "../handler.ts";
import { knowsSetsAndConfiguration } from "../known.ts";

/** From a configuration it asks for scale sets, from scale sets for a configuration, from the palette for both. */
export const associate =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ associateFlow }, context) => associateFlow(context, startOnBoth(nodes, shown)), {
      knows: knowsSetsAndConfiguration(nodes),
    });
