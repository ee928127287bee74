import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AccessToken } from "@azure/core-auth";
import { createPipelineRequest, type HttpClient, type HttpMethods } from "@azure/core-rest-pipeline";
import type { AnswerChallenge } from "../../../../src/azure/contracts.ts";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { createPipeline } from "../../../../src/azure/http/pipeline.ts";
import { retryEnvironment } from "../../../../src/azure/http/retry.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { answer, recordingLog } from "../support.ts";

const claims = "eyJhY2Nlc3NfdG9rZW4iOnt9fQ==";
const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
const cloud = { name: "test", endpoint: "https://arm.invalid", scopes: ["scope/.default"] };
const accessToken = (token: string): AccessToken => ({ token, expiresOnTimestamp: 0 });

interface World {
  /** What VS Code gives without asking, one after the other; the last one for ever. */
  readonly tokens?: readonly string[];
  /** What a server says to a token: that it is fine (200), too old or too weak. */
  readonly verdict: (token: string) => "fine" | "expired" | "weak";
  readonly answerChallenge?: AnswerChallenge;
  /** What an answer of the server waits for. */
  readonly answering?: () => Promise<void>;
}

function open({ tokens = ["plain"], verdict, answerChallenge, answering }: World) {
  const { log, lines } = recordingLog();
  let asked = 0;
  const sent: string[] = [];
  const credential = {
    getToken: async () => accessToken(tokens[Math.min(asked++, tokens.length - 1)] ?? ""),
  };
  const access = answerChallenge === undefined ? { credential } : { credential, answerChallenge };
  const retry = retryEnvironment(log, new WaitBoard());
  const pipeline = createPipeline({ cloud, access, log, version: "1.0.0", retry });
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      sent.push(`${request.method} ${token}`);
      await answering?.();
      const said = verdict(token);
      if (said === "fine") return answer(request, 200, {});
      const body = { error: { code: "AuthenticationFailed", message: "no" } };
      return answer(request, 401, body, said === "weak" ? { "www-authenticate": challenge } : {});
    },
  };
  const send = (method: HttpMethods, signal?: AbortSignal) =>
    pipeline
      .sendRequest(
        httpClient,
        createPipelineRequest({
          method,
          url: "https://arm.invalid/a",
          ...(signal && { abortSignal: signal }),
        }),
      )
      .then(
        ({ status }): number | string => status,
        (error: unknown) => problemOf(error).kind,
      );
  return { send, sent, lines };
}

const strongIsFine = (token: string) => (token === "strong" ? "fine" : "weak");

describe("a token that Azure refuses", () => {
  it("is renewed once, and the same write goes on", async () => {
    const { send, sent } = open({
      tokens: ["old", "new"],
      verdict: (token) => (token === "new" ? "fine" : "expired"),
    });
    assert.equal(await send("PUT"), 200);
    assert.deepEqual(sent, ["PUT old", "PUT new"]);
  });

  it("is not sent a second time where VS Code has no newer one", async () => {
    const { send, sent } = open({ verdict: () => "expired" });
    assert.equal(await send("PUT"), "notSignedIn");
    assert.deepEqual(sent, ["PUT plain"]);
  });
});

