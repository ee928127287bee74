import assert from "node:assert/strict";
import { inEnglish } from "../../../src/core/text/message.ts";
import type { Draft, Drafts } from "../../../src/flows/engine/drafts.ts";
import type {
  Answer,
  PickQuestion,
  Place,
  Prompter,
  Question,
  Reply,
  Row,
  TextQuestion,
} from "../../../src/flows/engine/question.ts";

/** What the user does at one question. */
export type Move = (asked: Asked) => Reply | Promise<Reply>;

/** One question as it was put, its rows loaded. */
export interface Asked {
  readonly title: string;
  readonly question: Question;
  readonly place: Place;
  readonly rows: readonly Row[];
}

/** Chooses the row with this value or label, as far as it is offered. */
export const pick =
  (wanted: string): Move =>
  ({ question, rows, title }) => {
    assert.equal(question.kind, "pick", `${title} is no list`);
    assert.equal((question as PickQuestion).many, undefined, `${title} is a multiple choice`);
    return { kind: "value", value: valueOf(rows, wanted, title) };
  };

/** Ticks these rows of a multiple choice, by value or label. */
export const tick =
  (...wanted: readonly string[]): Move =>
  ({ question, rows, title }) => {
    assert.notEqual((question as PickQuestion).many, undefined, `${title} is no multiple choice`);
    return { kind: "value", value: wanted.map((one) => valueOf(rows, one, title)) };
  };

/** Presses a button of the title bar. */
export const press =
  (label: string): Move =>
  ({ question, title }) => {
    const button = (question as PickQuestion).buttons?.find((one) => inEnglish(one.label) === label);
    assert.ok(button, `${title} has no button ${label}`);
    return { kind: "value", value: button.value };
  };

/** Types a text that must be acceptable. */
export const type =
  (text: string): Move =>
  ({ question, title }) => {
    const blocking = verdictsOf(question, text).filter(({ severity }) => severity === "block");
    assert.deepEqual(blocking, [], `${title} refuses ${text}`);
    return { kind: "value", value: text };
  };

/** Goes on with what stands there: the answer given before, or what is proposed. */
export const go: Move = ({ question, place, rows, title }) => {
  const proposed = place.remembered ?? question.proposed;
  if (question.kind === "text") return { kind: "value", value: proposed ?? "" };
  assert.ok(proposed !== undefined, `${title} proposes nothing`);
  for (const value of [proposed].flat()) valueOf(rows, value, title);
  return { kind: "value", value: proposed };
};

export const back: Move = ({ place }) => {
  assert.ok(place.canGoBack, "there is no Back here");
  return { kind: "back" };
};
export const cancel: Move = () => ({ kind: "cancel" });

/** Leaves with something half done. */
export const leaveWith =
  (kind: "back" | "cancel", unfinished: Answer): Move =>
  () => ({ kind, unfinished });

/** Looks at the question before the next move is made at it. */
export const look =
  (check: (asked: Asked) => void, then: Move): Move =>
  (asked) => {
    check(asked);
    return then(asked);
  };

function valueOf(rows: readonly Row[], wanted: string, title: string): string {
  const choices = rows.filter((row) => row.kind === "choice");
  const found = choices.find(({ value, label }) => value === wanted || inEnglish(label) === wanted);
  const offered = choices.map(({ label }) => inEnglish(label)).join("; ");
  assert.ok(found, `${title} does not offer ${wanted} but ${offered}`);
  return found.value;
}

export function verdictsOf(question: Question, text: string) {
  assert.equal(question.kind, "text");
  return (question as TextQuestion).validate(text);
}

export const textsOf = (rows: readonly Row[]) =>
  rows.map((row) => {
    const { description, detail } = row.kind === "group" || row.kind === "action" ? {} : row;
    return [row.label, description, detail]
      .flatMap((text) => (text === undefined ? [] : [inEnglish(text)]))
      .join(" | ");
  });

/** The rows of a question, a line each. */
export const textOf = (asked: Pick<Asked, "rows"> | undefined) => textsOf(asked?.rows ?? []).join("\n");

export interface ScriptedPrompter extends Prompter {
  readonly asked: readonly Asked[];
  /** Fails when a move was not used. */
  finish(): void;
}

/** A prompter that makes these moves, each once and in order; one question more, or one move too many, is a failure. */
export function scripted(...moves: readonly Move[]): ScriptedPrompter {
  const asked: Asked[] = [];
  const queue = [...moves];
  return {
    asked,
    ask: async (question, place) => {
      const rows =
        question.kind === "text"
          ? []
          : typeof question.rows === "function"
            ? await question.rows(new AbortController().signal, () => {})
            : question.rows;
      const now: Asked = { title: inEnglish(question.title), question, place, rows };
      asked.push(now);
      for (;;) {
        const move = queue.shift();
        assert.ok(move, `no move was left for “${now.title}”`);
        const reply = await move(now);
        if (reply.kind !== "value" || typeof reply.value !== "string" || question.kind === "text")
          return reply;
        // A question whose dialog is left stays open.
        if ((await question.confirm?.(reply.value)) !== false) return reply;
      }
    },
    wait: (_, load) => load(new AbortController().signal, () => {}),
    finish: () => assert.equal(queue.length, 0, `${queue.length} moves were not used`),
  };
}

/** Drafts in memory, through JSON as a memento would keep them. */
export function memoryDrafts(): Drafts & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    load: (flowId) => {
      const text = kept.get(flowId);
      return text === undefined ? undefined : (JSON.parse(text) as Draft);
    },
    save: async (flowId, draft) => void kept.set(flowId, JSON.stringify(draft)),
    clear: async (flowId) => void kept.delete(flowId),
  };
}
