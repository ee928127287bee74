import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEmptyPipeline, createPipelineRequest, type HttpClient } from "@azure/core-rest-pipeline";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { createPipeline, timeLimitPolicy } from "../../../../src/azure/http/pipeline.ts";
import { retryEnvironment } from "../../../../src/azure/http/retry.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { answer, collected, createLab, never, recordingLog, type Sent, sentOf, token } from "../support.ts";

/** Sends requests through the whole pipeline to a server that answers with `status`. */
async function send(urls: readonly string[], status = 200) {
  const sent: Sent[] = [];
  const { log, lines } = recordingLog();
  let tokens = 0;
  const credential = { getToken: async () => ({ token: `${token}-${++tokens}`, expiresOnTimestamp: 0 }) };
  const cloud = { name: "test", endpoint: "https://arm.invalid", scopes: ["scope/.default"] };
  const pipeline = createPipeline({
    cloud,
    access: { credential },
    log,
    version: "1.2.3",
    retry: retryEnvironment(log, new WaitBoard()),
  });
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      sent.push(sentOf(request));
      return answer(request, status, { error: { code: "No", message: "no" } });
    },
  };
  const problems: unknown[] = [];
  for (const url of urls) {
    const body = JSON.stringify({ adminPassword: "hunter2" });
    const request = createPipelineRequest({ method: "PUT", url, body });
    await pipeline
      .sendRequest(httpClient, request)
      .catch((error: unknown) => problems.push(problemOf(error)));
  }
  return { sent, lines, problems, tokens };
}

/** What an SDK's poller sees of the pause that an answer asks for. */
async function pauseSeen(retryAfter: string): Promise<string | undefined> {
  const { log } = recordingLog();
  const pipeline = createPipeline({
    cloud: { name: "test", endpoint: "https://arm.invalid", scopes: ["scope/.default"] },
    access: { credential: { getToken: async () => ({ token, expiresOnTimestamp: 0 }) } },
    log,
    version: "1.2.3",
    retry: retryEnvironment(log, new WaitBoard()),
  });
  const request = createPipelineRequest({ url: "https://arm.invalid/operations/1" });
  const running = { status: "InProgress" };
  const sendRequest = async () => answer(request, 200, running, { "retry-after": retryAfter });
  return (await pipeline.sendRequest({ sendRequest }, request)).headers.get("retry-after");
}

describe("the pipeline", () => {
  it("lets no answer ask for a pause that a timer cannot keep, nor for one that cannot be read", async () => {
    const longest = String(Math.floor((2 ** 31 - 1) / 1000));
    assert.equal(await pauseSeen("2147484"), longest);
    assert.equal(await pauseSeen("99999999999"), longest);
    assert.equal(await pauseSeen("Fri, 31 Dec 9999 23:59:59 GMT"), longest);
    assert.equal(await pauseSeen("-5"), undefined);
    assert.equal(await pauseSeen("soon"), undefined);
    assert.equal(await pauseSeen("30"), "30");
  });

  it("asks for a token at every request and keeps none", async () => {
    const { sent } = await send(["https://arm.invalid/a", "https://arm.invalid/b"]);
    assert.deepEqual(
      sent.map(({ headers }) => headers["authorization"]),
      [`Bearer ${token}-1`, `Bearer ${token}-2`],
    );
  });

  it("names this extension and gives every request an id", async () => {
    const { sent } = await send(["https://arm.invalid/a", "https://arm.invalid/b"]);
    const [first, second] = sent.map(({ headers }) => headers);
    assert.match(first?.["user-agent"] ?? "", /^azure-scale-set-maintenance\/1\.2\.3 /);
    assert.match(first?.["x-ms-client-request-id"] ?? "", /^[0-9a-f-]{36}$/);
    assert.notEqual(first?.["x-ms-client-request-id"], second?.["x-ms-client-request-id"]);
  });

  it("sends the token to Resource Manager and its regional hosts only", async () => {
    const { sent, problems } = await send([
      "https://arm.invalid/a",
      "https://westeurope.arm.invalid/b",
      "https://evil-arm.invalid/c",
      "https://arm.invalid.evil.example/d",
      "http://arm.invalid/e",
    ]);
    assert.deepEqual(
      sent.map(({ path }) => path),
      ["/a", "/b"],
    );
    assert.equal(problems.length, 3);
  });

  it("logs method, path, status, time and both request ids", async () => {
    const { lines, sent } = await send(["https://arm.invalid/a/b?api-version=1"]);
    const id = sent[0]?.headers["x-ms-client-request-id"] ?? "missing";
    assert.match(
      lines[0] ?? "",
      new RegExp(`^info PUT /a/b → 200, request request-1, in \\d+ ms \\(client request ${id}\\)$`),
    );
  });

  it("never logs a token, a query or a body, whether the call succeeds or fails", async () => {
    for (const status of [200, 403]) {
      const { lines, problems } = await send(["https://arm.invalid/operations/1?t=signed&c=secret"], status);
      const text = JSON.stringify([lines, problems]);
      for (const secret of [token, "Bearer", "signed", "c=secret", "hunter2"])
        assert.ok(!text.includes(secret), `${secret} in ${text}`);
    }
  });

  it("never logs a token or a query over a whole run", async () => {
    const lab = createLab();
    await collected(lab.azure.inventory(never));
    const queries = lab.lines.length;
    assert.ok(queries > 4);
    lab.fault = (request) =>
      request.method === "POST"
        ? answer(request, 403, { error: { code: "AuthorizationFailed" } })
        : undefined;
    await collected(lab.azure.inventory(never));
    assert.ok(lab.lines.length - queries > 25);
    assert.ok(
      lab.lines.every(
        (line) => !line.includes(token) && !/bearer|api-version|\?|maintenanceresources/i.test(line),
      ),
    );
  });

  it("ends an attempt that gets no answer in time as a broken connection, and gives the caller's signal back", async (context) => {
    const limit = new AbortController();
    const timeout = context.mock.method(AbortSignal, "timeout", () => limit.signal);
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(timeLimitPolicy(5000));
    const silent: HttpClient = {
      sendRequest: ({ abortSignal }) =>
        new Promise((_, reject) => {
          abortSignal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
          limit.abort();
        }),
    };
    const request = createPipelineRequest({ url: "https://arm.invalid/a", abortSignal: never });
    await assert.rejects(pipeline.sendRequest(silent, request), {
      code: "ETIMEDOUT",
      message: "No answer within 5 s.",
    });
    assert.deepEqual(timeout.mock.calls[0]?.arguments, [5000]);
    assert.equal(request.abortSignal, never);
  });
});
