import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { TurnedClock } from "../../support/turnedClock.ts";
import { writeOfOthers, type Disturbance, type OthersWrite, type WriteFault } from "./disturbances.ts";
import { History, type Author, type Exchange } from "./history.ts";
import { endpoint, keys, scaleSetId, subscriptionId } from "./ids.ts";
import { associationsWith, capacity, configurationAskedFor, read } from "./reads.ts";
import { scaleSetOf, taken, type Taken, type WriteRequest } from "./requests.ts";
import type { Members, Value, WorldState } from "./state.ts";
import { rollsOut, updateInstances, withWork } from "./scaleSetWrites.ts";
import type { Refusal, Write } from "./writes.ts";

/** How the world is beside what it holds. */
export interface Manner {
  /** How long an operation on a scale set takes. */
  readonly operationMs: number;
}

const latencyMs = 40;
const lateMs = 8_000;
const lostLateMs = 3_000;
const upgradeMs = 30 * 60_000;
const failsAfterMs = 400;

interface Operation {
  readonly endsAt: number;
  readonly fails: boolean;
}

interface Due {
  readonly at: number;
  readonly work: () => void;
}

interface Answer {
  readonly status: number;
  readonly body?: Value;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is to happen from now on, with counts of what has been asked since. */
interface Armed {
  readonly disturbances: readonly Disturbance[];
  requests: number;
  writes: number;
  reads: number;
}

/** A small Azure in memory, on a turned clock, that remembers all its states. */
export class ModelAzure {
  readonly history: History;
  /** Called when a write, by its number since `disturb`, has come and before it is answered. */
  onWrite: ((write: number) => void) | undefined;
  readonly #clock: TurnedClock;
  readonly #manner: Manner;
  readonly #due: Due[] = [];
  readonly #operations = new Map<string, Operation>();
  #armed: Armed = { disturbances: [], requests: 0, writes: 0, reads: 0 };

  constructor(beginning: WorldState, clock: TurnedClock, manner: Manner) {
    this.history = new History(beginning);
    this.#clock = clock;
    this.#manner = manner;
    const endsAt = clock.now() + upgradeMs;
    for (const { id, upgrade } of beginning.scaleSets.values())
      if (upgrade !== undefined) this.#later(endsAt, () => this.#finishUpgrade(id, endsAt));
  }

  /** From here on these happen, counted from the next request. */
  disturb(disturbances: readonly Disturbance[]): void {
    this.#armed = { disturbances, requests: 0, writes: 0, reads: 0 };
  }

  /** Another person writes, where there is anything to write and Azure takes it. */
  others(order: OthersWrite | undefined): void {
    const now = this.#clock.now();
    this.#happen(now);
    const write = order && writeOfOthers(order, this.history.state);
    if (write !== undefined && write.refusal?.(this.history.state, now) === undefined)
      this.#apply(write, "others", now);
  }

  readonly httpClient: HttpClient = { sendRequest: (request) => this.#answer(request) };

  /** Lets all that is still to come happen. */
  settle(): void {
    this.#happen(Infinity);
  }

  async #answer(request: PipelineRequest): Promise<PipelineResponse> {
    const { pathname } = new URL(request.url);
    const path = decodeURIComponent(pathname);
    const isQuery = path.toLowerCase().includes("microsoft.resourcegraph");
    const exchange: Exchange = {
      number: this.history.exchanges.length,
      method: request.method,
      path: path.toLowerCase(),
      body: typeof request.body === "string" ? request.body : undefined,
      isWrite: request.method !== "GET" && !isQuery,
      ifMatch: request.headers.get("if-match"),
      latest: this.history.latest,
    };
    this.history.exchanges.push(exchange);
    const count = this.#armed.requests++;
    this.#others(count, "before");
    await this.#clock.wait(latencyMs);
    this.#happen(this.#clock.now());
    const answer = exchange.isWrite
      ? await this.#write(exchange, request, path)
      : this.#read(exchange, count, isQuery);
    this.#others(count, "after");
    await this.#clock.wait(latencyMs);
    if (answer === "broken") throw new RestError("socket hang up", { code: "ECONNRESET", request });
    exchange.status = answer.status;
    return {
      request,
      status: answer.status,
      headers: createHttpHeaders({
        "x-ms-request-id": `request-${exchange.number}`,
        ...(answer.body !== undefined && { "content-type": "application/json; charset=utf-8" }),
        ...answer.headers,
      }),
      bodyAsText: answer.body === undefined ? "" : JSON.stringify(answer.body),
    };
  }

