import { detailText } from "../core/text/errorDetails.ts";
import { message, verbatim, type Message } from "../core/text/message.ts";
import { isUnheard } from "../core/text/problem.ts";
import type { Problem, ProblemKind } from "../core/text/problem.ts";
import { differences } from "./differences.ts";

/** The problem on one line, for a notification: what failed, and the way out. */
export function problemLine({ summary, wayOut }: Problem): Message {
  return wayOut === undefined ? summary : { template: "{0} {1}", args: [summary, wayOut] };
}

/** Everything known of a problem, line by line, for a document, the clipboard and the log. */
export function problemLines(problem: Problem): readonly Message[] {
  const { requestId, compare } = problem;
  return [
    problem.summary,
    ...(problem.wayOut === undefined ? [] : [problem.wayOut]),
    ...answerOf(problem),
    ...wordsOf(problem).map(verbatim),
    ...(compare === undefined ? [] : comparison(compare)),
    ...(requestId === undefined ? [] : [message("Request ID: {0}", requestId)]),
  ];
}

/** What came back. */
function answerOf(problem: Problem): readonly Message[] {
  const answer = [problem.status, problem.code].filter((part) => part !== undefined).join(" ");
  if (answer === "") return [];
  return [isUnheard(problem) ? message("Error code: {0}", answer) : message("Azure answered: {0}", answer)];
}

/** The service's own words line by line: those of its details with their codes and targets, after the others. */
function wordsOf({ detail, details = [] }: Problem): readonly string[] {
  const lines = detail?.split("\n") ?? [];
  const ofDetails = new Set(details.flatMap(({ message: words }) => words?.split("\n") ?? []));
  return [
    ...lines.filter((line) => !ofDetails.has(line)),
    ...new Set(details.flatMap((one) => detailText(one).split("\n"))),
  ];
}

function comparison({ before, now }: NonNullable<Problem["compare"]>): readonly Message[] {
  return [message("Changed since your review:"), ...differences(before, now).map(listed)];
}

function listed(line: Message): Message {
  return { template: "- {0}", args: [line] };
}

/** Kinds that may well pass by themselves, so that trying again makes sense. */
const passing: ReadonlySet<ProblemKind> = new Set([
  "throttled",
  "network",
  "tls",
  "proxy",
  "server",
  "conflict",
]);

export function mayPass({ kind }: Problem): boolean {
  return passing.has(kind);
}

/** An unexpected error, as a problem that can be shown. */
export function unforeseen(error: unknown): Problem {
  const what = error instanceof Error ? error.message : String(error);
  return { kind: "server", summary: message("Unexpected error: {0}", what) };
}
