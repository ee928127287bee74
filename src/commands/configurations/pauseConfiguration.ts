import type { Handler } from "../handler.ts";
import { knowsConfigurations } from "../known.ts";
import { onConfiguration, type ConfigurationOptions } from "./onConfiguration.ts";

export const pauseConfiguration = (options: ConfigurationOptions): Handler =>
  onConfiguration(options, ({ pauseConfigurationFlow }) => pauseConfigurationFlow, {
    knowing: knowsConfigurations,
  });
