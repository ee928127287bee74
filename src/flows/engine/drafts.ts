import { isObject, type Json } from "../../core/resources/json.ts";
import type { Answers } from "./engine.ts";
import type { Answer } from "./question.ts";

/** A flow that was left before its end. JSON. */
export interface Draft {
  /** What the flow was started with: a draft is offered only to a start with the same. */
  readonly given: Answers;
  readonly answers: Answers;
  /** The step where the user stood; absent for the review. */
  readonly at?: string;
  /** The user wanted to be asked each step, those with a proposal too. */
  readonly isStepByStep?: true;
}

/** Keeps the answers of flows that were left, one draft per flow. */
export interface Drafts {
  load(flowId: string): Draft | undefined;
  save(flowId: string, draft: Draft): Promise<void>;
  clear(flowId: string): Promise<void>;
}

/** The part of VS Code's `Memento` that drafts need. */
export interface Storage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Drafts that can be put back after their flow has ended. */
export interface RestorableDrafts extends Drafts {
  /** Puts back what was cleared last: for a plan that was confirmed, until it has been applied as a whole. */
  restore(): Promise<void>;
  /** Clears what was put back, unless other answers have taken its place meanwhile. */
  forget(): Promise<void>;
}

/** Drafts kept in `storage`. What an older or newer version left there in another shape reads as no draft. */
export function draftsIn(storage: Storage): RestorableDrafts {
  const keyOf = (flowId: string) => `draft.${flowId}`;
  let cleared: { readonly key: string; readonly draft: unknown } | undefined;
  return {
    load: (flowId) => readDraft(storage.get(keyOf(flowId))),
    save: async (flowId, draft) => storage.update(keyOf(flowId), draft),
    clear: async (flowId) => {
      const key = keyOf(flowId);
      cleared = { key, draft: storage.get(key) };
      await storage.update(key, undefined);
    },
    restore: async () => {
      if (cleared !== undefined) await storage.update(cleared.key, cleared.draft);
    },
    forget: async () => {
      if (cleared === undefined) return;
      const isStill = JSON.stringify(storage.get(cleared.key)) === JSON.stringify(cleared.draft);
      if (isStill) await storage.update(cleared.key, undefined);
    },
  };
}

function readDraft(value: unknown): Draft | undefined {
  if (!isObject(value)) return undefined;
  const { given, answers, at, isStepByStep } = value;
  if (!isAnswers(given) || !isAnswers(answers)) return undefined;
  return {
    given,
    answers,
    ...(typeof at === "string" ? { at } : {}),
    ...(isStepByStep === true ? { isStepByStep } : {}),
  };
}

function isAnswers(value: Json | undefined): value is Record<string, Answer> {
  return isObject(value) && Object.values(value).every(isAnswer);
}

function isAnswer(value: Json | undefined): value is Answer {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"))
  );
}
