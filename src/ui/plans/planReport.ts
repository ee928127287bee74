import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, nameOf, nameWithSet } from "../../core/resources/ids.ts";
import { indented, joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { ChangeResult, NotSent, Outcome, Plan } from "../../core/plans/plan.ts";
import type { Problem } from "../../core/text/problem.ts";
import { problemLine, problemLines } from "../problemReport.ts";

/** How a plan ended, counted. `skipped` includes what was never sent because the user cancelled. */
export interface PlanTally {
  readonly done: number;
  /** Accepted by Azure, which still works on it. */
  readonly underWay: number;
  /** Sent, and seen by no read. */
  readonly notConfirmed: number;
  readonly changedBySomeoneElse: number;
  readonly failed: number;
  readonly skipped: number;
}

export function tallyOf(results: readonly ChangeResult[]): PlanTally {
  const count = (...statuses: Outcome["status"][]) =>
    results.filter(({ outcome }) => statuses.includes(outcome.status)).length;
  return {
    done: count("done"),
    underWay: count("underWay"),
    notConfirmed: count("notConfirmed"),
    changedBySomeoneElse: count("changedBySomeoneElse"),
    failed: count("failed"),
    skipped: count("skipped", "notStarted"),
  };
}

/** The counts in one line: "3 of 4 changes done, 1 failed". */
export function summaryOf(results: readonly ChangeResult[]): Message {
  const { done, underWay, notConfirmed, changedBySomeoneElse, failed, skipped } = tallyOf(results);
  const all = results.length;
  if (done === all) return all === 1 ? message("1 change done") : message("{0} changes done", all);
  return joined(", ", [
    message("{0} of {1} changes done", done, all),
    ...(underWay === 0 ? [] : [message("{0} under way in Azure", underWay)]),
    ...(notConfirmed === 0 ? [] : [message("{0} not confirmed", notConfirmed)]),
    ...(changedBySomeoneElse === 0 ? [] : [message("{0} changed by someone else", changedBySomeoneElse)]),
    ...(failed === 0 ? [] : [message("{0} failed", failed)]),
    ...(skipped === 0 ? [] : [message("{0} not sent", skipped)]),
  ]);
}

/** What the notification says: the counts, and the first failure with its way out. */
export function headlineOf(results: readonly ChangeResult[]): Message {
  const [failure] = failuresOf(results);
  if (failure === undefined) return summaryOf(results);
  return { template: "{0}. {1}", args: [summaryOf(results), problemLine(failure.problem)] };
}

/** The changes that failed or are not confirmed, each with its reason; those that failed first. */
export function failuresOf(
  results: readonly ChangeResult[],
): readonly { readonly result: ChangeResult; readonly problem: Problem }[] {
  const withProblem = results.flatMap((result) =>
    "problem" in result.outcome ? [{ result, problem: result.outcome.problem }] : [],
  );
  const rank = ({ result }: (typeof withProblem)[number]) => (result.outcome.status === "failed" ? 0 : 1);
  return withProblem.toSorted((a, b) => rank(a) - rank(b));
}

/** More than so many results are told scale set by scale set, those with failures first. */
const maxListedResults = 30;

/** The readable document behind "Show Results", line by line: each change with its outcome, then what was left out. */
export function reportOf(plan: Plan, results: readonly ChangeResult[]): readonly Message[] {
  const titles = new Map(results.map(({ change }) => [change.id, change.title]));
  return [
    plan.title,
    summaryOf(results),
    ...(results.length > maxListedResults
      ? setBySet(results, titles)
      : results.flatMap((result) => [verbatim(""), ...changeLines(result, titles)])),
    ...(plan.leftOut.length === 0 ? [] : [verbatim(""), message("Left as they are:")]),
    ...plan.leftOut.flatMap(({ target, reason }) => [
      verbatim(`- ${nameWithSet(target)}`),
      indented(verbatim(target)),
      indented(reason),
    ]),
  ];
}

function setBySet(
  results: readonly ChangeResult[],
  titles: ReadonlyMap<string, Message>,
): readonly Message[] {
  const sets = [...Map.groupBy(results, ({ change }) => idKey(subjectOf(change))).values()];
  const ended = (those: readonly ChangeResult[]) => (tallyOf(those).done === those.length ? 1 : 0);
  return sets
    .toSorted((a, b) => ended(a) - ended(b))
    .flatMap((those) => {
      const subject = those[0] === undefined ? "" : subjectOf(those[0].change);
      return [
        verbatim(""),
        verbatim(nameOf(subject)),
        verbatim(subject),
        ...those.flatMap(({ change, outcome }) => [
          headingOf({ change, outcome }),
          ...whyInWords(outcome, titles).map(indented),
        ]),
      ];
    });
}

function changeLines(
  { change, outcome }: ChangeResult,
  titles: ReadonlyMap<string, Message>,
): readonly Message[] {
  return [
    headingOf({ change, outcome }),
    indented(verbatim(change.target)),
    ...whyInWords(outcome, titles).map(indented),
  ];
}

/** The line of the report that says how a change ended. */
export function headingOf({ change: { title }, outcome }: ChangeResult): Message {
  switch (outcome.status) {
    case "done":
      return message("✓ Done: {0}", title);
    case "underWay":
      return message("… Under way: {0}", title);
    case "notConfirmed":
      return message("? Not confirmed: {0}", title);
    case "changedBySomeoneElse":
      return message("≠ Changed by someone else: {0}", title);
    case "failed":
      return message("✗ Failed: {0}", title);
    case "skipped":
      return message("- Skipped: {0}", title);
    case "notStarted":
      return message("- Not sent: {0}", title);
  }
}

/** Why a change ended as it did, in lines; none where it was done. */
export function whyInWords(outcome: Outcome, titles: ReadonlyMap<string, Message>): readonly Message[] {
  switch (outcome.status) {
    case "done":
      return [];
    case "underWay":
      return [message("Azure accepted it and goes on with it. The tree shows when it has ended.")];
    case "notConfirmed":
    case "changedBySomeoneElse":
    case "failed":
      return problemLines(outcome.problem);
    case "skipped":
      return [message("It needs this change first: {0}", titles.get(outcome.because) ?? outcome.because)];
    case "notStarted":
      return [whyNotSent(outcome.why)];
  }
}

function whyNotSent(why: NotSent | undefined): Message {
  switch (why) {
    case undefined:
      return message("You cancelled before it was sent.");
    case "windowClosed":
      return message("The window was closed before it was sent.");
    case "takenOver":
      return message("Another window has taken the plan over before it was sent.");
    case "notKept":
      return message("The journal could not be written, so it was not sent. The log says why.");
    case "notNeeded":
      return message("Not needed: the change that it makes good didn't fail.");
  }
}
