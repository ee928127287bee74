/** What associations a plan replaces by which, over all of its scale sets. */
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { someNames } from "../upgrades/fixRows.ts";
import type { Row } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";

/** Scale sets that leave the same configurations for the same one. */
export interface Move {
  /** Names; none where the sets have no configuration now. */
  readonly from: readonly string[];
  /** Absent where they only lose what they have. */
  readonly to?: string;
  readonly scaleSets: readonly string[];
}

/** The moves of a plan, those of most sets first. */
export function movesOf({ changes }: Pick<Plan, "changes">): readonly Move[] {
  const bySet = Map.groupBy(
    changes.filter(
      ({ kind, onFailureOf }) => onFailureOf === undefined && (kind === "associate" || kind === "dissociate"),
    ),
    (change) => idKey(subjectOf(change)),
  );
  const moves = new Map<string, { readonly from: readonly string[]; to?: string; scaleSets: string[] }>();
  for (const those of bySet.values()) {
    const from = those.flatMap((change) => configurationIn(change.before));
    const [to] = those.flatMap((change) => configurationIn(change.after));
    const key = `${from.join(", ")} → ${to ?? ""}`;
    const move = moves.get(key) ?? { from, ...(to !== undefined && { to }), scaleSets: [] };
    const [first] = those;
    if (first !== undefined) move.scaleSets.push(nameOf(subjectOf(first)));
    moves.set(key, move);
  }
  return [...moves.values()].toSorted((a, b) => b.scaleSets.length - a.scaleSets.length);
}

function configurationIn(body: JsonObject | undefined): readonly string[] {
  const id = textAt(body, "properties", "maintenanceConfigurationId");
  return id === undefined ? [] : [nameOf(id)];
}

/** "mc-a → mc-b", also where there is nothing on one side. */
export function moveInWords({ from, to }: Move): Message {
  const none = message("no configuration");
  const left = from.length === 0 ? none : verbatim(from.join(", "));
  return message("{0} → {1}", left, to ?? none);
}

export function moveRows(plan: { readonly changes: readonly Change[] }): readonly Row[] {
  return section(
    message("From → to"),
    movesOf(plan).map((move) =>
      fact(
        "arrow-right",
        message("{0}: {1}", moveInWords(move), move.scaleSets.length),
        verbatim(someNames(move.scaleSets, 8)),
      ),
    ),
  );
}
