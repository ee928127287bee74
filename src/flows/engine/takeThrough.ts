import { isSameJson } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { advance, type Advanced } from "./advance.ts";
import type { Draft, Drafts } from "./drafts.ts";
import {
  back,
  beginning,
  canGoBack,
  forward,
  keep,
  positionOf,
  turn,
  type Answers,
  type Flow,
  type Position,
  type Progress,
} from "./engine.ts";
import { openedBy, reviewedAgain } from "./fromReview.ts";
import type { Answer, LoadRows, PickQuestion, Place, Prompter, Question } from "./question.ts";
import { choice } from "./rows.ts";

/**
 * Takes the user through a flow. Returns the plan as it was previewed and confirmed; undefined when the user left the flow, whose new
 * answers are then offered to the next start, or when there was nothing to confirm.
 */
export async function takeThrough<A extends object>(
  flow: Flow<A>,
  { prompter, drafts }: { readonly prompter: Prompter; readonly drafts: Drafts },
): Promise<Plan | undefined> {
  const begun = await begin(flow, prompter, drafts);
  if (begun === undefined) return undefined;
  let progress = begun;
  for (;;) {
    const advanced: Advanced = await advance(flow, progress, prompter);
    progress = advanced.progress;
    if (advanced.isLeft) {
      await leave(flow, progress, begun, drafts);
      return undefined;
    }
    const position = positionOf(flow, progress);
    const { step, answers } = position;
    if (step === undefined) {
      const { question, plan, isIdle } = reviewing(flow, answers);
      const reply = await prompter.ask(question, placeOf(flow, progress, position));
      if (reply.kind === "value") {
        const next = afterReview(flow, progress, answers, String(reply.value));
        if (next === undefined) {
          await drafts.clear(flow.id);
          return plan().changes.length === 0 ? undefined : plan();
        }
        progress = next;
        await save(flow, progress, drafts);
        continue;
      }
      if (reply.kind === "cancel") {
        if (isIdle()) await drafts.clear(flow.id);
        else await leave(flow, progress, begun, drafts);
        return undefined;
      }
      progress = back(progress);
    } else {
      const reply = await prompter.ask(
        proposing(step.ask(answers), advanced.proposed),
        placeOf(flow, progress, position, progress.answers[step.id]),
      );
      if (reply.kind === "value") progress = forward(flow, progress, step.id, reply.value);
      else {
        const kept = keep(progress, step.id, reply.unfinished);
        if (reply.kind === "cancel") {
          await leave(flow, kept, begun, drafts);
          return undefined;
        }
        progress = back(kept);
      }
      // Saved at each step, so that closing VS Code loses no more than the question at hand.
      await save(flow, progress, drafts);
    }
  }
}

/** Where a row of the review leads that does not confirm the plan. */
function afterReview<A extends object>(
  flow: Flow<A>,
  progress: Progress,
  answers: A,
  value: string,
): Progress | undefined {
  const turned = flow.turn?.(value, answers);
  if (turned === undefined) return openedBy(flow, progress, value);
  const next = turn(progress, turned as Answers);
  return flow.steps.some(({ id }) => id in turned) ? reviewedAgain(next) : next;
}

function proposing(question: Question, proposed: Answer | undefined): Question {
  if (proposed === undefined) return question;
  return question.kind === "pick" ? { ...question, proposed } : { ...question, proposed: String(proposed) };
}

interface Reviewing {
  readonly question: PickQuestion;
  /** As the question shows it. */
  plan(): Plan;
  /** Whether it is known that there is nothing to change. */
  isIdle(): boolean;
}

/** The review of what the answers amount to. */
function reviewing<A extends object>(flow: Flow<A>, answers: A): Reviewing {
  let plan = flow.plan(answers);
  let question = flow.review(plan, answers);
  let isWhole = flow.load === undefined && (flow.check === undefined || plan.changes.length === 0);
  const shown = { plan: () => plan, isIdle: () => isWhole && plan.changes.length === 0 };
  if (isWhole) return { question, ...shown };
  const rows: LoadRows = async (signal, say) => {
    await flow.load?.(answers, signal, say);
    plan = flow.plan(answers);
    if (flow.check !== undefined && plan.changes.length > 0) plan = await flow.check(plan, signal, say);
    isWhole = true;
    question = flow.review(plan, answers);
    return typeof question.rows === "function" ? question.rows(signal, say) : question.rows;
  };
  const asShown: Partial<PickQuestion> = {
    document: async () => question.document?.(),
    confirm: async (value) => (await question.confirm?.(value)) ?? true,
  };
  return { question: { ...question, ...asShown, rows }, ...shown };
}

function placeOf<A extends object>(
  { title }: Flow<A>,
  progress: Progress,
  { number, total }: Position<A>,
  remembered?: Answer,
): Place {
  // A single question, and one that is opened from the review, is no step on a way.
  const isStep = total > 1 && progress.opened === undefined;
  return {
    flow: title,
    ...(isStep && { step: { number, total } }),
    canGoBack: canGoBack(progress),
    ...(remembered === undefined ? {} : { remembered }),
  };
}

/** Keeps the answers for the next start; but those that the flow `begun` with were offered already, and are dropped where none is new. */
async function leave<A extends object>(
  flow: Flow<A>,
  progress: Progress,
  begun: Progress,
  drafts: Drafts,
): Promise<void> {
  if (!isSameJson(progress.answers, begun.answers)) await save(flow, progress, drafts);
  else if (begun !== beginning) await drafts.clear(flow.id);
}

/** Keeps the answers; where the user gave none there is nothing to offer at the next start. */
function save<A extends object>(flow: Flow<A>, progress: Progress, drafts: Drafts): Promise<void> {
  if (Object.keys(progress.answers).length === 0) return drafts.clear(flow.id);
  const { answers, isStepByStep } = progress;
  const at = positionOf(flow, progress).toAsk?.id;
  return drafts.save(flow.id, {
    given: flow.given as Answers,
    answers,
    ...(at === undefined ? {} : { at }),
    ...(isStepByStep && { isStepByStep }),
  });
}

async function begin<A extends object>(
  flow: Flow<A>,
  prompter: Prompter,
  drafts: Drafts,
): Promise<Progress | undefined> {
  const draft = drafts.load(flow.id);
  if (draft === undefined || !isSameJson(draft.given, flow.given)) return beginning;
  const reply = await prompter.ask(resumeQuestion, { flow: flow.title, canGoBack: false });
  if (reply.kind === "value" && reply.value === "resume") return resumed(draft);
  await drafts.clear(flow.id);
  return reply.kind === "value" ? beginning : undefined;
}

const resumeQuestion: PickQuestion = {
  kind: "pick",
  title: message("Continue where you left off?"),
  placeholder: message("You left before you applied the changes"),
  rows: [
    choice("resume", "debug-continue", message("Continue"), {
      detail: message("Keeps your earlier answers. Change any of them with Back."),
    }),
    choice("anew", "debug-restart", message("Start over"), {
      detail: message("Discards your earlier answers"),
    }),
  ],
};

/**
 * Where the user left the flow, or before: an answer that can no longer be given (a set that is gone, a start
 * that has passed) is asked again, with what follows it still remembered.
 */
const resumed = ({ answers, at, isStepByStep }: Draft): Progress => ({
  ...beginning,
  answers,
  ...(isStepByStep && { isStepByStep }),
  replay: { to: at },
});
