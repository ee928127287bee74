/** What a plan amounts to, counted: by kind of change, from which configuration to which, and by subscription. */
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey } from "../../core/resources/ids.ts";
import { inverseMayBeRefused, whyNoInverse } from "../../core/plans/inverses.ts";
import { indented, message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { moveInWords, movesOf } from "../associations/moves.ts";
import type { Fact } from "../engine/question.ts";
import { fact } from "../engine/rows.ts";
import { resourcesBySubscription } from "./changeRows.ts";
import { doingOf } from "./doings.ts";
import { doingInWords } from "./planInWords.ts";

/** A count and what is counted. */
interface Counted {
  readonly count: number;
  readonly what: Message;
}

/** What is done, a line for each doing. */
function doings(changes: readonly Change[]): readonly Message[] {
  return [...Map.groupBy(changes, doingOf)].map(([doing, those]) => doingInWords(doing, bySubjectKey(those)));
}

const bySubjectKey = (changes: readonly Change[]) =>
  Map.groupBy(changes, (change) => idKey(subjectOf(change)));

/** What of a plan can't be taken back, or not at once, and why. */
function lasting(changes: readonly Change[]): readonly { readonly what: Message; readonly why: Message }[] {
  const marked = changes.flatMap((change) => {
    const why = whyNoInverse(change) ?? inverseMayBeRefused(change);
    return why === undefined ? [] : [{ key: `${doingOf(change)} ${why.template}`, change, why }];
  });
  return [...Map.groupBy(marked, ({ key }) => key).values()].flatMap((those) => {
    const [first] = those;
    if (first === undefined) return [];
    const changed = bySubjectKey(those.map(({ change }) => change));
    return [{ what: doingInWords(doingOf(first.change), changed), why: first.why }];
  });
}

/** Rows for the review: what can't be undone, or not at once. */
export function lastingRows({ changes }: Plan): readonly Fact[] {
  return lasting(changes).map(({ what, why }) => fact("discard", what, why));
}

/** The same for a document, with what is done in all, and where. */
export function planSummary(snapshot: Snapshot, plan: Plan): readonly Message[] {
  const { changes } = plan;
  const moves = movesOf(plan).map((move) => ({ count: move.changes.size, what: moveInWords(move) }));
  const places = resourcesBySubscription(snapshot, changes).map(({ name, count }) => ({
    count,
    what: verbatim(name),
  }));
  return [
    ...list(message("{0} ({1})", message("Changes"), changes.length), doings(changes)),
    ...table(message("Scale sets, from → to"), moves),
    ...table(message("Resources by subscription"), places),
    ...list(
      message("Can't be undone right away"),
      lasting(changes).map(({ what, why }) => message("{0}. {1}", what, why)),
    ),
  ];
}

function list(heading: Message, lines: readonly Message[]): readonly Message[] {
  return lines.length === 0 ? [] : [verbatim(""), heading, ...lines.map(indented)];
}

/** Lines that begin with a count. */
function table(heading: Message, rows: readonly Counted[]): readonly Message[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ count }) => String(count).length));
  const lines = rows.map(({ count, what }): Message => ({
    template: "    {0}  {1}",
    args: [String(count).padStart(width), what],
  }));
  return [verbatim(""), heading, ...lines];
}
