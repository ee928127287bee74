import { onConfiguration } from "./onConfiguration.ts";

export const pauseConfiguration = onConfiguration(({ pauseConfigurationFlow }) => pauseConfigurationFlow);
