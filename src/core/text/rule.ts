import type { Message } from "./message.ts";

/** What a broken rule means: `block`, Azure refuses or the thing can't work; `warn`, it may, and the sources disagree or are silent. */
export type Severity = "block" | "warn";

/** A rule that a value does not meet. */
export interface RuleProblem {
  /** Stable kebab-case id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** Names the value, the rule and the way out. */
  readonly message: Message;
}

/** One rule as data: it can be listed, documented, and checked wherever its input is at hand. */
export interface Rule<Input> {
  /** Stable kebab-case id. */
  readonly id: string;
  readonly severity: Severity;
  /** Where it is documented. Empty for a rule of our own, which may only warn. */
  readonly sources: readonly string[];
  /** Undefined when `input` meets the rule or the rule does not concern it. */
  readonly check: (input: Input) => Message | undefined;
}

/** The rules that `input` does not meet, in the order of `rules`. */
export function problemsOf<Input>(rules: readonly Rule<Input>[], input: Input): readonly RuleProblem[] {
  return rules.flatMap(({ id, severity, check }) => {
    const message = check(input);
    return message === undefined ? [] : [{ rule: id, severity, message }];
  });
}
