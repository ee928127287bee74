import type { Handler } from "../handler.ts";
import { knowsConfigurations } from "../known.ts";
import { onConfiguration, type ConfigurationOptions } from "./onConfiguration.ts";

export const resumeConfiguration = (options: ConfigurationOptions): Handler =>
  onConfiguration(options, ({ resumeConfigurationFlow }) => resumeConfigurationFlow, {
    knowing: knowsConfigurations,
  });
