import type { Handler } from "../handler.ts";
import { onConfiguration, type ConfigurationOptions } from "./onConfiguration.ts";

export const editConfiguration = (options: ConfigurationOptions): Handler =>
  onConfiguration(options, ({ editConfigurationFlow }) => editConfigurationFlow);
