import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type HttpClient, RestError } from "@azure/core-rest-pipeline";
import { createClients } from "../../../../src/azure/clients/clients.ts";
import { getScaleSet } from "../../../../src/azure/clients/compute.ts";
import { AzureError, isAzureError, problemOf } from "../../../../src/azure/errors/errors.ts";
import { readErrorBody } from "../../../../src/azure/errors/errorBody.ts";
import { createPipeline } from "../../../../src/azure/http/pipeline.ts";
import { retryEnvironment } from "../../../../src/azure/http/retry.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Problem } from "../../../../src/core/text/problem.ts";
import { answer, never, recordingLog, scaleSet } from "../support.ts";

const cloud = { name: "test", endpoint: "https://arm.invalid", scopes: ["https://arm.invalid/.default"] };

/** The problem of a real SDK call whose transport does this. */
async function problemWhen(sendRequest: HttpClient["sendRequest"], signal = never): Promise<Problem> {
  const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: 0 }) };
  const { log } = recordingLog();
  const retry = retryEnvironment(log, new WaitBoard(), {
    wait: async (_: number, signal?: AbortSignal) => signal?.throwIfAborted(),
    now: () => 0,
    random: () => 0,
  });
  const pipeline = createPipeline({ cloud, access: { credential }, log, version: "1.0.0", retry });
  const clients = createClients({ cloud, credential, pipeline, httpClient: { sendRequest } });
  try {
    await getScaleSet(clients, scaleSet("vmss"), signal);
  } catch (error) {
    return problemOf(error);
  }
  return assert.fail("the call did not fail");
}

const whenAnswered = (status: number, body: unknown, headers?: Record<string, string>) =>
  problemWhen(async (request) => answer(request, status, body, headers));

const whenBroken = (code: string, message = "broken") =>
  problemWhen(async (request) => {
    throw new RestError(message, { code, request });
  });

describe("the body of an error answer", () => {
  it("is read with its details down to a depth, however deep they go", () => {
    const nested = `${'{"message":"deeper","details":['.repeat(100_000)}${"]}".repeat(100_000)}`;
    assert.deepEqual(readErrorBody(`{"error":${nested}}`), { message: "deeper" });
    const levels = Array.from({ length: 20 }, (_, level) => `{"message":"level ${level}","details":[`);
    const { message = "" } = readErrorBody(`{"error":${levels.join("")}${"]}".repeat(20)}}`);
    assert.deepEqual(message.split("\n").at(-1), "level 8");
  });

  it("is read in the contract's shape, with its details", () => {
    const details = [{ code: "X", message: "The size is gone.", details: [{ message: "Pick another." }] }];
    const body = { error: { code: "BadRequest", message: "No.", details } };
    assert.deepEqual(readErrorBody(JSON.stringify(body)), {
      code: "BadRequest",
      message: "No.\nThe size is gone.\nPick another.",
    });
  });

  it("is read with capitals", () => {
    const body = { Error: { Code: "InvalidMaintenanceWindow", Message: "Invalid maintenance window." } };
    assert.deepEqual(readErrorBody(JSON.stringify(body)), {
      code: "InvalidMaintenanceWindow",
      message: "Invalid maintenance window.",
    });
  });

  it("is read where it is only a message, and where the code is empty", () => {
    assert.deepEqual(readErrorBody('{"Message":"Given Maintenance Subscope is not supported"}'), {
      message: "Given Maintenance Subscope is not supported",
    });
    assert.deepEqual(
      readErrorBody('{"error":{"code":"","message":"Maintenance Scope provided is invalid"}}'),
      { message: "Maintenance Scope provided is invalid" },
    );
    assert.deepEqual(readErrorBody('{"code":"A","message":"b"}'), { code: "A", message: "b" });
  });

  it("is quoted where it is no JSON, and is nothing where it is empty or says nothing", () => {
    assert.deepEqual(readErrorBody("An error\n has occurred"), { message: "An error has occurred" });
    assert.equal(readErrorBody("x".repeat(5000)).message?.length, 301);
    for (const text of [undefined, "", "  ", "{}", '{"error":null}'])
      assert.deepEqual(readErrorBody(text), {});
  });
});

