/** What rows of a review open: single steps, or all of them one by one. */
import { nextOf, type Answers, type Flow, type Progress } from "./engine.ts";

const opening = "step:";

/** The value of a row that opens these steps, as far as they apply, and comes back to the review. */
export const opens = (...steps: readonly string[]): string => `${opening}${steps.join(",")}`;

/** The value of a row that leads through every step with a proposal. */
export const eachStep = "eachStep";

/** The progress after a row of the review was chosen that opens steps; undefined for other rows. */
export function openedBy<A extends object>(
  flow: Flow<A>,
  progress: Progress,
  value: string,
): Progress | undefined {
  if (value === eachStep) return stepByStep(flow, progress);
  if (!value.startsWith(opening)) return undefined;
  const steps = value.slice(opening.length).split(",");
  const standing = nextOf(flow, progress).answers as Answers;
  const shown = Object.entries(standing).filter(([id]) => steps.includes(id));
  return {
    ...progress,
    answers: { ...progress.answers, ...Object.fromEntries(shown) },
    path: [],
    filled: {},
    opened: { steps, review: progress },
  };
}

/** From the first step with a proposal on; each step proposes again, by the answers before it. */
function stepByStep<A extends object>(flow: Flow<A>, { answers, path }: Progress): Progress {
  const proposing = new Set<string>(flow.steps.flatMap(({ id, propose }) => (propose ? [id] : [])));
  const first = path.findIndex((id) => proposing.has(id));
  return {
    answers,
    path: first < 0 ? path : path.slice(0, first),
    filled: {},
    isStepByStep: true,
  };
}

/** The progress to the review once the steps that it opened are answered: by the answers that there are now. */
export function reviewedAgain({ answers, isStepByStep }: Progress): Progress {
  return {
    answers,
    path: [],
    filled: {},
    ...(isStepByStep && { isStepByStep }),
    replay: { to: undefined },
  };
}
