import { onConfiguration } from "./onConfiguration.ts";

export const editConfiguration = onConfiguration(({ editConfigurationFlow }) => editConfigurationFlow);
