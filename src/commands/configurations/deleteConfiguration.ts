import type { Handler } from "../handler.ts";
import { configurationIdsOf } from "../targets.ts";
import { onConfiguration, type ConfigurationOptions } from "./onConfiguration.ts";

/** Of several, those that do not control OS images are left out by the flow, with the reason. */
export const deleteConfiguration = (options: ConfigurationOptions): Handler => {
  const one = onConfiguration(options, ({ deleteConfigurationFlow }) => deleteConfigurationFlow);
  return (nodes) => {
    const configurationIds = configurationIdsOf(nodes);
    return configurationIds.length < 2
      ? one(nodes)
      : options.flows.run(({ deleteConfigurationFlow }, context) =>
          deleteConfigurationFlow(context, { configurationIds }),
        );
  };
};
