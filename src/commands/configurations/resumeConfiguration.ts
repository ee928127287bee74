import { onConfiguration } from "./onConfiguration.ts";

export const resumeConfiguration = onConfiguration(({ resumeConfigurationFlow }) => resumeConfigurationFlow);
