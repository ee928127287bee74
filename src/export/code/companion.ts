import type { CodeFile } from "./codeFile.ts";
import type { CodeContext } from "./context.ts";
import type { CodeInput } from "./input.ts";
import type { Stages } from "./stages.ts";

/** The companion script of a declarative export; none where all is declared. */
export function companionFiles(
  { before, after }: Stages<object>,
  _input: CodeInput,
  _context: CodeContext,
): readonly CodeFile[] {
  if (before.length === 0 && after.length === 0) return [];
  return [];
}
