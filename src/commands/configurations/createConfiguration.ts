import type { FlowRunner } from "../flowRunner.ts";
import type { Handler } from "../handler.ts";

/** On a node it is in that node's subscription; otherwise the flow asks. */
export const createConfiguration =
  ({ flows }: { readonly flows: FlowRunner }): Handler =>
  ([node]) =>
    flows.run(({ createConfigurationFlow }, context) =>
      createConfigurationFlow(
        context,
        node?.subscriptionId === undefined ? {} : { subscriptionId: node.subscriptionId },
      ),
    );
