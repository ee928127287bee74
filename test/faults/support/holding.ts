import assert from "node:assert/strict";
import type { SandboxRequest, SandboxResponse } from "../../../src/sandbox/http/http.ts";
import { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { eventually } from "../../support/eventually.ts";

/** Which request is meant: all that is named must match, the path as a regular expression. */
export interface Match {
  readonly method?: string;
  readonly path?: string;
}

/** The answer to one request, held back. */
export class Hold {
  readonly match: Match;
  readonly released: Promise<void>;
  /** Lets the answer go. */
  readonly release: () => void;
  #request: SandboxRequest | undefined;

  constructor(match: Match) {
    this.match = match;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.released = promise;
    this.release = resolve;
  }

  /** Resolves when the sandbox has the request and has done what it asks for; a test in which that never comes fails, and does not hang. */
  reached(): Promise<SandboxRequest> {
    const { method = "", path = "" } = this.match;
    return eventually(() => this.#request ?? assert.fail(`not asked: ${method} ${path}`), patienceMs);
  }

  reach(request: SandboxRequest): void {
    this.#request = request;
  }
}

const patienceMs = 30_000;

/** A sandbox whose answers a test holds back for as long as it needs, whatever the machine's speed. */
export class HoldingSandbox extends Sandbox {
  readonly #holds: Hold[] = [];
  readonly #waiting = new Set<Hold>();

  /** Holds the answer to the next request that matches. */
  hold(match: Match): Hold {
    const hold = new Hold(match);
    this.#holds.push(hold);
    this.#waiting.add(hold);
    return hold;
  }

  /** Lets all answers go. */
  release(): void {
    for (const hold of this.#holds) hold.release();
  }

  override async handle(request: SandboxRequest, arrived?: number): Promise<SandboxResponse> {
    const hold = [...this.#waiting].find(({ match }) => matches(match, request));
    if (hold !== undefined) this.#waiting.delete(hold);
    const response = await super.handle(request, arrived);
    hold?.reach(request);
    await hold?.released;
    return response;
  }
}

function matches({ method, path }: Match, request: SandboxRequest): boolean {
  const { pathname, search } = new URL(request.url);
  return (
    (method ?? request.method) === request.method &&
    (path === undefined || new RegExp(path, "i").test(`${pathname}${search}`))
  );
}
