import type { Change } from "../../core/plans/plan.ts";
import type { Sliced } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import type { CodeFile } from "../code/codeFile.ts";
import { commentText } from "../code/comments.ts";
import type { CodeContext } from "../code/context.ts";
import type { CodeInput } from "../code/input.ts";
import { changeLines, scriptText } from "./script.ts";

/** When changes are made that a declarative language can't say: ahead of its deployment or behind it. */
export type Phase = "before" | "after";

/**
 * The script beside a declarative file: what the file can't say, run as `companion.sh before` ahead of the deployment and as
 * `companion.sh after` behind it. What a change needs and is not in its phase is taken as done.
 */
export function* companionScript(
  input: CodeInput,
  changes: Readonly<Record<Phase, readonly Change[]>>,
  context: CodeContext,
): Sliced<CodeFile> {
  const before = yield* changeLines(among(changes.before), context, "  ");
  const after = yield* changeLines(among(changes.after), context, "  ");
  const body = [
    "",
    'case "${1-}" in',
    "before)",
    ...(before.length === 0 ? ["  :"] : before),
    "  ;;",
    "after)",
    ...(after.length === 0 ? ["  :"] : after),
    "  ;;",
    "*)",
    "  echo 'Usage: bash companion.sh before|after' >&2",
    "  exit 2",
    "  ;;",
    "esac",
  ];
  const usage = commentText(
    message("Run it with “{0}” ahead of the deployment, and with “{1}” behind it.", "before", "after"),
    context,
  );
  const own = { ...input, changes: [...changes.before, ...changes.after] };
  const text = yield* scriptText(own, body, context, ["", usage]);
  return { path: "companion.sh", languageId: "shellscript", text };
}

/** The changes, each with what it needs among them. */
function among(changes: readonly Change[]): readonly Change[] {
  const ids = new Set(changes.map(({ id }) => id));
  return changes.map(({ onFailureOf, ...change }) => ({
    ...change,
    needs: change.needs.filter((id) => ids.has(id)),
    ...(onFailureOf !== undefined && ids.has(onFailureOf) && { onFailureOf }),
  }));
}
