import type { Exporter } from "../code/exporter.ts";

/** A plan as one bash script of Azure CLI commands that runs on its own. */
export const azureCli: Exporter = function* () {
  yield;
  return [];
};
