import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createEmptyPipeline,
  createPipelineRequest,
  type HttpClient,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { GraphQuota } from "../../../../src/azure/http/graphQuota.ts";
import { retryEnvironment, retryPolicy } from "../../../../src/azure/http/retry.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { answer, recordingLog } from "../support.ts";

const start = Date.parse("2026-11-01T12:00:00Z");
const graph = "https://arm.invalid/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";

/** A clock that jumps to the end of the next pause once everybody pauses. */
function jumpingClock() {
  const pauses: { readonly at: number; readonly end: () => void }[] = [];
  let time = start;
  return {
    now: () => time,
    wait: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
        pauses.push({ at: time + ms, end: resolve });
      }),
    /** Jumps on until `work` is done. */
    async until<T>(work: Promise<T>): Promise<T> {
      let isDone = false;
      void work.then(
        () => (isDone = true),
        () => (isDone = true),
      );
      for (;;) {
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
        if (isDone) return work;
        pauses.sort((a, b) => a.at - b.at);
        const next = pauses.shift();
        if (next === undefined) throw new Error("Nobody waits, and nothing is done.");
        time = Math.max(time, next.at);
        next.end();
      }
    },
  };
}

interface ServiceOptions {
  /** Queries in a window, of which others send some. */
  readonly quota?: number;
  readonly others?: number;
  /** How long an answer takes. */
  readonly ms?: number;
  readonly round?: (seconds: number) => number;
}

/** Azure's side: a quota in windows of 5 s that begin with a query. */
function service(
  clock: Pick<ReturnType<typeof jumpingClock>, "now" | "wait">,
  { quota = 15, others = 0, ms = 80, round = Math.ceil }: ServiceOptions = {},
) {
  let windowEnds = 0;
  let left = 0;
  const answered: { readonly at: number; readonly status: number }[] = [];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      if (request.method !== "POST") return answer(request, 200, {});
      if (clock.now() >= windowEnds) [windowEnds, left] = [clock.now() + 5000, quota - others];
      const status = left > 0 ? 200 : 429;
      left = Math.max(0, left - 1);
      const seconds = round((windowEnds - clock.now()) / 1000);
      const headers = {
        "x-ms-user-quota-remaining": `${left}`,
        "x-ms-user-quota-resets-after": `00:00:0${seconds}`,
      };
      answered.push({ at: clock.now() - start, status });
      await clock.wait(ms);
      return answer(request, status, {}, headers);
    },
  };
  return { httpClient, answered };
}

function lab(options: ServiceOptions = {}) {
  const clock = jumpingClock();
  const { httpClient, answered } = service(clock, options);
  const waits = new WaitBoard();
  const shown: (number | undefined)[] = [];
  waits.onDidChange(() => shown.push(waits.endsAt === undefined ? undefined : waits.endsAt - start));
  const { log } = recordingLog();
  const { now, wait } = clock;
  const environment = retryEnvironment(log, waits, { now, wait, random: () => 0 });
  const quota = new GraphQuota(environment);
  /** A tenant's pipeline: each has its own, and the account's quota. */
  const send = (url = graph, signal?: AbortSignal): Promise<PipelineResponse> => {
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(retryPolicy(environment));
    pipeline.addPolicy(quota.policy());
    const method = url === graph ? "POST" : "GET";
    return pipeline.sendRequest(
      httpClient,
      createPipelineRequest({ method, url, ...(signal && { abortSignal: signal }) }),
    );
  };
  const sendMany = (count: number) => Promise.all(Array.from({ length: count }, () => send()));
  return { clock, answered, shown, send, sendMany };
}

const statuses = (answered: readonly { readonly status: number }[]) =>
  [...Map.groupBy(answered, ({ status }) => status)].map(([status, all]) => [status, all.length]);

describe("the quota of Resource Graph", () => {
  it("is used up at once and not overdrawn: what is above it waits until it is full again, and the wait is shown", async () => {
    const { clock, answered, shown, sendMany } = lab();
    await clock.until(sendMany(40));
    assert.deepEqual(statuses(answered), [[200, 40]]);
    assert.deepEqual(
      answered.map(({ at }) => at),
      [...Array(15).fill(0), ...Array(15).fill(5080), ...Array(10).fill(10_160)],
    );
    assert.deepEqual(shown.filter((end) => end !== undefined)[0], 5000);
    assert.equal(shown.at(-1), undefined);
  });

  it("is what the answers say, not what is documented: others use it too", async () => {
    const { clock, answered, send, sendMany } = lab({ others: 9 });
    await clock.until(send());
    await clock.until(sendMany(9));
    assert.deepEqual(
      answered.map(({ at }) => at),
      [0, ...Array(5).fill(80), ...Array(4).fill(5160)],
    );
    assert.deepEqual(statuses(answered), [[200, 10]]);
  });

  it("is larger where the answers say so", async () => {
    const { clock, answered, send, sendMany } = lab({ quota: 100 });
    await clock.until(send());
    await clock.until(sendMany(60));
    assert.deepEqual(statuses(answered), [[200, 61]]);
    assert.ok(answered.every(({ at }) => at < 5000));
  });

  it("was overdrawn by others: nobody else asks until it is full again, and every query is answered in the end", async () => {
    const { clock, answered, sendMany } = lab({ others: 12 });
    const answers = await clock.until(sendMany(9));
    assert.ok(answers.every(({ status }) => status === 200));
    const refused = answered.filter(({ status }) => status === 429);
    assert.ok(
      refused.every(({ at }) => at === 0 || at === 5080),
      JSON.stringify(refused),
    );
  });

  it("is not asked again at once where the time is told in whole seconds, and so as 0 s before it is full again", async () => {
    const { clock, answered, send } = lab({ others: 13, round: Math.floor });
    for (let count = 0; count < 3; count++) assert.equal((await clock.until(send())).status, 200);
    assert.deepEqual(
      answered.map(({ at, status }) => [at, status]),
      [
        [0, 200],
        [80, 200],
        [4160, 429],
        [5240, 200],
      ],
    );
  });

  it("is for queries only: other reads go on meanwhile", async () => {
    const { clock, answered, send, sendMany } = lab();
    const queries = sendMany(16);
    await clock.until(send("https://arm.invalid/subscriptions"));
    assert.ok(clock.now() - start < 5000);
    await clock.until(queries);
    assert.equal(answered.length, 16);
  });

  it("is waited for no longer than until the user cancels", async () => {
    const { clock, answered, send, sendMany, shown } = lab();
    await clock.until(sendMany(15));
    const controller = new AbortController();
    const waiting = send(graph, controller.signal);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await assert.rejects(waiting, { name: "AbortError" });
    assert.equal(answered.length, 15);
    assert.equal(shown.at(-1), undefined);
  });

  it("is not waited for longer than two minutes: the query fails as throttled without being sent", async () => {
    const clock = jumpingClock();
    const quota = new GraphQuota({ now: clock.now, wait: clock.wait, waits: new WaitBoard() });
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(quota.policy());
    let sent = 0;
    const httpClient: HttpClient = {
      sendRequest: async (request) => (sent++, answer(request, 429, {}, { "retry-after": "900" })),
    };
    const send = () =>
      pipeline.sendRequest(httpClient, createPipelineRequest({ method: "POST", url: graph }));
    assert.equal((await send()).status, 429);
    const error = await send().catch((thrown: unknown) => thrown);
    assert.equal(problemOf(error).kind, "throttled");
    assert.equal(sent, 1);
  });
});
