import { inEnglish, joined, message, type Message } from "../../core/text/message.ts";
import { textAt } from "../../core/resources/json.ts";
import type { Problem, ProblemKind } from "../../core/text/problem.ts";
import { isCertificateFailure } from "./certificates.ts";
import { withoutAddresses } from "./addresses.ts";
import { explain } from "./explanations.ts";

const brand = Symbol.for("scaleSetMaintenance.AzureError");

/**
 * What every call of this room throws. It carries the problem as data, and how long Azure asks to wait: no cause, since an SDK's error
 * holds the request with its `Authorization` header.
 */
export class AzureError extends Error {
  readonly [brand] = true;
  readonly problem: Problem;
  /** How long the answer asks to wait, in milliseconds; undefined where it does not say. */
  readonly askedPauseMs: number | undefined;

  constructor(problem: Problem, askedPauseMs?: number) {
    super(inEnglish(problem.summary));
    this.name = "AzureError";
    this.problem = problem;
    this.askedPauseMs = askedPauseMs;
  }
}

/** An error of which no more is known than its kind and, where one was asked, the host. */
export function errorOf(kind: ProblemKind, host = "", code?: string): AzureError {
  return new AzureError({ kind, ...explain(kind, { host, code }), ...(code !== undefined && { code }) });
}

/** A request to `host` that got no answer: the network, a certificate or a proxy stood in the way, or the caller cancelled it. */
export function transportError(error: unknown, host: string): AzureError {
  if (textAt(error, "name") === "AbortError") return errorOf("cancelled");
  const code = textAt(error, "code");
  const { problem } = errorOf(kindOfTransport(error), host, code);
  return new AzureError({ ...problem, detail: withoutAddresses(wordsOf(error)) });
}

function kindOfTransport(error: unknown): ProblemKind {
  if (isCertificateFailure(textAt(error, "code"))) return "tls";
  return /proxy|tunnel/i.test(textAt(error, "message") ?? "") ? "proxy" : "network";
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether `error` is an AzureError, of whichever bundle's copy of the class. */
export function isAzureError(error: unknown): error is AzureError {
  return typeof error === "object" && error !== null && brand in error;
}

/**
 * Any thrown value as data that can be shown. Beside AzureErrors two can come out of a call: an SDK's own "cannot parse", where an
 * answer that calls itself JSON is cut off, and an AbortError from between two requests. Anything else is a fault of this extension.
 */
export function problemOf(error: unknown): Problem {
  if (isAzureError(error)) return error.problem;
  if (textAt(error, "name") === "AbortError") return errorOf("cancelled").problem;
  if (textAt(error, "code") === "PARSE_ERROR") {
    const url = textAt(error, "request", "url");
    return errorOf("malformed", url === undefined ? "Azure" : new URL(url).host).problem;
  }
  return {
    kind: "server",
    summary: message("Unexpected error in this extension."),
    wayOut: message("Try again. If it keeps failing, report it with the log."),
    detail: wordsOf(error),
  };
}

/** The same failure, its summary led by a sentence that says what was being done to what: "Could not list … ." */
export function about(doing: Message, error: unknown): AzureError {
  const problem = problemOf(error);
  return new AzureError({ ...problem, summary: joined(" ", [doing, problem.summary]) });
}
