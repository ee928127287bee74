import type { Exporter } from "../code/exporter.ts";

/** A plan as one script of Azure PowerShell. */
export const powershell: Exporter = function* () {
  yield;
  return [];
};
