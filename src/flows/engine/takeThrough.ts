import { isSameJson } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Draft, Drafts } from "./drafts.ts";
import {
  back,
  beginning,
  forward,
  keep,
  positionOf,
  turn,
  type Answers,
  type Flow,
  type Position,
  type Progress,
} from "./engine.ts";
import {
  accepts,
  type Answer,
  type LoadRows,
  type PickQuestion,
  type Place,
  type Prompter,
} from "./question.ts";
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
    await flow.prepare?.(positionOf(flow, progress).answers);
    const position = positionOf(flow, progress);
    const { step, answers } = position;
    if (step === undefined) {
      const { question, plan, isIdle } = reviewing(flow, answers);
      const reply = await prompter.ask(question, placeOf(flow, progress, position));
      const turned = reply.kind === "value" ? flow.turn?.(String(reply.value), answers) : undefined;
      if (turned !== undefined) {
        progress = turn(progress, turned as Answers);
        await drafts.save(flow.id, draftOf(flow, progress));
        continue;
      }
      if (reply.kind === "value") {
        await drafts.clear(flow.id);
        return plan().changes.length === 0 ? undefined : plan();
      }
      if (reply.kind === "cancel") {
        if (isIdle()) await drafts.clear(flow.id);
        else await leave(flow, progress, begun, drafts);
        return undefined;
      }
      progress = back(progress);
    } else {
      const reply = await prompter.ask(
        step.ask(answers),
        placeOf(flow, progress, position, progress.answers[step.id]),
      );
      if (reply.kind === "value") progress = forward(progress, step.id, reply.value);
      else {
        const kept = keep(progress, step.id, reply.unfinished);
        if (reply.kind === "cancel") {
          await leave(flow, kept, begun, drafts);
          return undefined;
        }
        progress = back(kept);
      }
      // Saved at each step, so that closing VS Code loses no more than the question at hand.
      await drafts.save(flow.id, draftOf(flow, progress));
    }
  }
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
  { path }: Progress,
  { number, total }: Position<A>,
  remembered?: Answer,
): Place {
  return {
    flow: title,
    step: { number, total },
    canGoBack: path.length > 0,
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
  if (!isSameJson(progress.answers, begun.answers)) await drafts.save(flow.id, draftOf(flow, progress));
  else if (begun !== beginning) await drafts.clear(flow.id);
}

function draftOf<A extends object>(flow: Flow<A>, progress: Progress): Draft {
  const at = positionOf(flow, progress).step?.id;
  return { given: flow.given as Answers, answers: progress.answers, ...(at === undefined ? {} : { at }) };
}

async function begin<A extends object>(
  flow: Flow<A>,
  prompter: Prompter,
  drafts: Drafts,
): Promise<Progress | undefined> {
  const draft = drafts.load(flow.id);
  if (draft === undefined || !isSameJson(draft.given, flow.given)) return beginning;
  const reply = await prompter.ask(resumeQuestion, { flow: flow.title, canGoBack: false });
  if (reply.kind === "value" && reply.value === "resume") return resumed(flow, draft);
  await drafts.clear(flow.id);
  return reply.kind === "value" ? beginning : undefined;
}

const resumeQuestion: PickQuestion = {
  kind: "pick",
  title: message("Continue where you left off?"),
  placeholder: message("You left before all changes were made"),
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
 * Where the user stood when she left, or before: an answer that can no longer be given (a set that is gone, a start
 * that has passed) is asked again, with what follows it still remembered.
 */
function resumed<A extends object>(flow: Flow<A>, { answers, at }: Draft): Progress {
  let progress: Progress = { answers, path: [] };
  for (;;) {
    const position = positionOf(flow, progress);
    if (position.step === undefined || position.step.id === at) return progress;
    const answer = answers[position.step.id];
    if (answer === undefined || !accepts(position.step.ask(position.answers), answer)) return progress;
    progress = forward(progress, position.step.id, answer);
  }
}