describe("a claims challenge", () => {
  it("reaches the user as Azure sent it, and the same write goes on with her answer", async () => {
    const asked: unknown[] = [];
    const { send, sent } = open({
      verdict: strongIsFine,
      answerChallenge: async (...question) => {
        asked.push(question);
        return accessToken("strong");
      },
    });
    assert.equal(await send("PATCH"), 200);
    assert.deepEqual(asked, [[challenge, { prompt: true }]]);
    assert.deepEqual(sent, ["PATCH plain", "PATCH strong"]);
  });

  it("of many writes at once asks once, also for those whose refusal comes after her answer", async () => {
    let asked = 0;
    const late = Promise.withResolvers<void>();
    let isFirst = true;
    const { send, sent } = open({
      verdict: strongIsFine,
      answering: async () => {
        if (!isFirst) return;
        isFirst = false;
        await late.promise;
      },
      answerChallenge: async () => {
        asked++;
        await new Promise((resolve) => setImmediate(resolve));
        return accessToken("strong");
      },
    });
    const slow = send("PUT");
    assert.deepEqual(await Promise.all([send("PUT"), send("PUT")]), [200, 200]);
    late.resolve();
    assert.equal(await slow, 200);
    assert.deepEqual([asked, sent.length], [1, 6]);
  });

  it("is put to VS Code anew for a later write: nothing here keeps the token", async () => {
    let asked = 0;
    const { send } = open({
      verdict: strongIsFine,
      answerChallenge: async () => {
        asked++;
        return accessToken("strong");
      },
    });
    assert.deepEqual([await send("PUT"), await send("PUT")], [200, 200]);
    assert.equal(asked, 2);
  });

  it("that is refused fails plainly, sends nothing more and asks no more for what was sent before", async () => {
    let prompts = 0;
    let late: (() => void) | undefined;
    const { send, sent } = open({
      verdict: () => "weak",
      answerChallenge: async () => {
        prompts++;
        await new Promise<void>((resolve) => (late = resolve));
        return undefined;
      },
    });
    const writes = [send("PUT"), send("DELETE")];
    while (late === undefined) await new Promise((resolve) => setImmediate(resolve));
    late();
    assert.deepEqual(await Promise.all(writes), ["stepUpRefused", "stepUpRefused"]);
    assert.equal(prompts, 1);
    assert.deepEqual(sent, ["PUT plain", "DELETE plain"]);
  });

  it("that is refused holds for what was sent before and challenged after, and not for a later attempt of hers", async () => {
    let prompts = 0;
    const slow = Promise.withResolvers<void>();
    let first = true;
    const { send } = open({
      verdict: () => "weak",
      answering: async () => {
        if (!first) return;
        first = false;
        await slow.promise;
      },
      answerChallenge: async () => {
        prompts++;
        return undefined;
      },
    });
    const slowWrite = send("PUT");
    assert.equal(await send("PUT"), "stepUpRefused");
    slow.resolve();
    assert.equal(await slowWrite, "stepUpRefused");
    assert.equal(prompts, 1);
    await send("PUT");
    assert.equal(prompts, 2);
  });

  it("that the answer does not satisfy is asked once per call, and not for ever", async () => {
    let prompts = 0;
    const { send, sent } = open({
      verdict: () => "weak",
      answerChallenge: async () => accessToken(`try${++prompts}`),
    });
    assert.equal(await send("PUT"), "stepUpRefused");
    assert.deepEqual([prompts, sent.length], [1, 2]);
  });

  it("of a read asks without a prompt", async () => {
    const prompts: boolean[] = [];
    const { send } = open({
      verdict: strongIsFine,
      answerChallenge: async (_, { prompt }) => {
        prompts.push(prompt);
        return undefined;
      },
    });
    assert.equal(await send("GET"), "stepUpRefused");
    assert.deepEqual(prompts, [false]);
  });

  it("where nobody can be asked is a refusal that says what Azure wants", async () => {
    const { send } = open({ verdict: () => "weak" });
    assert.equal(await send("PUT"), "stepUpRefused");
  });

  it("after an expired token is answered too", async () => {
    const { send, sent } = open({
      tokens: ["old", "plain"],
      verdict: (token) => (token === "old" ? "expired" : strongIsFine(token)),
      answerChallenge: async () => accessToken("strong"),
    });
    assert.equal(await send("PUT"), 200);
    assert.deepEqual(sent, ["PUT old", "PUT plain", "PUT strong"]);
  });

  it("whose user cancels the plan meanwhile sends nothing more", async () => {
    const cancel = new AbortController();
    const { send, sent } = open({
      verdict: strongIsFine,
      answerChallenge: async () => {
        cancel.abort(new Error("her own reason"));
        return accessToken("strong");
      },
    });
    assert.equal(await send("PUT", cancel.signal), "cancelled");
    assert.deepEqual(sent, ["PUT plain"]);
  });

  it("leaves neither token nor claims in the log", async () => {
    const { send, lines } = open({
      verdict: strongIsFine,
      answerChallenge: async () => accessToken("strong"),
    });
    await send("PUT");
    assert.equal(lines.length, 2);
    assert.ok(lines.every((line) => !/strong|plain|claims|Bearer/.test(line) && !line.includes(claims)));
  });
});
