import { message } from "../core/message.ts";
import { Failure } from "../ui/failure.ts";
import { runFlow } from "./flow.ts";
import { scaleSetIdsOf } from "./targets.ts";
import type { Handler } from "./tools.ts";

export const removeAssociation: Handler = async (tools, nodes) => {
  const scaleSetIds = scaleSetIdsOf(nodes);
  // The Delete key works on every node.
  if (nodes.length > 0 && scaleSetIds.length === 0) throw nothingAssociated();
  return runFlow(tools, ({ removeAssociationFlow }, context) =>
    removeAssociationFlow(context, { scaleSetIds }),
  );
};

function nothingAssociated(): Failure {
  return new Failure({
    kind: "validation",
    summary: message("Nothing that is selected is associated with a maintenance configuration."),
    wayOut: message("Select scale sets or their associations."),
  });
}
