import { joined, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { progressInWords } from "../../core/upgrades/upgradeInWords.ts";
import type { AppliedPlan } from "../../fleet/plans/planBoard.ts";
import { runningProgress } from "../scaleSets/upgradeDetails.ts";
import { inABreath } from "../view.ts";
import { cancellingInWords, planStateInWords } from "./planState.ts";
import { upgradingSets } from "./state.ts";
import type { ActivityState } from "./state.ts";

/** What may run. */
export type RunningState = Pick<ActivityState, "snapshot" | "followed" | "plans" | "clock">;

/** What runs, for the status bar. */
export interface RunningInWords {
  /** "12 of 50 changes · 3 upgrades, 40 %". */
  readonly text: Message;
  /** Each plan and upgrade with how far it is. */
  readonly lines: readonly Message[];
}

/** So many upgrades are named; of more there is a count. */
const maxNamed = 10;

/** The plans that this window applies and the upgrades that run; undefined while nothing does. */
export function runningInWords(state: RunningState): RunningInWords | undefined {
  const plans = state.plans.filter((plan) => plan.state === "here");
  const upgrades = upgradingSets(state).map((record) => ({
    record,
    progress: runningProgress(record, state.clock),
  }));
  if (plans.length + upgrades.length === 0) return undefined;
  const named = upgrades.slice(0, maxNamed).map(({ record, progress }) => {
    const parts = progress === undefined ? [message("starting…")] : progressInWords(progress);
    return message("{0}: {1}", record.name, inABreath(...parts));
  });
  return {
    text: joined(" · ", [
      ...plansInWords(plans),
      ...upgradesInWords(upgrades.map(({ progress }) => progress)),
    ]),
    lines: [
      ...plans.map((plan) => message("{0}: {1}", plan.plan.title, planStateInWords(plan))),
      ...named,
      ...(upgrades.length > maxNamed ? [message("and {0} more", upgrades.length - maxNamed)] : []),
    ],
  };
}

function plansInWords(plans: readonly AppliedPlan[]): readonly Message[] {
  if (plans.length === 0) return [];
  const finishing = plans.flatMap(({ inFlight }) => inFlight ?? []);
  if (finishing.length === plans.length) return [cancellingInWords(sum(finishing))];
  const ended = sum(plans.map(({ results }) => results.length));
  const all = sum(plans.map(({ plan }) => plan.changes.length));
  const counts = all === 1 ? message("1 change") : message("{0} of {1} changes", ended, all);
  return [plans.length === 1 ? counts : message("{0} plans: {1}", plans.length, counts)];
}

function upgradesInWords(progresses: readonly ReturnType<typeof runningProgress>[]): readonly Message[] {
  if (progresses.length === 0) return [];
  const of = (count: "total" | "done") => sum(progresses.map((progress) => progress?.[count] ?? 0));
  const count = progresses.length === 1 ? message("1 upgrade") : message("{0} upgrades", progresses.length);
  if (of("total") === 0) return [count];
  const percent = Math.floor((of("done") / of("total")) * 100);
  return [joined(", ", [count, message("{0} %", percent)])];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
