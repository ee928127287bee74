import { runFlow } from "../flow.ts";
import { startOnSets } from "../flowStart.ts";
import type { Handler } from "../tools.ts";

export const removeAssociation: Handler = (tools, nodes) =>
  runFlow(tools, ({ removeAssociationFlow }, context) =>
    removeAssociationFlow(context, startOnSets(nodes, tools)),
  );
