import type { FlowRunner } from "../flowRunner.ts";
import type { Handler } from "../handler.ts";
import { knowsConfigurationsOf } from "../known.ts";

/** On a node it is in that node's subscription; otherwise the flow asks. */
export const createConfiguration =
  ({ flows }: { readonly flows: FlowRunner }): Handler =>
  ([node]) => {
    const subscriptionId = node?.subscriptionId;
    return flows.run(
      ({ createConfigurationFlow }, context) => createConfigurationFlow(context, { subscriptionId }),
      { knows: knowsConfigurationsOf(subscriptionId) },
    );
  };
