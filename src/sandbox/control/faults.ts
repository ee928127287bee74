import { refuseOrder } from "../http/errors.ts";
import type { SandboxRequest, SandboxResponse } from "../http/http.ts";
import { at, isObject, type Json, type JsonObject, textAt } from "../json.ts";
import type { Identity } from "../resources/directory.ts";

/** What a fault does to a request. */
export interface Effect {
  /** Milliseconds before the answer leaves; what the request changes is changed at once. */
  readonly delayMs: number;
  /** Whether the request reaches Azure and takes effect. */
  readonly applied: boolean;
  /** Given in place of Azure's answer. */
  readonly answer?: Pick<SandboxResponse, "status" | "headers" | "body">;
  /** What becomes of the answer on its way: none of it arrives, or half of its body, which may pass for all of it. */
  readonly onTheWay?: "reset" | "truncated" | "short";
}

export const undisturbed: Effect = { delayMs: 0, applied: true };

/** What leaves in place of `response`; `headers` are those that every answer has. */
export function disturbed(
  response: SandboxResponse,
  headers: SandboxResponse["headers"],
  { answer, onTheWay }: Effect,
): SandboxResponse {
  const { status, headers: own, body } = answer ?? response;
  const whole = { status, headers: { ...headers, ...own }, body };
  if (onTheWay === undefined) return whole;
  if (onTheWay === "short") return { ...whole, body: body.slice(0, Math.floor(body.length / 2)) };
  return { ...whole, broken: onTheWay };
}

interface Fault {
  readonly method: string | undefined;
  readonly path: RegExp | undefined;
  readonly account: string | undefined;
  readonly tenantId: string | undefined;
  /** Matching requests to be let through first. */
  spared: number;
  /** Matching requests to be disturbed after that. */
  left: number;
  readonly effect: Effect;
}

/** Disturbances of chosen requests, as the control call `POST /sandbox/faults` orders them. */
export class Faults {
  #faults: Fault[] = [];

  /** Adds the faults of `body`, a list. Throws a refusal that says what is wrong with it, and then adds none. */
  add(body: unknown): void {
    if (!Array.isArray(body)) throw invalid("not a list");
    this.#faults.push(...body.map(faultOf));
  }

  clear(): void {
    this.#faults = [];
  }

  /** The effect on this request, of the first fault that meets it; the request counts for every fault that matches. */
  on(request: SandboxRequest, { account, tenantId }: Identity): Effect | undefined {
    const { pathname, search } = new URL(request.url);
    let effect: Effect | undefined;
    for (const fault of this.#faults) {
      const matches =
        (fault.method ?? request.method) === request.method &&
        (fault.path?.test(`${pathname}${search}`) ?? true) &&
        (fault.account ?? account) === account &&
        (fault.tenantId ?? tenantId) === tenantId;
      if (!matches) continue;
      if (fault.spared > 0) fault.spared--;
      else if (fault.left > 0 && effect === undefined) {
        fault.left--;
        effect = fault.effect;
      }
    }
    return effect;
  }
}

const invalid = (reason: string) => refuseOrder(`Invalid faults: ${reason}.`);

function faultOf(value: Json): Fault {
  const nth = countAt(value, 1, "match", "nth");
  const path = textAt(value, "match", "path");
  return {
    method: textAt(value, "match", "method"),
    path: path === undefined ? undefined : patternOf(path),
    account: textAt(value, "match", "account"),
    tenantId: textAt(value, "match", "tenantId"),
    spared: nth - 1,
    left: at(value, "times") === "always" ? Infinity : countAt(value, 1, "times"),
    effect: effectOf(at(value, "do")),
  };
}

function effectOf(value: Json | undefined): Effect {
  if (!isObject(value)) throw invalid('a fault has no "do"');
  const delayMs = countAt(value, 0, "delayMs");
  const { status, reset, truncate } = value;
  if (typeof status === "number") {
    return { delayMs, applied: value["applied"] === true, answer: answerOf(status, value) };
  }
  if (reset === "before" || reset === "after") {
    return { delayMs, applied: reset === "after", onTheWay: "reset" };
  }
  if (truncate === "broken") return { delayMs, applied: true, onTheWay: "truncated" };
  if (truncate === "short") return { delayMs, applied: true, onTheWay: "short" };
  if (delayMs > 0) return { delayMs, applied: true };
  throw invalid(
    '"do" must be {"status"}, {"reset":"before"|"after"}, {"truncate":"broken"|"short"} or {"delayMs"}',
  );
}

/** `body` is JSON, or text that is sent as HTML unless `headers` say otherwise. */
function answerOf(status: number, { headers, body }: JsonObject): NonNullable<Effect["answer"]> {
  const isText = typeof body === "string";
  const type = isText ? "text/html" : "application/json; charset=utf-8";
  const given = Object.entries(isObject(headers) ? headers : {});
  return {
    status,
    headers: {
      ...(body !== undefined && { "content-type": type }),
      ...Object.fromEntries(given.map(([name, text]) => [name.toLowerCase(), `${text as string | number}`])),
    },
    body: isText ? body : body === undefined ? "" : JSON.stringify(body),
  };
}

function patternOf(path: string): RegExp {
  try {
    return new RegExp(path, "i");
  } catch {
    throw invalid(`the path "${path}" isn't a regular expression`);
  }
}

function countAt(value: unknown, absent: number, ...path: readonly string[]): number {
  const count = at(value, ...path) ?? absent;
  if (typeof count === "number" && Number.isInteger(count) && count >= absent) return count;
  throw invalid(`"${path.at(-1)}" must be a whole number of at least ${absent}`);
}
