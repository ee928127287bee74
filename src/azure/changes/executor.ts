import { subjectOf } from "../../core/plans/subject.ts";
import { waitsFor, whyNotAfter } from "../../core/plans/waiting.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../core/plans/plan.ts";
import type { ApplyOptions } from "../contracts.ts";
import { unending } from "../http/pause.ts";

const maxInFlight = 8;

/** One of the places in which changes are made, at most 8 at a time; a change has one when it is run. */
export interface Place {
  /** Lets another change have it, until this one takes a place again. */
  leave(): void;
  /** Resolves when it has a place, at once where it has not left its own. */
  take(): Promise<void>;
}

/** A change, and what it still waits for. */
interface Step {
  readonly change: Change;
  /** Those that need it. */
  readonly neededBy: Step[];
  /** The next one of the same scale set. */
  next?: Step;
  /** Whether the one before it of the same scale set has not come to its end yet. */
  isBehind: boolean;
  /** How many of those that it needs are not done yet. */
  missing: number;
}

/**
 * Runs a plan's changes, each as soon as all that it needs is done and what stands before it of the same scale set has ended, at most 8 at
 * a time. A change whose need was not done is skipped, and one that makes good another's failure is run only after that. When the signal is
 * aborted, what is in flight comes to the end that `run` gives it and the rest is not started; but a move that has taken the old association
 * goes on to its end, by the signal that `run` is given. `run` must not reject. Each change is looked at once for each of its needs, so that
 * thousands are no trouble. Throws only where changes need each other in a circle or need one that is not in the plan.
 */
export async function execute(
  plan: Plan,
  options: Pick<ApplyOptions, "signal" | "onOutcome">,
  run: (change: Change, place: Place, signal: AbortSignal) => Promise<Outcome>,
): Promise<readonly ChangeResult[]> {
  const steps = stepsOf(plan.changes);
  const outcomes = new Map<string, Outcome>();
  /** Those that wait for nothing, in the order in which they came to it; the first `taken` of them have been started, or not been by choice. */
  const ready = steps.filter(isReady);
  let taken = 0;
  let inFlight = 0;
  /** Changes that have been started and have not ended. */
  let running = 0;
  /** Those among them that wait for a place again, which come before those that have not been started. */
  const returning: (() => void)[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();

  const madeGood = new Set(plan.changes.map(({ onFailureOf }) => onFailureOf));
  /** Both wait for what took something away: left undone, they would leave a scale set without what it had. */
  const signalOf = ({ id, onFailureOf }: Change) =>
    onFailureOf !== undefined || madeGood.has(id) ? unending : options.signal;
  const put = (step: Step) => {
    if (isReady(step)) ready.push(step);
  };
  /** Lets the next one of the same set go on, past those that were skipped. */
  const pass = (first: Step) => {
    for (let step: Step | undefined = first; step !== undefined; step = step.next) {
      if (!outcomes.has(step.change.id) || step.isBehind) return;
      if (step.next === undefined) return;
      step.next.isBehind = false;
      put(step.next);
    }
  };
  const settle = (first: Step, outcome: Outcome) => {
    const settled: [Step, Outcome][] = [[first, outcome]];
    for (let entry = settled.pop(); entry !== undefined; entry = settled.pop()) {
      const [step, its] = entry;
      const { change } = step;
      if (outcomes.has(change.id)) continue;
      outcomes.set(change.id, its);
      options.onOutcome?.({ change, outcome: its });
      for (const waiting of step.neededBy) {
        waiting.missing--;
        const hinders = whyNotAfter(waiting.change, change.id, its);
        if (hinders === undefined) put(waiting);
        else settled.push([waiting, hinders]);
      }
      pass(step);
    }
  };
  const placeOf = (): Place => {
    let holds = true;
    return {
      leave: () => {
        if (!holds) return;
        holds = false;
        inFlight--;
        advance();
      },
      take: async () => {
        if (holds) return;
        if (inFlight >= maxInFlight) await new Promise<void>((resume) => returning.push(resume));
        else inFlight++;
        holds = true;
      },
    };
  };
  const advance = () => {
    for (; inFlight < maxInFlight && returning.length > 0; inFlight++) returning.shift()?.();
    while (inFlight < maxInFlight && taken < ready.length) {
      const step = ready[taken++] as Step;
      if (outcomes.has(step.change.id)) continue;
      const signal = signalOf(step.change);
      if (signal.aborted) {
        settle(step, { status: "notStarted" });
        continue;
      }
      inFlight++;
      running++;
      const place = placeOf();
      run(step.change, place, signal)
        .then((outcome) => {
          running--;
          settle(step, outcome);
          place.leave();
          advance();
        })
        .catch(reject);
    }
    if (running === 0) resolve();
  };

  advance();
  await promise;
  return plan.changes.map((change) => ({ change, outcome: outcomes.get(change.id) as Outcome }));
}

function isReady({ isBehind, missing }: Step): boolean {
  return !isBehind && missing === 0;
}

function stepsOf(changes: readonly Change[]): readonly Step[] {
  const steps = changes.map((change): Step => ({ change, neededBy: [], isBehind: false, missing: 0 }));
  const byId = new Map(steps.map((step) => [step.change.id, step]));
  for (const step of steps) {
    for (const id of waitsFor(step.change)) {
      byId.get(id)?.neededBy.push(step);
      step.missing++;
    }
  }
  const bySubject = Map.groupBy(inOrder(steps, byId), ({ change }) => idKey(subjectOf(change)));
  for (const those of bySubject.values()) {
    for (const [index, step] of those.entries()) {
      const next = those[index + 1];
      if (next === undefined) continue;
      step.next = next;
      next.isBehind = true;
    }
  }
  return steps;
}

/** In the order of the plan, but for what others need, which stands before them. */
function inOrder(steps: readonly Step[], byId: ReadonlyMap<string, Step>): readonly Step[] {
  const ordered = new Set<Step>();
  const below = new Set<Step>();
  for (const first of steps) {
    const path = [first];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      below.add(step);
      const missing = ordered.has(step) ? undefined : needsOf(step, byId).find((need) => !ordered.has(need));
      if (missing === undefined) {
        ordered.add(step);
        below.delete(step);
        path.pop();
      } else if (below.has(missing)) throw cannotGoOn(path.map(({ change }) => change.id));
      else path.push(missing);
    }
  }
  return [...ordered];
}

function needsOf({ change }: Step, byId: ReadonlyMap<string, Step>): readonly Step[] {
  return [...waitsFor(change)].map((id) => byId.get(id) ?? unknownNeed(change.id));
}

function unknownNeed(id: string): never {
  throw cannotGoOn([id]);
}

function cannotGoOn(ids: readonly string[]): Error {
  return new Error(`The plan cannot go on: ${ids.join(", ")}`);
}
