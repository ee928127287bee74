import { offersRetry, toCheck, toContinue } from "../../core/plans/leftToDo.ts";
import { joined, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { summaryOf, tallyOf, troubleInWords } from "../../ui/plans/planReport.ts";
import type { Icon } from "../view.ts";

type Results = AppliedPlan["results"];

/** How far a plan has come: "3 of 4 changes done, 1 failed", and before it where it runs while it does. */
export function planStateInWords(applied: AppliedPlan): Message {
  const { plan, results, state, inFlight } = applied;
  if (state === "ended") return summaryOf(results);
  const all = plan.changes.length;
  const tally = tallyOf(results);
  const counts = message("{0} of {1} changes done", tally.done, all);
  const where = inFlight === undefined ? whereInWords(state) : cancellingInWords(inFlight);
  return joined(", ", [where, counts, ...troubleInWords(tally)]);
}

/** @param inFlight how many changes were sent and have not ended yet */
export function cancellingInWords(inFlight: number): Message {
  return inFlight === 0 ? message("Cancelling…") : message("Cancelling: finishing {0}…", inFlight);
}

/** Said of the plan as a whole, where its tooltip has more room. `left`: those of its results that no later plan takes up. */
export function planStateExplained({ state, results, inFlight }: AppliedPlan, left: Results): Message {
  switch (state) {
    case "here":
      return inFlight === undefined
        ? message("Running in this window. To stop it, cancel in the notification.")
        : message("Azure is finishing the changes already sent. Select Continue later to send the rest.");
    case "elsewhere":
      return message("Running in another window. You can resume it here when that window stops responding.");
    case "interrupted":
      return message("Its window was closed or stopped responding. Resume it here, or show the results.");
    case "ended":
      return nextStepOf(left, left.length < results.length);
  }
}

function nextStepOf(results: Results, isTakenUp: boolean): Message {
  if (toCheck(results).length > 0) return message("Azure hasn't confirmed every change. Select Check Again.");
  if (tallyOf(results).changedBySomeoneElse > 0)
    return message("Someone else changed a resource. Compare in the results, then review again.");
  if (toContinue(results).length > 0)
    return message("Some changes weren't sent. Select Continue to send them.");
  if (isTakenUp) return message("A later plan covers the rest. Select to show the results.");
  return message("Select to show the results.");
}

export function planIcon({ results, state }: AppliedPlan): Icon {
  if (state === "here") return { id: "sync~spin" };
  if (state === "elsewhere") return { id: "multiple-windows" };
  if (state === "interrupted") return { id: "debug-pause", color: "list.warningForeground" };
  const { done, failed, changedBySomeoneElse, notConfirmed } = tallyOf(results);
  if (failed > 0) return { id: "error", color: "list.errorForeground" };
  if (changedBySomeoneElse > 0) return { id: "diff", color: "list.warningForeground" };
  if (notConfirmed > 0) return { id: "question", color: "list.warningForeground" };
  return done === results.length
    ? { id: "pass", color: "testing.iconPassed" }
    : { id: "warning", color: "list.warningForeground" };
}

/** What menus distinguish plans by. `left`: those of its results that no later plan takes up. `isUndone`: whether one takes it back. */
export function planContext({ results, state }: AppliedPlan, left: Results, isUndone: boolean): string {
  if (state !== "ended") return ["appliedPlan", state].join(";");
  const facts = [
    ...(tallyOf(results).done > 0 && !isUndone ? ["undoable"] : []),
    ...(offersRetry(left) ? ["retry"] : []),
    ...(toCheck(left).length > 0 ? ["check"] : []),
    ...(toContinue(left).length > 0 ? ["continue"] : []),
  ];
  return ["appliedPlan", state, ...facts].join(";");
}

function whereInWords(state: "here" | "elsewhere" | "interrupted"): Message {
  switch (state) {
    case "here":
      return message("running");
    case "elsewhere":
      return message("running in another window");
    case "interrupted":
      return message("interrupted");
  }
}

/** Nothing, for a plan that was applied to Azure. */
export function originInWords({ origin }: AppliedPlan): readonly Message[] {
  return origin === "sandbox" ? [message("Sandbox")] : [];
}
