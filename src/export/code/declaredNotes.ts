import type { Change } from "../../core/plans/plan.ts";
import type { Sliced } from "../../core/slices.ts";
import { message, type Message } from "../../core/text/message.ts";
import { commentText, headerLines } from "./comments.ts";
import type { CodeContext } from "./context.ts";
import type { CodeInput } from "./input.ts";
import type { Stages } from "./stages.ts";

/** What a declarative language says at the head of its file. */
export interface OwnNotes {
  /** How to deploy it, a command a line. */
  readonly commands: readonly string[];
  /** What it needs: tools and their versions, and permissions beside those of the changes. */
  readonly needs: readonly Message[];
  /** Why a change is in the companion script. */
  readonly whyScript: Message;
}

/** The head of a declarative file, a line each: what it does, how it is deployed, what it needs, and what it leaves out and why. */
export function* declaredNotes(
  input: CodeInput,
  { before, after, actions, onFailure }: Stages<object>,
  { commands, needs, whyScript }: OwnNotes,
  context: CodeContext,
): Sliced<readonly string[]> {
  const excluded = new Set([...actions, ...onFailure]);
  const changes = input.changes.filter((change) => !excluded.has(change));
  const companion = (phase: string, scripted: readonly Change[]) =>
    scripted.length === 0 ? [] : [`bash companion.sh ${phase}`];
  const paragraph = (lead: Message, all: readonly Change[]) =>
    all.length === 0
      ? []
      : ["", commentText(lead, context), ...all.map(({ title }) => `  ${commentText(title, context)}`)];
  // What is there has no review that could be out of date.
  const unchecked =
    input.isThere === true
      ? []
      : [message("Nothing here checks first whether Azure still has what you reviewed: deploy it soon.")];
  return [
    ...(yield* headerLines({ ...input, changes }, [...unchecked, ...needs], context)),
    "",
    ...[...companion("before", before), ...commands, ...companion("after", after)].map((line) => `  ${line}`),
    ...paragraph(whyScript, [...before, ...after]),
    ...paragraph(message("Not included, because each deployment would do it again:"), actions),
    ...paragraph(message("Not included, because it is only done if another change fails:"), onFailure),
  ];
}
