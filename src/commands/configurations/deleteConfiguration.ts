import { runFlow } from "../flow.ts";
import { onConfiguration } from "./onConfiguration.ts";
import { configurationIdsOf } from "../targets.ts";
import type { Handler } from "../tools.ts";

const one = onConfiguration(({ deleteConfigurationFlow }) => deleteConfigurationFlow);

/** Of several, those that do not control OS images are left out by the flow, with the reason. */
export const deleteConfiguration: Handler = (tools, nodes) => {
  const configurationIds = configurationIdsOf(nodes);
  return configurationIds.length < 2
    ? one(tools, nodes)
    : runFlow(tools, ({ deleteConfigurationFlow }, context) =>
        deleteConfigurationFlow(context, { configurationIds }),
      );
};
