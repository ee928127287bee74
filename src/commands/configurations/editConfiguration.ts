import type { Handler } from "../handler.ts";
import { knowsConfigurations } from "../known.ts";
import { onConfiguration, type ConfigurationOptions } from "./onConfiguration.ts";

export const editConfiguration = (options: ConfigurationOptions): Handler =>
  onConfiguration(options, ({ editConfigurationFlow }) => editConfigurationFlow, {
    knowing: knowsConfigurations,
  });
