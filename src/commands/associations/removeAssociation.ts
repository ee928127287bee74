import { startOnSets, type FlowOptions } from "../flowStart.ts";
import type { Handler } from "../handler.ts";
import { knowsScaleSets } from "../known.ts";

export const removeAssociation =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(
      ({ removeAssociationFlow }, context) => removeAssociationFlow(context, startOnSets(nodes, shown)),
      { knows: knowsScaleSets(nodes) },
    );
