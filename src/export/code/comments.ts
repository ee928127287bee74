import { neededPermissions } from "../../core/plans/permissions.ts";
import { nameWithSet } from "../../core/resources/ids.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { oneLine } from "../../core/text/visible.ts";
import type { CodeContext } from "./context.ts";
import type { CodeInput } from "./input.ts";

/** A message as one line of a comment: nothing in it ends the line or hides a part of it. */
export function commentText(text: Message, { say }: Pick<CodeContext, "say">): string {
  return oneLine(say(text)).trim();
}

/**
 * What a file begins with, a line each: what it does, when it was made and for which cloud, what it needs, what it leaves out and why.
 * `needs`: the tools of its language. Empty lines part the paragraphs.
 */
export function* headerLines(
  input: CodeInput,
  needs: readonly Message[],
  context: CodeContext,
): Sliced<readonly string[]> {
  const made = new Date(context.madeAtMs).toISOString().replace(/:\d\d\.\d+Z$/, "Z");
  const paragraphs: readonly (readonly Message[])[] = [
    [input.title, message("Exported {0} for the cloud {1}.", made, context.cloud)],
    [...needs, ...(yield* rolesOf(input))],
    input.leftOut.map(({ target, reason }) =>
      message("Not changed: {0}. {1}", verbatim(nameWithSet(target)), reason),
    ),
    input.warnings.map((warning) => message("Note: {0}", warning)),
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => [
      ...(index > 0 ? [""] : []),
      ...lines.map((line) => commentText(line, context)),
    ]);
}

/** The least roles that the changes need, each with where it is granted. */
function* rolesOf(input: CodeInput): Sliced<readonly Message[]> {
  const newGroups = input.changes.filter(({ kind }) => kind === "createResourceGroup");
  const roles = new Map<string, Message>();
  yield* inPieces(input.changes, (change) => {
    // Where a role is granted depends on the groups that the plan creates, and on no other change.
    const changes = change.kind === "createResourceGroup" ? [change] : [...newGroups, change];
    const { role, action, scopes: [scope = ""] = [] } = neededPermissions({ ...input, changes }).at(-1) ?? {};
    const line =
      role === undefined
        ? message("Permission needed: {0} on {1}", action ?? "", scope)
        : message("Role needed: {0} on {1}", role, scope);
    roles.set(`${role ?? action} ${scope}`.toLowerCase(), line);
  });
  return [...roles.values()];
}
