import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";

/** While a row is read anew VS Code no longer knows its node: what was meant must not become "any resource", nor nothing without a word. */
export function rowGone(): Problem {
  return {
    kind: "conflict",
    summary: message("That row was just being read again, so nothing was done."),
    wayOut: message("Try again."),
  };
}
