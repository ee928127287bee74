import type { Message } from "../../core/text/message.ts";

/** What the user gave to one question: one value, or the values of a multiple choice. JSON, so that it can be kept. */
export type Answer = string | readonly string[];

export type Question = PickQuestion | TextQuestion;

/** Loads rows; `say` hears how far that is, in place of the placeholder. */
export type LoadRows = (signal: AbortSignal, say: (progress: Message) => void) => Promise<readonly Row[]>;

/** A list to choose from: one row, or with `many` any number of rows. */
export interface PickQuestion {
  readonly kind: "pick";
  readonly title: Message;
  readonly placeholder: Message;
  /** The rows, or how to load them. A failed load is shown with its reason and a way to try again. */
  readonly rows: readonly Row[] | LoadRows;
  /** The rows for a text that was typed, best first, where VS Code's own filter finds too much: it takes letters that stand far apart. */
  readonly find?: (text: string) => readonly Row[];
  /** The value of the row that is active (with `many`: of the rows that are picked) when nothing was answered before. */
  readonly proposed?: Answer;
  /**
   * Makes it a multiple choice of at least one row; the text is said when none is picked. Only choices are rows of it, so that nothing else
   * can be ticked: facts are said below the box, and read by a button of the title bar, where actions are too.
   */
  readonly many?: { readonly none: Message };
  /** Buttons in the title bar that answer with their value instead of a row. */
  readonly buttons?: readonly Choice[];
  /** Opens a document with all that the facts of the list say: what Enter on a fact does. The text of that fact alone, when absent. */
  document?(): Promise<void>;
  /** It is the review that ends a flow. */
  readonly isReview?: true;
  /** Asked before the value of a row becomes the answer: false keeps the question open, as it stands. Of a list of which one row is chosen. */
  confirm?(value: string): Promise<boolean>;
}

/** One line of text. */
export interface TextQuestion {
  readonly kind: "text";
  readonly title: Message;
  /** What is asked for, below the field. */
  readonly prompt: Message;
  readonly placeholder?: Message;
  readonly proposed?: string;
  /** What is wrong with `text`, trimmed, as it is typed. A `block` keeps the question open, a `warn` lets go on. */
  validate(text: string): readonly Verdict[];
}

export interface Verdict {
  readonly severity: "block" | "warn";
  readonly message: Message;
}

export type Row = Choice | Group | Fact | Fold | Action;

/** A row that can be chosen. */
export interface Choice {
  readonly kind: "choice";
  readonly value: string;
  readonly label: Message;
  /** Beside the label: the current value. */
  readonly description?: Message | undefined;
  /** Below the label: where it is, what it means. */
  readonly detail?: Message | undefined;
  /** Name of a codicon. */
  readonly icon?: string | undefined;
}

/** The heading of the rows that follow. */
export interface Group {
  readonly kind: "group";
  readonly label: Message;
}

/** A row to read, one line for the label and one for the detail: choosing it shows its text whole. */
export interface Fact {
  readonly kind: "fact";
  readonly label: Message;
  readonly description?: Message | undefined;
  readonly detail?: Message | undefined;
  readonly icon?: string | undefined;
}

/** A row that stands for many: choosing it shows them below it, and hides them again. */
export interface Fold {
  readonly kind: "fold";
  readonly label: Message;
  readonly description?: Message | undefined;
  readonly detail?: Message | undefined;
  rows(): readonly Row[];
}

/** A row that does something and leaves the question open. */
export interface Action {
  readonly kind: "action";
  readonly label: Message;
  readonly icon?: string | undefined;
  /** It asks in quick picks of its own: the question steps aside for them, and is back afterwards as it was. */
  readonly asks?: true;
  run(): Promise<void>;
}

export const group = (label: Message): Group => ({ kind: "group", label });

/** Where a question stands in its flow. */
export interface Place {
  readonly flow: Message;
  /** Absent for a question that is no step of the flow. */
  readonly step?: { readonly number: number; readonly total: number };
  readonly canGoBack: boolean;
  /** What the user gave here before; it comes before the question's own proposal. */
  readonly remembered?: Answer;
}

/** What became of a question. `unfinished` is what stood there when the user left it, to be restored on return. */
export type Reply =
  | { readonly kind: "value"; readonly value: Answer }
  | { readonly kind: "back" | "cancel"; readonly unfinished?: Answer };

/** Puts questions to the user. */
export interface Prompter {
  ask(question: Question, place: Place): Promise<Reply>;
  /** Shows that something is being read for the flow, until it is. Undefined where the user leaves before; `load` must not reject. */
  wait<T extends object>(
    flow: Message,
    load: (signal: AbortSignal, say: (progress: Message) => void) => Promise<T>,
  ): Promise<T | undefined>;
}

/** Whether `answer` could be given to `question` now. A list that has to be loaded is not loaded for it, but trusted. */
export function accepts(question: Question, answer: Answer): boolean {
  if (question.kind === "text") {
    return (
      typeof answer === "string" && !question.validate(answer).some(({ severity }) => severity === "block")
    );
  }
  if ((typeof answer === "string") === (question.many !== undefined)) {
    // A button answers a multiple choice with its own value.
    return question.buttons?.some(({ value }) => value === answer) === true;
  }
  if (typeof question.rows === "function") return true;
  const offered = new Set(question.rows.flatMap((row) => (row.kind === "choice" ? [row.value] : [])));
  return typeof answer === "string"
    ? offered.has(answer)
    : answer.length > 0 && answer.every((value) => offered.has(value));
}
