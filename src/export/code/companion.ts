import type { Sliced } from "../../core/slices.ts";
import { companionScript } from "../azureCli/companion.ts";
import type { CodeFile } from "./codeFile.ts";
import type { CodeContext } from "./context.ts";
import type { CodeInput } from "./input.ts";
import type { Stages } from "./stages.ts";

/** The companion script of a declarative export; none where all is declared. */
export function* companionFiles(
  { before, after }: Stages<object>,
  input: CodeInput,
  context: CodeContext,
): Sliced<readonly CodeFile[]> {
  if (before.length === 0 && after.length === 0) return [];
  // What its plan leaves out is said in the main file.
  const own = { ...input, leftOut: [], warnings: [] };
  return [yield* companionScript(own, { before, after }, context)];
}
