import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createEmptyPipeline,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
  RestError,
} from "@azure/core-rest-pipeline";
import { retryAfterMs, retryEnvironment, retryPolicy } from "../../../../src/azure/http/retry.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { answer, recordingLog } from "../support.ts";

const now = Date.parse("2026-11-01T12:00:00Z");

type Step =
  | { readonly status: number; readonly retryAfter?: string; readonly quota?: string }
  | { readonly code: string };

/** Sends one request to a server that answers as `steps` say; the last one goes on for ever. */
async function send(
  method: HttpMethods,
  steps: readonly Step[],
  signal?: AbortSignal,
  url = "https://host.invalid/a?secret=1",
) {
  const pauses: number[] = [];
  let attempts = 0;
  const pipeline = createEmptyPipeline();
  const { log, lines } = recordingLog();
  const waits = new WaitBoard();
  const shown: (number | undefined)[] = [];
  waits.onDidChange(() => shown.push(waits.endsAt === undefined ? undefined : waits.endsAt - now));
  const wait = async (ms: number) => {
    pauses.push(ms);
    signal?.throwIfAborted();
  };
  pipeline.addPolicy(retryPolicy(retryEnvironment(log, waits, { wait, now: () => now, random: () => 0 })));
  const request = createPipelineRequest({
    method,
    url,
    ...(signal && { abortSignal: signal }),
  });
  const sendRequest = async (): Promise<PipelineResponse> => {
    const step = steps[Math.min(attempts++, steps.length - 1)] as Step;
    if ("code" in step) throw new RestError("broken", { code: step.code, request });
    return answer(
      request,
      step.status,
      {},
      {
        ...(step.retryAfter !== undefined && { "retry-after": step.retryAfter }),
        ...(step.quota !== undefined && { "x-ms-user-quota-resets-after": step.quota }),
      },
    );
  };
  const end = await pipeline.sendRequest({ sendRequest }, request).then(
    ({ status }) => status,
    (error: Error) => (error instanceof RestError ? error.code : error.name),
  );
  return { end, attempts, pauses, shown, lines };
}

describe("retries", () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`repeats a GET after ${status}, with growing pauses`, async () => {
      const { end, attempts, pauses } = await send("GET", [{ status }, { status }, { status: 200 }]);
      assert.deepEqual({ end, attempts, pauses }, { end: 200, attempts: 3, pauses: [500, 1000] });
    });
  }

  it("gives the last answer back after four attempts", async () => {
    const { end, attempts } = await send("GET", [{ status: 503 }]);
    assert.deepEqual({ end, attempts }, { end: 503, attempts: 4 });
  });

  it("repeats a GET after a broken connection, and throws when it stays broken", async () => {
    assert.equal((await send("GET", [{ code: "ECONNRESET" }, { status: 200 }])).end, 200);
    const { end, attempts } = await send("GET", [{ code: "ENOTFOUND" }]);
    assert.deepEqual({ end, attempts }, { end: "ENOTFOUND", attempts: 4 });
  });

  it("does not repeat what cannot get better: a refusal, an untrusted certificate", async () => {
    assert.equal((await send("GET", [{ status: 403 }])).attempts, 1);
    assert.equal((await send("GET", [{ status: 501 }])).attempts, 1);
    assert.equal((await send("GET", [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }])).attempts, 1);
  });

  for (const method of ["PUT", "PATCH", "DELETE", "POST"] as const) {
    it(`repeats a ${method} only after 429`, async () => {
      assert.equal((await send(method, [{ status: 429, retryAfter: "3" }, { status: 200 }])).attempts, 2);
      for (const step of [{ status: 500 }, { status: 503, retryAfter: "1" }, { code: "ECONNRESET" }]) {
        assert.equal((await send(method, [step, { status: 200 }])).attempts, 1, JSON.stringify(step));
      }
    });
  }

  it("waits as long as Retry-After asks, in seconds or to a date, and says so without the query", async () => {
    const { pauses, lines } = await send("GET", [
      { status: 429, retryAfter: "17" },
      { status: 503, retryAfter: "Sun, 01 Nov 2026 12:00:42 GMT" },
      { status: 200 },
    ]);
    assert.deepEqual(pauses, [17_000, 42_000]);
    assert.match(lines[0] ?? "", /17/);
    assert.ok(lines.every((line) => !line.includes("secret")));
  });

  it("shows a pause that Azure asks for while it lasts, and none of our own", async () => {
    const { shown } = await send("GET", [
      { status: 429, retryAfter: "17" },
      { status: 503 },
      { status: 200 },
    ]);
    assert.deepEqual(shown, [17_000, undefined]);
  });

  it("repeats a query of Resource Graph, which is a POST, as a read", async () => {
    const url = "https://host.invalid/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    for (const step of [{ status: 503 }, { code: "ECONNRESET" }]) {
      assert.equal((await send("POST", [step, { status: 200 }], undefined, url)).attempts, 2);
    }
  });

  it("waits until Resource Graph's quota is full again where it says when", async () => {
    const { pauses, shown } = await send("POST", [{ status: 429, quota: "00:00:04" }, { status: 200 }]);
    assert.deepEqual([pauses, shown], [[4000], [4000, undefined]]);
  });

  it("leaves a wait of more than two minutes to the user", async () => {
    const { end, attempts, pauses } = await send("GET", [
      { status: 429, retryAfter: "900" },
      { status: 200 },
    ]);
    assert.deepEqual({ end, attempts, pauses }, { end: 429, attempts: 1, pauses: [] });
  });

  it("stops waiting when the user cancels", async () => {
    const steps = [{ status: 429, retryAfter: "9" }, { status: 200 }];
    const { end, attempts, shown } = await send("GET", steps, AbortSignal.abort());
    assert.deepEqual({ end, attempts }, { end: "AbortError", attempts: 1 });
    assert.deepEqual(shown, [9000, undefined]);
  });

  it("reads Retry-After leniently", () => {
    assert.equal(retryAfterMs(undefined, now), undefined);
    assert.equal(retryAfterMs(" 5 ", now), 5000);
    assert.equal(retryAfterMs("soon", now), undefined);
    assert.equal(retryAfterMs("Sun, 01 Nov 2026 11:00:00 GMT", now), 0);
  });

  it("takes a Retry-After beyond what a timer can wait for the longest that it can", () => {
    for (const header of ["2147484", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])
      assert.equal(retryAfterMs(header, now), 2 ** 31 - 1, header);
    assert.equal(retryAfterMs("2147483", now), 2_147_483_000);
  });
});
