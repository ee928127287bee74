/**
 * The step engine: answers in, next question out. It holds no state of its own; a flow's progress is a value, and
 * going back is an earlier path over the same answers, so nothing that was given is ever lost.
 */
import type { Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Answer, PickQuestion, Question } from "./question.ts";

/** One question of a flow. `A` has one optional member per step, named by the step's id. */
export interface Step<A extends object> {
  readonly id: keyof A & string;
  /** Whether the question is asked, by the answers before it. Always, when absent. */
  applies?(answers: A): boolean;
  ask(answers: A): Question;
}

export interface Flow<A extends object> {
  readonly id: string;
  readonly title: Message;
  /** What is known from where the flow was started; those steps are not asked. */
  readonly given: A;
  readonly steps: readonly Step<A>[];
  /**
   * Reads what decides on the questions that follow these answers, and shows its own progress; awaited before each of them. Nothing,
   * when absent.
   */
  prepare?(answers: A): Promise<void>;
  /** Reads what the plan is made of, as far as no step has: asked for before the plan that is shown is made. Nothing, when absent. */
  load?(answers: A, signal: AbortSignal, say: (progress: Message) => void): Promise<void>;
  /** The plan that the answers amount to. */
  plan(answers: A): Plan;
  /** Completes a plan that has changes by what only Azure can say to it; asked before the plan is shown. Nothing, when absent. */
  check?(plan: Plan, signal: AbortSignal, say: (progress: Message) => void): Promise<Plan>;
  /** The last question: the preview of the plan. Any value it returns confirms the plan, but those that `turn` knows. */
  review(plan: Plan, answers: A): PickQuestion;
  /** Answers that a row of the review gives, by its value: the review is then asked anew. No step asks for them. Undefined: the plan is confirmed. */
  turn?(value: string, answers: A): Partial<A> | undefined;
}

export type Answers = Readonly<Record<string, Answer>>;

export interface Progress {
  /** Every answer so far, those included that lie ahead after going back or whose step does not apply at the moment. */
  readonly answers: Answers;
  /** Ids of the steps answered on the way to where the user stands, in order. */
  readonly path: readonly string[];
}

export const beginning: Progress = { answers: {}, path: [] };

export interface Position<A extends object> {
  /** The step to ask; undefined when all are answered and the review is next. */
  readonly step: Step<A> | undefined;
  /** What was given and answered before this step: all that it may look at. */
  readonly answers: A;
  /** Counted from 1. */
  readonly number: number;
  /** How many questions it will be, the review included, if the answers ahead stay as they are. */
  readonly total: number;
}

export function positionOf<A extends object>(flow: Flow<A>, progress: Progress): Position<A> {
  const passed = Object.fromEntries(progress.path.map((id) => [id, progress.answers[id]]));
  const turned = Object.entries(progress.answers).filter(([id]) =>
    flow.steps.every((step) => step.id !== id),
  );
  const answers = { ...flow.given, ...Object.fromEntries(turned), ...passed } as A;
  const here = flow.steps.findIndex(({ id }) => id === progress.path.at(-1)) + 1;
  let foreseen = answers;
  const ahead: Step<A>[] = [];
  for (const step of flow.steps.slice(here)) {
    if (step.id in flow.given || step.applies?.(foreseen) === false) continue;
    ahead.push(step);
    const remembered = progress.answers[step.id];
    if (remembered !== undefined) foreseen = { ...foreseen, [step.id]: remembered };
  }
  const passedCount = progress.path.length;
  return { step: ahead[0], answers, number: passedCount + 1, total: passedCount + ahead.length + 1 };
}

/** The progress after `answer` was given to the step `id`. */
export function forward(progress: Progress, id: string, answer: Answer): Progress {
  return { answers: { ...progress.answers, [id]: answer }, path: [...progress.path, id] };
}

/** The progress with answers that the review gave. */
export function turn(progress: Progress, answers: Answers): Progress {
  return { ...progress, answers: { ...progress.answers, ...answers } };
}

/** The progress one question earlier. Every answer stays. */
export function back(progress: Progress): Progress {
  return { ...progress, path: progress.path.slice(0, -1) };
}

/** The progress with `answer` standing at the step `id`, without going on. */
export function keep(progress: Progress, id: string, answer: Answer | undefined): Progress {
  return answer === undefined ? progress : { ...progress, answers: { ...progress.answers, [id]: answer } };
}
