/** What an edit keeps: any value that is there, whatever the rules say of it. */
import { message, type Message } from "../../core/text/message.ts";
import type { WindowProblem } from "../../core/windows/types.ts";
import type { Choice, Verdict } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";

/** The row that keeps a value, or its absence; answered with the value, empty where there is none. */
export function keptRow(
  value: string | undefined,
  problems: readonly WindowProblem[],
  description?: Message,
): Choice {
  const [problem] = problems.filter(({ severity }) => severity === "block");
  return choice(
    value ?? "",
    problem === undefined ? "check" : "warning",
    value === undefined ? message("Leave empty") : message("Keep {0}", value),
    { description, detail: problem?.message },
  );
}

/** What is said of a value that is kept: what the rules block does not keep the user from going on with what Azure has. */
export function keptVerdicts(problems: readonly WindowProblem[]): readonly Verdict[] {
  return problems
    .filter(({ severity }) => severity === "block")
    .map((problem) => ({ severity: "warn", message: problem.message }));
}