describe("a failed call", () => {
  const kinds: readonly [number, unknown, Problem["kind"]][] = [
    [400, { Error: { Code: "InvalidMaintenanceWindow", Message: "m" } }, "validation"],
    [400, { Message: "Given Maintenance Subscope is not supported" }, "validation"],
    [401, {}, "notSignedIn"],
    [403, { error: { code: "AuthorizationFailed", message: "no" } }, "forbidden"],
    [404, { error: { code: "ResourceNotFound", message: "gone" } }, "notFound"],
    [407, "Proxy Authentication Required", "proxy"],
    [409, { error: { code: "Conflict", message: "busy" } }, "conflict"],
    [409, { error: { code: "MissingSubscriptionRegistration", message: "x" } }, "notRegistered"],
    [
      409,
      { error: { message: "The subscription is not registered to use namespace 'Microsoft.Compute'." } },
      "notRegistered",
    ],
    [429, {}, "throttled"],
    [500, "An error has occurred", "server"],
    [503, "", "server"],
  ];
  for (const [status, body, kind] of kinds) {
    it(`with ${status} and ${JSON.stringify(body)} is ${kind}`, async () => {
      const problem = await whenAnswered(status, body);
      assert.equal(problem.kind, kind);
      assert.equal(problem.status, status);
      assert.equal(problem.requestId, "request-1");
      assert.ok(problem.wayOut);
    });
  }

  it("keeps the service's code and words whole", async () => {
    const message = "Invalid maintenance window. Error: StartDateTime is not set for maintenance window.";
    const problem = await whenAnswered(400, { error: { code: "InvalidMaintenanceWindow", message } });
    assert.equal(problem.code, "InvalidMaintenanceWindow");
    assert.equal(problem.detail, message);
  });

  it("with a claims challenge asks for a stronger sign-in", async () => {
    const challenge = { "www-authenticate": 'Bearer realm="", error="insufficient_claims", claims="eyJ9"' };
    assert.equal((await whenAnswered(401, {}, challenge)).kind, "stepUpRefused");
  });

  it("names the action and the scope that a role must have", async () => {
    const message =
      "The client 'x' does not have authorization to perform action 'Microsoft.Compute/virtualMachineScaleSets/write' over scope '/subscriptions/s' or the scope is invalid.";
    const { wayOut } = await whenAnswered(403, { error: { code: "AuthorizationFailed", message } });
    assert.match(
      inEnglish(wayOut ?? verbatim("")),
      /action Microsoft.Compute\/virtualMachineScaleSets\/write on \/subscriptions\/s, such as Virtual Machine Contributor\./,
    );
  });

  it("names the action that is missing on another resource which the request names", async () => {
    const message =
      "The client has permission to perform action 'Microsoft.Maintenance/configurationAssignments/write' on scope '/subscriptions/a'; however, it does not have permission to perform action 'Microsoft.Maintenance/maintenanceConfigurations/read' on the linked scope(s) '/subscriptions/b' or the linked scope(s) are invalid.";
    const { wayOut } = await whenAnswered(403, { error: { code: "LinkedAuthorizationFailed", message } });
    assert.match(
      inEnglish(wayOut ?? verbatim("")),
      /action Microsoft.Maintenance\/maintenanceConfigurations\/read on \/subscriptions\/b, such as Reader\./,
    );
  });

  it("by a lock or a policy says so", async () => {
    for (const [status, code, kind, words] of [
      [409, "ScopeLocked", "conflict", /A lock prevents this/],
      [403, "RequestDisallowedByPolicy", "forbidden", /A policy prevents this/],
    ] as const) {
      const problem = await whenAnswered(status, { error: { code, message: "no" } });
      assert.equal(problem.kind, kind);
      assert.match(inEnglish(problem.summary), words);
    }
  });

  const unhealthy = "MaxUnhealthyInstancePercentExceededInRollingUpgrade";
  const cause = { code: unhealthy, message: "30% of instances are unhealthy.", target: "3" };

  it("that wraps its cause is explained by the cause, and keeps the details with their codes and targets", async () => {
    const error = { code: "ResourceDeploymentFailure", message: "It failed.", details: [cause] };
    const problem = await whenAnswered(409, { error });
    assert.match(inEnglish(problem.summary), /more instances of the scale set were unhealthy/);
    assert.match(inEnglish(problem.wayOut ?? verbatim("")), /Repair the unhealthy instances/);
    assert.equal(problem.code, "ResourceDeploymentFailure");
    assert.equal(problem.detail, "It failed.\n30% of instances are unhealthy.");
    assert.deepEqual(problem.details, [cause]);
    const locked = { code: "DeploymentFailed", details: [{ code: "ScopeLocked", message: "no" }] };
    assert.match(inEnglish((await whenAnswered(409, { error: locked })).summary), /A lock prevents this/);
  });

  it("of an operation that ended badly is explained by what Azure says to it", async () => {
    const code = "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade";
    const error = { code, message: "25% of instances are in an unhealthy state." };
    const failed = await whenAnswered(200, { status: "Failed", error });
    assert.match(
      inEnglish(failed.summary),
      /^Azure started the operation but couldn't finish it\. Azure didn't start the upgrade: more instances were unhealthy/,
    );
    assert.match(inEnglish(failed.wayOut ?? verbatim("")), /Repair or reimage/);
    const wrapped = { code: "ResourceDeploymentFailure", details: [cause] };
    const { summary } = await whenAnswered(200, { status: "Failed", error: wrapped });
    assert.match(inEnglish(summary), /more instances of the scale set were unhealthy/);
  });

  it("names the provider to register", async () => {
    const message = "The subscription is not registered to use namespace 'Microsoft.Foo'.";
    const { wayOut } = await whenAnswered(409, {
      error: { code: "MissingSubscriptionRegistration", message },
    });
    assert.match(inEnglish(wayOut ?? verbatim("")), /--namespace Microsoft.Foo/);
  });

  it("says how long Azure asks to wait", async () => {
    const { wayOut } = await whenAnswered(429, {}, { "retry-after": "600" });
    assert.match(inEnglish(wayOut ?? verbatim("")), /600 s/);
  });

  it("is malformed where a success is no JSON, is cut off, or is no resource", async () => {
    const page = await whenAnswered(200, "<html>Sign in to the network</html>");
    assert.equal(page.kind, "malformed");
    assert.match(page.detail ?? "", /Sign in to the network/);
    const cutOff = await problemWhen(async (request) => ({
      ...answer(request, 200, {}),
      bodyAsText: '{"id":"/subscr',
    }));
    assert.equal(cutOff.kind, "malformed");
    assert.match(inEnglish(cutOff.summary), /arm\.invalid/);
    assert.equal((await whenAnswered(200, [1, 2])).kind, "malformed");
  });

  it("without an answer is network, tls or proxy, and names the host and VS Code's settings", async () => {
    const broken = await whenBroken("ENOTFOUND", "getaddrinfo ENOTFOUND arm.invalid");
    assert.equal(broken.kind, "network");
    assert.equal(inEnglish(broken.summary), "Couldn't reach arm.invalid: its name couldn't be resolved.");
    const reasons = {
      ECONNRESET: "the connection broke.",
      ECONNREFUSED: "the connection was refused.",
      ETIMEDOUT: "it didn't answer in time.",
      ENETUNREACH: "no route to it.",
    };
    for (const [code, reason] of Object.entries(reasons)) {
      const { summary, code: named } = await whenBroken(code);
      assert.deepEqual([inEnglish(summary), named], [`Couldn't reach arm.invalid: ${reason}`, code]);
    }
    assert.equal(inEnglish((await whenBroken("EODD")).summary), "Couldn't reach arm.invalid.");
    for (const code of [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ]) {
      const untrusted = await whenBroken(code);
      assert.equal(untrusted.kind, "tls", code);
      assert.match(inEnglish(untrusted.wayOut ?? verbatim("")), /http\.systemCertificates/);
    }
    const proxy = await whenBroken(
      "ECONNREFUSED",
      "tunneling socket could not be established, statusCode=502",
    );
    assert.equal(proxy.kind, "proxy");
    assert.match(inEnglish(proxy.wayOut ?? verbatim("")), /http\.proxy\b/);
  });

  it("tells no path, query or password of an address", async () => {
    const { detail } = await whenBroken(
      "ECONNRESET",
      "request to https://arm.invalid/subscriptions/s1?sig=secret failed (by http://me:password@proxy.invalid:8080/x)",
    );
    assert.equal(detail, "request to https://arm.invalid failed (by http://proxy.invalid:8080)");
  });

  it("is network, not cancelled, where a time limit of the caller ends a read", async () => {
    const controller = new AbortController();
    const problem = await problemWhen(async (request) => {
      controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      return answer(request, 429, {});
    }, controller.signal);
    assert.equal(problem.kind, "network");
    assert.equal(inEnglish(problem.summary), "Couldn't reach arm.invalid: it didn't answer in time.");
  });

  it("is cancelled when the user's signal is aborted, with whatever reason", async () => {
    for (const reason of [undefined, new Error("the window closes")]) {
      const controller = new AbortController();
      const problem = await problemWhen(async (request) => {
        controller.abort(reason);
        return answer(request, 429, {});
      }, controller.signal);
      assert.equal(problem.kind, "cancelled");
    }
  });
});

describe("an AzureError", () => {
  it("is known by its brand, whichever copy of the class made it", () => {
    const copy = {
      [Symbol.for("scaleSetMaintenance.AzureError")]: true,
      problem: { kind: "server", summary: verbatim("x") },
    };
    assert.ok(isAzureError(copy));
    assert.equal(problemOf(copy), copy.problem);
    assert.ok(!isAzureError(new Error("x")));
    assert.ok(!isAzureError(undefined));
  });

  it("holds nothing but the problem and how long to wait: no request, so no token", () => {
    const error = new AzureError({ kind: "server", summary: verbatim("x") });
    assert.deepEqual(Object.keys(error).toSorted(), ["askedPauseMs", "name", "problem"]);
    assert.equal(error.cause, undefined);
  });

  it("is made of any thrown value", () => {
    assert.equal(problemOf(new TypeError("x is not a function")).detail, "x is not a function");
    assert.equal(problemOf("text").detail, "text");
    assert.equal(problemOf(new DOMException("", "AbortError")).kind, "cancelled");
  });
});
