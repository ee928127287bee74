import type { PickQuestion, Place, Prompter, Reply } from "../engine/question.ts";
import { apply } from "./review.ts";

/** Asks what the flow asks but its review, whose plan it takes as it is; a review that has nothing to apply is shown, since it says why. */
export function withoutReview(prompter: Prompter): Prompter {
  return {
    ask: (question, place) =>
      question.kind === "pick" && question.isReview === true
        ? passed(question, place, prompter)
        : prompter.ask(question, place),
    wait: (flow, load) => prompter.wait(flow, load),
  };
}

async function passed(question: PickQuestion, place: Place, prompter: Prompter): Promise<Reply> {
  const { rows } = question;
  // Its plan is complete once its rows are.
  const loaded =
    typeof rows === "function"
      ? await prompter.wait(place.flow, (signal, say) =>
          rows(signal, say).then(
            (whole) => ({ rows: whole }),
            // The review itself says why, and loads again.
            () => ({ rows }),
          ),
        )
      : { rows };
  if (loaded === undefined) return { kind: "cancel" };
  const canApply =
    typeof loaded.rows !== "function" &&
    loaded.rows.some((row) => row.kind === "choice" && row.value === apply);
  return canApply ? { kind: "value", value: apply } : prompter.ask({ ...question, rows: loaded.rows }, place);
}
