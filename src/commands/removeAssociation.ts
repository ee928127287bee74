import { runFlow } from "./flow.ts";
import { scaleSetIdsOf } from "./targets.ts";
import type { Handler } from "./tools.ts";

export const removeAssociation: Handler = (tools, nodes) =>
  runFlow(tools, ({ removeAssociationFlow }, context) =>
    removeAssociationFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );
