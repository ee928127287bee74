import type { Handler } from "../handler.ts";
import { onConfiguration, type ConfigurationOptions } from "./onConfiguration.ts";

export const resumeConfiguration = (options: ConfigurationOptions): Handler =>
  onConfiguration(options, ({ resumeConfigurationFlow }) => resumeConfigurationFlow);
