import { joined, message, type Message } from "../../core/text/message.ts";
import type { ChangeResult, NotSent, Outcome } from "../../core/plans/plan.ts";
import type { Problem } from "../../core/text/problem.ts";
import { countOfChanges } from "../counts.ts";
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
  const tally = tallyOf(results);
  const { done, underWay, skipped } = tally;
  const all = results.length;
  if (done === all) return message("{0} done", countOfChanges(all));
  return joined(", ", [
    message("{0} of {1} changes done", done, all),
    ...(underWay === 0 ? [] : [message("{0} under way in Azure", underWay)]),
    ...troubleInWords(tally),
    ...(skipped === 0 ? [] : [message("{0} not sent", skipped)]),
  ]);
}

/** The counts of what did not end as planned; nothing for what did not happen. */
export function troubleInWords(
  { notConfirmed, changedBySomeoneElse, failed }: PlanTally,
  inDigits: (count: number) => string | number = (count) => count,
): readonly Message[] {
  return [
    ...(notConfirmed === 0 ? [] : [message("{0} not confirmed", inDigits(notConfirmed))]),
    ...(changedBySomeoneElse === 0
      ? []
      : [message("{0} changed by someone else", inDigits(changedBySomeoneElse))]),
    ...(failed === 0 ? [] : [message("{0} failed", inDigits(failed))]),
  ];
}

/** What the notification says: the counts, and the first failure with its way out, or else that Azure is still upgrading a scale set. */
export function headlineOf(results: readonly ChangeResult[]): Message {
  const [failure] = failuresOf(results);
  if (failure !== undefined)
    return { template: "{0}. {1}", args: [summaryOf(results), problemLine(failure.problem)] };
  const isRollingOut = results.some(({ outcome }) => outcome.status === "done" && outcome.isRollingOut);
  return isRollingOut
    ? { template: "{0}. {1}", args: [summaryOf(results), rollingOut()] }
    : summaryOf(results);
}

/** The same after another look at what was not confirmed: how much of it is done now comes first. */
export function checkedHeadlineOf(
  checked: readonly ChangeResult[],
  results: readonly ChangeResult[],
): Message {
  const { done } = tallyOf(checked);
  if (done === 0) return headlineOf(results);
  const confirmed =
    done < checked.length
      ? message("{0} of {1} changes confirmed", done, checked.length)
      : message("{0} confirmed", countOfChanges(done));
  return { template: "{0}. {1}", args: [confirmed, headlineOf(results)] };
}

/** The changes that failed, met another's or are not confirmed, in this order, each with its reason. */
export function failuresOf(
  results: readonly ChangeResult[],
): readonly { readonly result: ChangeResult; readonly problem: Problem }[] {
  const withProblem = results.flatMap((result) =>
    "problem" in result.outcome ? [{ result, problem: result.outcome.problem }] : [],
  );
  const rank = ({ result }: (typeof withProblem)[number]) => troubles.indexOf(result.outcome.status);
  return withProblem.toSorted((a, b) => rank(a) - rank(b));
}

/** The order in which they are reported. */
const troubles: readonly Outcome["status"][] = ["failed", "changedBySomeoneElse", "notConfirmed"];

/** Why a change ended as it did, in lines; none where it was done. */
export function whyInWords(outcome: Outcome, titles: ReadonlyMap<string, Message>): readonly Message[] {
  switch (outcome.status) {
    case "done":
      return [...(outcome.isRollingOut ? [rollingOut()] : []), ...(outcome.note ? [outcome.note] : [])];
    case "underWay":
      return [message("Azure is still working on this change. Check again for the result.")];
    case "notConfirmed":
    case "changedBySomeoneElse":
    case "failed":
      return problemLines(outcome.problem);
    case "skipped":
      return [message("Needs this change first: {0}", titles.get(outcome.because) ?? outcome.because)];
    case "notStarted":
      return [whyNotSent(outcome.why)];
  }
}

function rollingOut(): Message {
  return message("Model changed, upgrade under way.");
}

function whyNotSent(why: NotSent | undefined): Message {
  switch (why) {
    case undefined:
      return message("Not sent: you cancelled.");
    case "windowClosed":
      return message("Not sent: the window was closed.");
    case "takenOver":
      return message("Not sent: another window took over.");
    case "notKept":
      return message("Not sent: couldn't write the journal. See the log.");
    case "notNeeded":
      return message("Not needed: the change before it didn't fail.");
  }
}
