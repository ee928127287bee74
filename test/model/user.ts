import { inEnglish } from "../../src/core/text/message.ts";
import { createNew } from "../../src/flows/configurations/configurationAnswers.ts";
import type {
  Answer,
  PickQuestion,
  Prompter,
  Reply,
  Row,
  TextQuestion,
} from "../../src/flows/engine/question.ts";

/** A user who goes through questions by numbers, and notes what she is shown and what she answers. */
export interface User {
  readonly prompter: Prompter;
  /** Rows of the last review, a line each. */
  readonly review: readonly string[];
  /** What was answered, with the title of the question before it. */
  readonly answers: readonly string[];
}

/** A flow that asks more than this goes in circles. */
const mostQuestions = 30;
const never = new AbortController().signal;

/** `choices`: at each question the how-manieth of what is offered; the first, or what is proposed, where there are no more. */
export function userWith(choices: readonly number[]): User {
  const left = [...choices];
  const answers: string[] = [];
  const review: string[] = [];
  const ask: Prompter["ask"] = async (question) => {
    if (answers.length >= mostQuestions) return { kind: "cancel" };
    const title = inEnglish(question.title);
    if (question.kind === "text") return noted(answers, title, typed(question));
    const rows = typeof question.rows === "function" ? await question.rows(never, () => {}) : question.rows;
    if (title === "Review") {
      review.splice(0, review.length, ...rows.map(textOf));
      const other = rows.find((row) => row.kind === "choice" && row.value === "windowsUpdate:restore");
      if (other?.kind === "choice" && (left.shift() ?? 0) % 2 === 1)
        return noted(answers, title, { kind: "value", value: other.value });
      const isThere = rows.some((row) => row.kind === "choice" && row.value === "apply");
      return isThere ? { kind: "value", value: "apply" } : { kind: "cancel" };
    }
    return noted(answers, title, picked(question, rows, left.shift() ?? 0));
  };
  return { prompter: { ask, wait: (_, load) => load(never, () => {}) }, review, answers };
}

function noted(answers: string[], title: string, reply: Reply): Reply {
  answers.push(`${title}: ${reply.kind === "value" ? [reply.value].flat().join(" ") : reply.kind}`);
  return reply;
}

function picked({ many, proposed }: PickQuestion, rows: readonly Row[], choice: number): Reply {
  // A new configuration has a way of its own: see `madeFor`.
  const values = rows.flatMap((row) => (row.kind === "choice" && row.value !== createNew ? [row.value] : []));
  if (proposed !== undefined && proposed !== createNew && choice % 2 === 0)
    return { kind: "value", value: proposed };
  const one = values[choice % values.length];
  if (one === undefined) return { kind: "cancel" };
  const value: Answer = many === undefined ? one : values.slice(0, (choice % values.length) + 1);
  return { kind: "value", value };
}

function typed({ proposed, validate }: TextQuestion): Reply {
  const candidates = ["40", proposed ?? "", "PT30M"];
  const value = candidates.find((text) => validate(text).every(({ severity }) => severity !== "block"));
  return value === undefined ? { kind: "cancel" } : { kind: "value", value };
}

function textOf(row: Row): string {
  const { description, detail } = row.kind === "choice" || row.kind === "fact" ? row : {};
  return [row.label, description, detail].flatMap((text) => (text ? [inEnglish(text)] : [])).join(" | ");
}
