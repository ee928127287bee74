import { onConfiguration } from "./onConfiguration.ts";

export const deleteConfiguration = onConfiguration(({ deleteConfigurationFlow }) => deleteConfigurationFlow);
