import { isObject } from "../../core/resources/json.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { Failure } from "../../ui/failure.ts";
import type { Row } from "./question.ts";

/** What `AzureError` of the azure room is branded with; its class lives in another bundle. */
const azureError = Symbol.for("scaleSetMaintenance.AzureError");

function problemIn(error: unknown): Problem | undefined {
  if (Failure.is(error)) return error.problem;
  const branded = typeof error === "object" && error !== null && azureError in error;
  return branded && "problem" in error && isObject(error.problem)
    ? (error as { problem: Problem }).problem
    : undefined;
}

/** Any thrown value in one line. */
export function failureOf(error: unknown): Message {
  return problemIn(error)?.summary ?? verbatim(error instanceof Error ? error.message : String(error));
}

/** What stands in a list that could not be loaded: why, and a way to try again. Never an empty list. */
export function failureRows(error: unknown, retry: () => Promise<void>): readonly Row[] {
  return [
    { kind: "action", icon: "refresh", label: message("Retry"), run: retry },
    { kind: "fact", icon: "error", label: failureOf(error), detail: problemIn(error)?.wayOut },
  ];
}
