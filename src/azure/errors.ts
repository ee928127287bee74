import { inEnglish, message, type Message } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";

const brand = Symbol.for("scaleSetMaintenance.AzureError");

/**
 * What every call of this room throws. It carries the problem as data and nothing else: no cause, since an SDK's error
 * holds the request with its `Authorization` header.
 */
export class AzureError extends Error {
  readonly [brand] = true;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(inEnglish(problem.summary));
    this.name = "AzureError";
    this.problem = problem;
  }
}

/** Whether `error` is an AzureError, of whichever bundle's copy of the class. */
export function isAzureError(error: unknown): error is AzureError {
  return typeof error === "object" && error !== null && brand in error;
}

/** Any thrown value as data that can be shown. */
export function problemOf(error: unknown): Problem {
  if (isAzureError(error)) return error.problem;
  return { kind: "server", summary: message("Something failed."), detail: String(error) };
}

/** The same failure, its summary led by a sentence that says what was being done to what: "Could not list … ." */
export function about(doing: Message, error: unknown): AzureError {
  const problem = problemOf(error);
  return new AzureError({ ...problem, summary: message("{0} {1}", doing, problem.summary) });
}
