import { neededPermissions } from "../../core/plans/permissions.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameWithSet } from "../../core/resources/ids.ts";
import { joined, message, type Message } from "../../core/text/message.ts";
import type { CodeContext } from "./context.ts";
import type { CodeInput } from "./input.ts";
import type { Stages } from "./stages.ts";

/** What a declarative language adds to the head of its file. */
export interface OwnNotes {
  /** How to deploy it, a command a line. */
  readonly commands: readonly string[];
  /** What it needs: tools and their versions, and permissions beside those of the changes. */
  readonly needs: readonly Message[];
  /** Why a change is in the companion script. */
  readonly whyScript: Message;
}

/** The name of the script that does what a declarative file can't say. */
export const companionPath = "companion.sh";

/** The head of a declarative file, a line each: what it does, for which cloud and when it was made, what it needs and what it leaves out. */
export function declaredNotes(
  input: CodeInput,
  { before, after, actions, onFailure }: Stages<object>,
  { commands, needs, whyScript }: OwnNotes,
  { madeAtMs, cloud, say }: CodeContext,
): readonly string[] {
  const made = new Date(madeAtMs).toISOString().replace(/T(\d\d:\d\d).*/, " $1 UTC");
  const run = (stage: string, changes: readonly Change[]) =>
    changes.length === 0 ? [] : [`bash ${companionPath} ${stage}`];
  const scripted = [...before, ...after];
  return [
    say(input.title),
    say(message("Made {0} for {1}.", made, cloud)),
    ...[...run("before", before), ...commands, ...run("after", after)].map((command) => `  ${command}`),
    ...needs.map(say),
    ...rolesFor(input, new Set([...actions, ...onFailure])).map(say),
    ...(input.isThere === true
      ? []
      : [say(message("Nothing checks first whether Azure still has what was reviewed: deploy it soon."))]),
    ...(scripted.length === 0 ? [] : [say(joined(" ", [whyScript, message("In {0}:", companionPath)]))]),
    ...scripted.map(({ title }) => `  ${say(title)}`),
    ...(actions.length === 0
      ? []
      : [say(message("Not included, because each deployment would do it again:"))]),
    ...actions.map(({ title }) => `  ${say(title)}`),
    ...(onFailure.length === 0
      ? []
      : [say(message("Not included, because it is only done if another change fails:"))]),
    ...onFailure.map(({ title }) => `  ${say(title)}`),
    ...(input.leftOut.length === 0 ? [] : [say(message("Not changed:"))]),
    ...input.leftOut.map(({ target, reason }) => `  ${nameWithSet(target)}: ${say(reason)}`),
    ...input.warnings.map(say),
  ];
}

/** The roles that the changes need, each with the widest scope that it is for. */
function rolesFor(input: CodeInput, excluded: ReadonlySet<Change>): readonly Message[] {
  const changes = input.changes.filter((change) => !excluded.has(change));
  const needed = neededPermissions({ ...input, changes }).map(({ role, action, scopes: [scope = ""] }) => {
    const text =
      role === undefined
        ? message("Needs the permission {0} on {1}.", action, scope)
        : message("Needs the role {0} on {1}.", role, scope);
    return [`${role ?? action} ${scope}`.toLowerCase(), text] as const;
  });
  return [...new Map(needed).values()];
}