  #read(exchange: Exchange, count: number, isQuery: boolean): Answer | "broken" {
    const number = this.#armed.reads++;
    if (isQuery) return this.#query(exchange);
    const { path } = exchange;
    const operation = this.#operation(path);
    if (operation !== undefined) return operation;
    const isList = path.endsWith("/configurationassignments");
    for (const one of this.#armed.disturbances) {
      if (one.kind === "read" && one.read === number) {
        if (one.fault === "broken") return "broken";
        if (one.fault === "throttled") return throttled;
        if (one.fault === "serverError") return refused(500, "InternalServerError", "An error has occurred.");
        return refused(403, "AuthorizationFailed", "You may not read this.");
      }
      const isUnreadable =
        one.kind === "unreadable" &&
        one.request <= count &&
        path.startsWith(scaleSetId(one.scaleSet).toLowerCase());
      if (isList && isUnreadable) return refused(403, "AuthorizationFailed", "You may not list this.");
    }
    const { state, index } = isList ? this.#lagging() : this.history.at(Infinity);
    const { status, body, scope } = read(state, path);
    if (scope !== undefined) exchange.shows = { scope, index };
    return { status, body };
  }

  /** Resource Graph lags as lists do. It tells who uses a configuration; the fleet is read without it. */
  #query(exchange: Exchange): Answer {
    const id = configurationAskedFor(exchange.body ?? "");
    if (id === undefined) return refused(403, "AuthorizationFailed", "The fleet may not be asked for.");
    const { state, index } = this.#lagging();
    exchange.shows = { scope: keys.allAssociations, index };
    return { status: 200, body: associationsWith(state, id) };
  }

  /** What lists show. */
  #lagging(): ReturnType<History["at"]> {
    const lag = this.#armed.disturbances.find((one) => one.kind === "lag")?.ms ?? 0;
    return this.history.at(this.#clock.now() - lag);
  }

  async #write(exchange: Exchange, request: PipelineRequest, path: string): Promise<Answer | "broken"> {
    const number = this.#armed.writes++;
    const asked: WriteRequest = {
      method: request.method,
      path,
      body: exchange.body === undefined ? {} : (JSON.parse(exchange.body) as Members),
      ifMatch: exchange.ifMatch,
    };
    const found = taken(asked);
    if (found === undefined) return refused(400, "InvalidRequest", "The model does not know this write.");
    const fault = this.#armed.disturbances.find((one) => one.kind === "write" && one.write === number);
    const { write, takesMs = 0 } = found;
    if (takesMs > 0) {
      await this.#clock.wait(takesMs);
      this.#happen(this.#clock.now());
    }
    this.onWrite?.(number);
    return this.#befall(exchange, found, write, path, fault?.kind === "write" ? fault.fault : undefined);
  }

  #befall(
    exchange: Exchange,
    found: Taken,
    write: Write,
    path: string,
    fault: WriteFault | undefined,
  ): Answer | "broken" {
    const by = { request: exchange.number };
    const now = this.#clock.now();
    const early = earlyAnswers[fault ?? "none"];
    if (early !== undefined) {
      exchange.fate = fault ?? "";
      return early;
    }
    if (fault === "lostUnapplied") return note(exchange, fault, "broken");
    const refusal = write.refusal?.(this.history.state, now) ?? this.#refusalOfSecond(exchange);
    if (fault === "lostLate") {
      this.#applyLate(write, by, now + lostLateMs);
      return note(exchange, fault, "broken");
    }
    if (refusal !== undefined) return refused(refusal.status, refusal.code, refusal.message);
    if (fault === "ignored" || fault === "late") {
      if (fault === "late") this.#applyLate(write, by, now + lateMs);
      return note(exchange, fault, found.answer(write.apply(this.history.state, now).state));
    }
    if (fault === "failsLater" && found.operation === "upgrade") {
      const headers = this.#begin({ endsAt: now + failsAfterMs, fails: true });
      return note(exchange, fault, { ...found.answer(this.history.state), headers });
    }
    this.#apply(write, by, now);
    const headers = found.operation === undefined ? {} : this.#work(path, found.operation, now);
    if (fault === "lostApplied") return note(exchange, fault, "broken");
    if (fault === "serverErrorApplied")
      return note(exchange, fault, refused(500, "InternalServerError", "An error has occurred."));
    return { ...found.answer(this.history.state), headers };
  }

  #refusalOfSecond({ method, path }: Exchange): Refusal | undefined {
    const isAssociation = method === "PUT" && path.includes("/configurationassignments/");
    if (!isAssociation || !this.#armed.disturbances.some(({ kind }) => kind === "refusesTwo"))
      return undefined;
    const isTaken = [...this.history.state.assignments].some(
      ([id, { scaleSetId: set }]) => set === scaleSetOf(path) && id !== path,
    );
    return isTaken
      ? {
          status: 400,
          code: "BadRequest",
          message: "The resource has a configuration of this scope already.",
        }
      : undefined;
  }

  /** What Azure goes on to do after it has accepted a write of a scale set. */
  #work(path: string, kind: NonNullable<Taken["operation"]>, now: number): Readonly<Record<string, string>> {
    const id = scaleSetOf(path) ?? "";
    if (kind === "upgrade") {
      const endsAt = now + upgradeMs;
      this.#later(endsAt, () => this.#finishUpgrade(id, endsAt));
      return this.#begin({ endsAt, fails: false });
    }
    const isRollOut = kind === "patch" && rollsOut(this.history.state, id);
    const endsAt = now + (isRollOut ? upgradeMs : this.#manner.operationMs);
    if (kind === "patch" && endsAt > now) {
      this.#set(withWork(this.history.state, id, "Updating"), now, "begin to update");
      this.#later(endsAt, () => {
        if (isRollOut) this.#apply(updateInstances(id, capacity), "azure", endsAt);
        this.#set(withWork(this.history.state, id, "Succeeded"), endsAt, "have updated");
      });
    }
    return this.#begin({ endsAt, fails: false });
  }

  #begin(operation: Operation): Readonly<Record<string, string>> {
    const id = `operation-${this.#operations.size}`;
    const at = `/subscriptions/${subscriptionId}/providers/microsoft.compute/locations/westeurope/operations/${id}`;
    this.#operations.set(at, operation);
    return { "azure-asyncoperation": `${endpoint}${at}?api-version=2024-11-01`, "retry-after": "0" };
  }

  #operation(path: string): Answer | undefined {
    const operation = this.#operations.get(path);
    if (operation === undefined) return undefined;
    const hasEnded = operation.endsAt <= this.#clock.now();
    const status = !hasEnded ? "InProgress" : operation.fails ? "Failed" : "Succeeded";
    const code = "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade";
    return {
      status: 200,
      body: { status, ...(status === "Failed" && { error: { code, message: "Too many are unhealthy." } }) },
      headers: hasEnded ? {} : { "retry-after": "0" },
    };
  }

  #finishUpgrade(id: string, at: number): void {
    const set = this.history.state.scaleSets.get(id.toLowerCase());
    if (set?.upgrade?.code !== "RollingForward") return;
    const upgrade = { ...set.upgrade, code: "Completed" } as const;
    const scaleSets = new Map(this.history.state.scaleSets).set(id.toLowerCase(), { ...set, upgrade });
    this.#set({ ...this.history.state, scaleSets }, at, "have upgraded", [keys.upgrade(id)]);
  }

  #others(count: number, moment: "before" | "after"): void {
    for (const one of this.#armed.disturbances) {
      if (one.kind === "others" && one.request === count && one.moment === moment) this.others(one.write);
    }
  }

  #apply(write: Write, by: Author, at: number): void {
    const { state, touched } = write.apply(this.history.state, at);
    this.history.add({ at, by, what: write.what, touched, after: state });
  }

  /** Unless something stands against it by then. */
  #applyLate(write: Write, by: Author, at: number): void {
    this.#later(at, () => {
      if (write.refusal?.(this.history.state, at) === undefined) this.#apply(write, by, at);
    });
  }

  #set(after: WorldState, at: number, what: string, touched: readonly string[] = ["azure"]): void {
    if (after !== this.history.state) this.history.add({ at, by: "azure", what, touched, after });
  }

  #later(at: number, work: () => void): void {
    const next = this.#due.findIndex((one) => one.at > at);
    this.#due.splice(next < 0 ? this.#due.length : next, 0, { at, work });
  }

  /** What was due until a moment. */
  #happen(until: number): void {
    for (let [next] = this.#due; next !== undefined && next.at <= until; [next] = this.#due) {
      this.#due.shift();
      next.work();
    }
  }
}

function note<T>(exchange: Exchange, fate: string, answer: T): T {
  exchange.fate = fate;
  return answer;
}

function refused(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

const throttled: Answer = {
  ...refused(429, "TooManyRequests", "Slow down."),
  headers: { "retry-after": "7" },
};

/** Answers that say that nothing was done, and are true. */
const earlyAnswers: Readonly<Partial<Record<WriteFault | "none", Answer>>> = {
  throttled,
  invalid: refused(400, "BadRequest", "This is not valid."),
  forbidden: refused(403, "AuthorizationFailed", "You may not write this."),
  conflict: refused(409, "Conflict", "Something else is under way."),
  serverError: refused(500, "InternalServerError", "An error has occurred."),
};
