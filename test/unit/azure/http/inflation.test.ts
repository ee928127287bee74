import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  isRestError,
  type PipelineRequest,
} from "@azure/core-rest-pipeline";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { inflationPolicy, maxAnswerBytes } from "../../../../src/azure/http/inflation.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";

/** More than the transport inflates at once, and of more than one byte a character. */
const long = JSON.stringify(
  Array.from({ length: 20_000 }, (_, index) => ({ name: `vmss-${index}`, owner: "Zürich 東京" })),
);

describe("the inflation of answers", () => {
  let asked: { readonly headers: IncomingMessage["headers"]; readonly body: string };
  let answer: (response: ServerResponse) => unknown;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      asked = { headers: request.headers, body };
      answer(response);
    });
  });
  let url: string;
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(inflationPolicy);

  before(async () => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    answer = () => assert.fail("asked without an answer");
  });

  const requestOf = (more: Partial<PipelineRequest> = {}) =>
    createPipelineRequest({ url, allowInsecureConnection: true, ...more });
  const send = (request: PipelineRequest) => pipeline.sendRequest(createDefaultHttpClient(), request);
  const gzipped = (bytes: Buffer) => (response: ServerResponse) =>
    response.writeHead(200, { "content-encoding": "gzip", "content-length": bytes.length }).end(bytes);

  it("gives what was compressed, short or long, as the text that it was", async () => {
    for (const said of ["", "{}", "ü", long]) {
      answer = gzipped(gzipSync(said));
      const { status, bodyAsText, readableStreamBody } = await send(requestOf());
      assert.equal(status, 200);
      assert.ok(bodyAsText === said);
      assert.equal(readableStreamBody, undefined);
    }
  });

  it("gives what was not compressed as it came, whatever its status", async () => {
    for (const status of [200, 204, 404]) {
      const said = status === 204 ? "" : long;
      answer = (response) => response.writeHead(status).end(said);
      const response = await send(requestOf());
      assert.equal(response.status, status);
      assert.ok(response.bodyAsText === said);
    }
  });

  it("asks for what it can inflate, beside all that a request says otherwise, each time that it is sent", async () => {
    const request = requestOf({
      method: "PUT",
      body: '{"a":"ü"}',
      headers: createHttpHeaders({ "X-Mine": "1", "content-type": "application/json" }),
    });
    for (let times = 0; times < 2; times++) {
      answer = gzipped(gzipSync("{}"));
      assert.equal((await send(request)).bodyAsText, "{}");
      const { headers, body } = asked;
      assert.equal(headers["accept-encoding"], "gzip");
      assert.equal(headers["x-mine"], "1");
      assert.equal(headers["content-length"], "10");
      assert.equal(body, '{"a":"ü"}');
      assert.equal(request.streamResponseStatusCodes, undefined);
    }
  });

  it("inflates also what comes in two parts, of which the last says the size of itself alone", async () => {
    answer = gzipped(Buffer.concat([gzipSync(long), gzipSync("")]));
    assert.ok((await send(requestOf())).bodyAsText === long);
  });

  it("fails as the transport does where an answer breaks off or is not what it says", async () => {
    const bytes = gzipSync(long);
    const broken: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
      "the connection breaks": (response) => {
        response.writeHead(200, { "content-encoding": "gzip", "content-length": bytes.length });
        response.write(bytes.subarray(0, 5000), () => response.destroy());
      },
      "the compressed text is cut off": gzipped(bytes.subarray(0, 5000)),
      "nothing is compressed": gzipped(Buffer.from("{}")),
    };
    for (const [what, so] of Object.entries(broken)) {
      answer = so;
      const error: unknown = await send(requestOf()).catch((reason: unknown) => reason);
      assert.ok(isRestError(error) && error.code === "PARSE_ERROR", what);
    }
  });

  it("reads an answer up to the stated size, and says of a larger one that it was not read", async () => {
    const whole = Buffer.alloc(maxAnswerBytes, " ");
    answer = gzipped(gzipSync(whole));
    assert.equal((await send(requestOf())).bodyAsText?.length, maxAnswerBytes);
    const larger = Buffer.alloc(maxAnswerBytes + 1, " ");
    const answers = [
      gzipped(gzipSync(larger)),
      (response: ServerResponse) => response.writeHead(200).end(larger),
    ];
    for (const so of answers) {
      answer = so;
      const error: unknown = await send(requestOf()).catch((reason: unknown) => reason);
      const { kind, summary } = problemOf(error);
      assert.equal(kind, "malformed");
      assert.match(inEnglish(summary), /^The answer of 127\.0\.0\.1:\d+ is larger than 64 MB/);
      assert.ok(!isRestError(error), "it is not asked for again");
    }
  });

  it("ends when it is cancelled in the middle of an answer", async () => {
    const controller = new AbortController();
    answer = (response) => response.writeHead(200, { "content-length": 1000 }).write("{");
    const transport = createDefaultHttpClient();
    const cancelling: HttpClient = {
      sendRequest: async (request) => {
        const response = await transport.sendRequest(request);
        setImmediate(() => controller.abort());
        return response;
      },
    };
    const request = requestOf({ abortSignal: controller.signal });
    await assert.rejects(pipeline.sendRequest(cancelling, request), { name: "AbortError" });
  });
});
