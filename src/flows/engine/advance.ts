import { fill, forward, isProposed, nextOf, type Flow, type Progress, type Proposal } from "./engine.ts";
import { reviewedAgain } from "./fromReview.ts";
import { accepts, type Answer, type Prompter } from "./question.ts";

/** Where the next question is asked. */
export interface Advanced {
  readonly progress: Progress;
  /** What its step proposes where the user has not answered it. */
  readonly proposed?: Answer | undefined;
  /** The user left while a proposal was being read. */
  readonly isLeft?: true;
}

/** Passes every step that needs no question: those with a proposal, and while answers are replayed those that are answered. */
export async function advance<A extends object>(
  flow: Flow<A>,
  start: Progress,
  prompter: Prompter,
): Promise<Advanced> {
  await flow.prepare?.(nextOf(flow, start).answers);
  let progress = start;
  for (;;) {
    const { step, answers } = nextOf(flow, progress);
    if (step === undefined && progress.opened !== undefined) {
      progress = reviewedAgain(progress);
      continue;
    }
    const { replay, ...here } = progress;
    if (step === undefined) return { progress: here };
    const own = progress.answers[step.id];
    const isFilled = isProposed(step, progress);
    const isPassed = isFilled || (replay !== undefined && replay.to !== step.id);
    const isKnown = isPassed && own !== undefined && accepts(step.ask(answers), own);
    if (isKnown && isFilled) progress = fill(progress, step.id, own);
    else if (isKnown) {
      progress = forward(flow, progress, step.id, own);
      await flow.prepare?.(nextOf(flow, progress).answers);
    } else if (!isFilled && own !== undefined) return { progress: here };
    else {
      const read = await proposalOf(flow, step.propose?.(answers), prompter);
      if (read === undefined) return { progress: here, isLeft: true };
      const { proposed } = read;
      if (!isFilled || proposed === undefined) return { progress: here, proposed };
      progress = fill(progress, step.id, proposed);
    }
  }
}

/** Undefined where the user left meanwhile. What can't be read is no proposal: the step is asked, and its list says what fails. */
async function proposalOf<A extends object>(
  { title }: Flow<A>,
  proposal: Proposal,
  prompter: Prompter,
): Promise<{ readonly proposed: Answer | undefined } | undefined> {
  if (typeof proposal !== "function") return { proposed: proposal };
  return prompter.wait(title, async (signal, say) => {
    try {
      return { proposed: await proposal(signal, say) };
    } catch {
      return { proposed: undefined };
    }
  });
}
