/** What associations a plan replaces by which, over all of its scale sets. */
import { configurationIdOf } from "../../core/associations/link.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";

/** Scale sets that leave the same configurations for the same one. */
export interface Move {
  /** Names; none where the sets have no configuration now. */
  readonly from: readonly string[];
  /** Absent where they only lose what they have. */
  readonly to?: string;
  /** The changes of each set, by the key of its id. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
}

/** The moves of a plan, those of most sets first. */
export function movesOf({ changes }: Pick<Plan, "changes">): readonly Move[] {
  const bySet = Map.groupBy(changes.filter(moves), (change) => idKey(subjectOf(change)));
  const found = new Map<string, Move & { readonly changes: Map<string, readonly Change[]> }>();
  for (const [set, those] of bySet) {
    const from = those.flatMap(({ before }) => nameIn(before));
    const [to] = those.flatMap(({ after }) => nameIn(after));
    const key = `${from.join(", ")} → ${to ?? ""}`;
    const move = found.get(key) ?? { from, ...(to !== undefined && { to }), changes: new Map() };
    move.changes.set(set, those);
    found.set(key, move);
  }
  return [...found.values()].toSorted((a, b) => b.changes.size - a.changes.size);
}

/** What makes good the failure of another change moves nothing. */
const moves = ({ kind, onFailureOf }: Change) =>
  onFailureOf === undefined && (kind === "associate" || kind === "dissociate");

function nameIn(body: Change["before"]): readonly string[] {
  const id = body && configurationIdOf(body);
  return id === undefined ? [] : [nameOf(id)];
}

/** "mc-a → mc-b", also where there is nothing on one side. */
export function moveInWords({ from, to }: Pick<Move, "from" | "to">): Message {
  const none = message("no configuration");
  const left = from.length === 0 ? none : verbatim(from.join(", "));
  return message("{0} → {1}", left, to ?? none);
}
