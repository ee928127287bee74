/**
 * The step engine: answers in, next question out. It holds no state of its own; a flow's progress is a value, and
 * going back is an earlier path over the same answers, so nothing that was given is ever lost.
 */
import type { Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Answer, PickQuestion, Question } from "./question.ts";

/** An answer to propose, or how to read it. Undefined where there is none. */
export type Proposal = Answer | LoadProposal | undefined;

/** Reads a proposal; `say` hears how far that is. */
export type LoadProposal = (
  signal: AbortSignal,
  say: (progress: Message) => void,
) => Promise<Answer | undefined>;

/** One question of a flow. `A` has one optional member per step, named by the step's id. */
export interface Step<A extends object> {
  readonly id: keyof A & string;
  /** Whether the question is asked, by the answers before it. Always, when absent. */
  applies?(answers: A): boolean;
  ask(answers: A): Question;
  /**
   * Answers in place of the user, who changes the answer from the review. A step without a proposal is asked; a step by step walk asks
   * all of them, with the proposal as the default. Never called, when absent.
   */
  propose?(answers: A): Proposal;
  /** Id of an earlier step: another answer there makes the answer to this one meaningless. */
  readonly within?: keyof A & string;
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
  /** Answers that a row of the review gives, by its value: the review is then asked again. Undefined: the plan is confirmed. */
  turn?(value: string, answers: A): Partial<A> | undefined;
}

export type Answers = Readonly<Record<string, Answer>>;

export interface Progress {
  /** Every answer of the user so far, those included that lie ahead after going back or whose step does not apply at the moment. */
  readonly answers: Answers;
  /** Ids of the steps answered on the way to where the user stands, in order. */
  readonly path: readonly string[];
  /** The answers to those steps of the path that were not asked: proposals, and what the user changed about them from the review. */
  readonly filled: Answers;
  /** The user wants to be asked each step. */
  readonly isStepByStep?: true;
  /** The steps that a row of the review opened, and the progress at that review, where Back leads. */
  readonly opened?: { readonly steps: readonly string[]; readonly review: Progress };
  /** Set while steps are passed with the answers that are remembered: up to this step, or up to the review where it is undefined. */
  readonly replay?: { readonly to: string | undefined };
}

export const beginning: Progress = { answers: {}, path: [], filled: {} };

export interface Position<A extends object> {
  /** The step that comes next; undefined when all are answered and the review is next. */
  readonly step: Step<A> | undefined;
  /** The step that is asked next unless a proposal fails. */
  readonly toAsk: Step<A> | undefined;
  /** What was given and answered before this step: all that it may look at. */
  readonly answers: A;
  /** Counted from 1. */
  readonly number: number;
  /** How many questions it will be, the review included, if the answers ahead stay as they are. */
  readonly total: number;
}

export function positionOf<A extends object>(flow: Flow<A>, progress: Progress): Position<A> {
  const { answers, rest } = standOf(flow, progress);
  let foreseen = answers;
  const ahead: Step<A>[] = [];
  for (const step of rest) {
    if (step.applies?.(foreseen) === false) continue;
    ahead.push(step);
    const remembered = progress.answers[step.id];
    if (remembered !== undefined) foreseen = { ...foreseen, [step.id]: remembered };
  }
  const toAsk = ahead.filter((step) => !isProposed(step, progress));
  const askedCount = progress.path.filter((id) => !(id in progress.filled)).length;
  return {
    step: ahead[0],
    toAsk: toAsk[0],
    answers,
    number: askedCount + 1,
    total: askedCount + toAsk.length + 1,
  };
}

/** The next step alone, without looking further ahead. */
export function nextOf<A extends object>(
  flow: Flow<A>,
  progress: Progress,
): Pick<Position<A>, "step" | "answers"> {
  const { answers, rest } = standOf(flow, progress);
  return { answers, step: rest.find((step) => step.applies?.(answers) !== false) };
}

/** What was given and answered, and the steps that are left, whether they apply or not. */
function standOf<A extends object>(
  flow: Flow<A>,
  { answers: own, path, filled, opened }: Progress,
): { readonly answers: A; readonly rest: readonly Step<A>[] } {
  const passed = Object.fromEntries(path.map((id) => [id, filled[id] ?? own[id]]));
  const turned = Object.entries(own).filter(([id]) => flow.steps.every((step) => step.id !== id));
  const before =
    opened === undefined
      ? { ...flow.given, ...Object.fromEntries(turned) }
      : standOf(flow, opened.review).answers;
  const isLeft = ({ id }: Step<A>) =>
    opened === undefined ? !(id in flow.given) : opened.steps.includes(id);
  const here = flow.steps.findIndex(({ id }) => id === path.at(-1)) + 1;
  return { answers: { ...before, ...passed } as A, rest: flow.steps.slice(here).filter(isLeft) };
}

/** Whether a step is answered by its proposal, and not asked. */
export function isProposed<A extends object>(step: Step<A>, { isStepByStep, opened }: Progress): boolean {
  return step.propose !== undefined && isStepByStep === undefined && opened === undefined;
}

/** The progress after the user gave `answer` to the step `id`. */
export function forward<A extends object>(
  flow: Flow<A>,
  progress: Progress,
  id: string,
  answer: Answer,
): Progress {
  const isSame = JSON.stringify(progress.answers[id]) === JSON.stringify(answer);
  const stale = new Set(
    isSame ? [] : flow.steps.filter(({ within }) => within === id).map((step) => step.id),
  );
  const kept = Object.entries(progress.answers).filter(([other]) => !stale.has(other as keyof A & string));
  return {
    ...progress,
    answers: { ...Object.fromEntries(kept), [id]: answer },
    path: [...progress.path, id],
  };
}

/** The progress after the step `id` was passed with `answer`, without a question. */
export function fill(progress: Progress, id: string, answer: Answer): Progress {
  return { ...progress, path: [...progress.path, id], filled: { ...progress.filled, [id]: answer } };
}

/** The progress with answers that the review gave. */
export function turn(progress: Progress, answers: Answers): Progress {
  return { ...progress, answers: { ...progress.answers, ...answers } };
}

/** Whether there is a question to go back to. */
export function canGoBack({ path, filled, opened }: Progress): boolean {
  return opened !== undefined || path.some((id) => !(id in filled));
}

/** The progress one question earlier. Every answer stays; from the first step that the review opened it is the review as it was. */
export function back(progress: Progress): Progress {
  const { path, filled, opened } = progress;
  if (opened !== undefined && path.length === 0) return opened.review;
  const last = path.findLastIndex((id) => !(id in filled));
  const earlier = path.slice(0, Math.max(last, 0));
  const stillFilled = Object.entries(filled).filter(([id]) => earlier.includes(id));
  return { ...progress, path: earlier, filled: Object.fromEntries(stillFilled) };
}

/** The progress with `answer` standing at the step `id`, without going on. */
export function keep(progress: Progress, id: string, answer: Answer | undefined): Progress {
  return answer === undefined ? progress : { ...progress, answers: { ...progress.answers, [id]: answer } };
}
