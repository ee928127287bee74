import type { Exporter } from "../code/exporter.ts";
import { changeLines, scriptText } from "./script.ts";

/** A plan as one bash script of Azure CLI commands that runs on its own. */
export const azureCli: Exporter = function* (input, context) {
  const body = yield* changeLines(input.changes, context);
  const text = yield* scriptText(input, body, context);
  return [{ path: "plan.sh", languageId: "shellscript", text }];
};
