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
        ? message("This window is sending it. Cancel it in its notification.")
        : message("Nothing more is sent. Azure is finishing what was sent. Continue sends the rest later.");
    case "elsewhere":
      return message(
        "Another window is sending it. It can be resumed here once that window is not heard of any more.",
      );
    case "interrupted":
      return message(
        "Its window was closed before the end, or is not heard of any more. Resume it here, or see where it stands.",
      );
    case "ended":
      return wayOutOf(left, left.length < results.length);
  }
}

function wayOutOf(results: Results, isTakenUp: boolean): Message {
  if (toCheck(results).length > 0)
    return message("Azure doesn't show every change yet. Check Again looks once more.");
  if (tallyOf(results).changedBySomeoneElse > 0)
    return message("Someone else changed a resource. Compare in the results, then review again.");
  if (toContinue(results).length > 0) return message("Some changes weren't sent. Continue sends them.");
  if (isTakenUp) return message("A later plan took up what was left. A click shows the results.");
  return message("A click shows the results.");
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

/** What menus tell plans apart by. `left`: those of its results that no later plan takes up. `isUndone`: whether one takes it back. */
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
