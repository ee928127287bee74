/**
 * Text for the user, kept apart from its language: an English template and what fills it.
 * Pure rooms return messages; `ui/messages.ts` looks the template up in the l10n bundle.
 */
export interface Message {
  /** English, with `{0}`, `{1}`… where the arguments go. It is the key in the l10n bundle, so it must be a literal. */
  readonly template: string;
  /** What fills the placeholders: the template is ours, text here is from outside. An argument may itself be a message. */
  readonly args: readonly MessageArgument[];
  /** Its first letter becomes a capital one, whatever it is in its language. */
  readonly isSentence?: true;
}

export type MessageArgument = string | number | Message | TimeOfDay;

/** A time on the wall, `22:00`. Shown with 12 or 24 hours as the user likes it. */
export interface TimeOfDay {
  readonly timeOfDay: string;
}

/** A message from a literal template. Templates are collected from the calls of this function, so pass no variable. */
export function message(template: string, ...args: readonly MessageArgument[]): Message {
  return { template, args };
}

/** Text that is data and no language's: a resource name, an id, what Azure said. Shown letter by letter. */
export function verbatim(text: string): Message {
  return { template: "{0}", args: [text] };
}

/** Messages in a row; `separator` is punctuation and is not localised. */
export function joined(separator: string, parts: readonly Message[]): Message {
  return { template: parts.map((_, index) => `{${index}}`).join(separator), args: parts };
}

/** A phrase that begins with a verb, as it stands at the beginning of a row or a question. */
export function sentence(text: Message): Message {
  return { ...text, isSentence: true };
}

/** A text as it begins where its message is a sentence. */
export function begun(text: string, { isSentence }: Message): string {
  return isSentence === true ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** The message in English: for logs, terminals and tests. */
export function inEnglish(text: Message): string {
  const filled = text.template.replaceAll(/\{(\d+)\}/g, (hole, index: string) => {
    const argument = text.args[Number(index)];
    if (argument === undefined) return hole;
    if (typeof argument !== "object") return String(argument);
    return "timeOfDay" in argument ? argument.timeOfDay : inEnglish(argument);
  });
  return begun(filled, text);
}

/** A line below another, in a text of lines. */
export function indented(line: Message): Message {
  return { template: "    {0}", args: [line] };
}
