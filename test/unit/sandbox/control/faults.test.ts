import assert from "node:assert/strict";
import { test } from "node:test";
import { sandboxEndpoint, sandboxHttpClient } from "../../../../src/sandbox/sandbox.ts";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { createLab, type Lab, production, resources } from "../support.ts";

const group = (name: string) => `${production}/resourceGroups/${name}?${resources}`;
const web = group("rg-web-prod-weu");

async function order(lab: Lab, ...faults: readonly unknown[]): Promise<void> {
  assert.equal((await lab.ask("POST", "/sandbox/faults", faults)).status, 204);
}

test("a fault meets the requests that it names, as often as it says, from the nth on", async () => {
  const lab = createLab();
  await order(lab, {
    match: { method: "GET", path: "/rg-web-prod-weu", nth: 2 },
    times: 2,
    do: { status: 503, headers: { "Retry-After": 7 }, body: "<p>busy" },
  });
  const statuses: number[] = [];
  for (let asked = 0; asked < 4; asked++) {
    await lab.ask("GET", group("rg-data-prod-weu"));
    const { status, headers } = await lab.send("HEAD", web, { authorization: "Bearer sandbox" });
    assert.equal(status, 204, "another method is not met");
    assert.equal(headers["retry-after"], undefined);
    statuses.push((await askRaw(lab, "GET", web)).status);
  }
  assert.deepEqual(statuses, [200, 503, 503, 200]);
});

test("what a fault answers has the status, headers and body that it says, and the ids of every answer", async () => {
  const lab = createLab();
  const body = { Error: { Code: "X", Message: "Y" } };
  await order(lab, { do: { status: 400, headers: { "X-Other": "1" }, body } });
  const { status, headers, body: answered } = await lab.ask("GET", web);
  assert.deepEqual(
    [status, answered, headers["x-other"], headers["content-type"]],
    [400, body, "1", "application/json; charset=utf-8"],
  );
  assert.match(headers["x-ms-request-id"] ?? "", /^[0-9a-f-]{36}$/);
});

test("the writes that a fault lets through have taken effect, the others have not", async () => {
  const lab = createLab();
  const faults = { before: { reset: "before" }, after: { reset: "after" } };
  for (const [name, effect] of Object.entries(faults)) {
    await order(lab, { match: { method: "PUT" }, do: effect });
    const call = createPipelineRequest({
      url: `${sandboxEndpoint}${group(name)}`,
      method: "PUT",
      headers: createHttpHeaders({ authorization: "Bearer sandbox" }),
      body: JSON.stringify({ location: "westeurope" }),
    });
    await assert.rejects(sandboxHttpClient(lab.sandbox).sendRequest(call), { code: "ECONNRESET" });
  }
  assert.equal((await lab.ask("GET", group("before"))).status, 404);
  assert.equal((await lab.ask("GET", group("after"))).status, 200);
  await order(lab, { match: { method: "PUT" }, do: { status: 502, applied: true } });
  assert.equal((await lab.ask("PUT", group("gateway"), { location: "westeurope" })).status, 502);
  assert.equal((await lab.ask("GET", group("gateway"))).status, 200);
});

test("half of a body may pass for the whole", async () => {
  const lab = createLab();
  const whole = (await askRaw(lab, "GET", web)).body;
  await order(lab, { do: { truncate: "short" } });
  assert.equal((await askRaw(lab, "GET", web)).body, whole.slice(0, Math.floor(whole.length / 2)));
});

test("a fault that makes no sense is refused with what it takes, and none of its list is kept", async () => {
  const lab = createLab();
  const sound = { do: { status: 500 } };
  for (const fault of [
    {},
    { do: {} },
    { do: { reset: "maybe" } },
    { match: { path: "(" }, do: { status: 500 } },
    { times: -1, do: { status: 500 } },
  ]) {
    const { status, body } = await lab.ask("POST", "/sandbox/faults", [sound, fault]);
    assert.equal(status, 400, JSON.stringify(fault));
    assert.match(body.error.message, /^Invalid faults: /);
  }
  assert.equal((await lab.ask("GET", web)).status, 200);
});

test("faults end when they are deleted, and with a reset", async () => {
  for (const end of [
    ["DELETE", "/sandbox/faults"],
    ["POST", "/sandbox/reset"],
  ] as const) {
    const lab = createLab();
    await order(lab, { times: "always", do: { status: 500 } });
    assert.equal((await lab.ask("GET", web)).status, 500);
    await lab.ask(end[0], end[1]);
    assert.equal((await lab.ask("GET", web)).status, 200);
  }
});

test("records what was asked, what was answered and what took effect, without tokens and queries", async () => {
  const lab = createLab();
  await order(lab, { match: { method: "PUT" }, do: { status: 500 } });
  await lab.send("GET", `${web}&secret=1`, {
    authorization: "Bearer sandbox",
    "x-ms-client-request-id": "client-1",
  });
  await lab.ask("PUT", group("new"), { location: "westeurope" });
  await lab.send("GET", web, {});
  const { body } = await lab.ask("GET", "/sandbox/requests");
  const path = web.split("?")[0];
  assert.equal(body.count, 3);
  assert.deepEqual(
    body.value.map(({ method, status, applied }: Record<string, unknown>) => [method, status, applied]),
    [
      ["GET", 200, true],
      ["PUT", 500, false],
      ["GET", 401, false],
    ],
  );
  assert.equal(body.value[0].path, path);
  assert.equal(body.value[0].clientRequestId, "client-1");
  assert.deepEqual(body.value[1].body, { location: "westeurope" });
  assert.doesNotMatch(JSON.stringify(body), /secret|Bearer/);
  await lab.ask("DELETE", "/sandbox/requests");
  assert.equal((await lab.ask("GET", "/sandbox/requests")).body.count, 0);
});

async function askRaw(lab: Lab, method: string, path: string) {
  const headers = { authorization: `Bearer ${lab.sandbox.token}` };
  return lab.sandbox.handle({ method, url: `${sandboxEndpoint}${path}`, headers });
}
