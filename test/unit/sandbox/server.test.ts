import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { loopbackCertificate, type LoopbackCertificate } from "../../../scripts/lib/certificate.ts";
import { scratchFolder } from "../../../scripts/lib/scratch.ts";
import { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { maxBodyBytes, serve, type Served } from "../../../src/sandbox/http/server.ts";
import { production, resources } from "./support.ts";

const run = promisify(execFile);
const token = "token-of-this-test";
const group = `${production}/resourceGroups/rg-web-prod-weu?${resources}`;

let certificate: LoopbackCertificate;
let served: Served;
const scratch = scratchFolder("sandbox-test");
const authority = join(scratch.path, "certificate.pem");

before(async () => {
  certificate = await loopbackCertificate();
  served = await serve(new Sandbox({ fleet: "small", token }), {
    port: 0,
    key: certificate.key,
    certificate: certificate.certificate,
    onError: (error) => assert.fail(String(error)),
  });
  await writeFile(authority, certificate.authority);
});

after(async () => {
  await served.close();
  await scratch[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly bytes: Buffer;
  readonly text: string;
}

interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Certificates to trust; the served one's when absent. */
  readonly ca?: readonly string[];
  /** Each is written for itself; after the server's 100 where the headers ask for it. */
  readonly chunks?: readonly string[];
}

/** Asks with Node's own client, which leaves answers as they are sent. */
function ask(
  path: string,
  { method = "GET", headers = {}, ca = [certificate.authority], chunks = [] }: Question = {},
): Promise<Answer> {
  const options = { method, ca: [...ca], headers: { authorization: `Bearer ${token}`, ...headers } };
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, served.url), options, (response) => {
      const { statusCode: status, headers: answered } = response;
      const answer = (bytes: Buffer) => resolve({ status, headers: answered, bytes, text: bytes.toString() });
      buffer(response).then(answer, reject);
    });
    const send = () => {
      for (const chunk of chunks) call.write(chunk);
      call.end();
    };
    call.on("error", reject);
    if (!("expect" in headers)) return send();
    call.on("continue", send).flushHeaders();
  });
}

test("serves over HTTPS, under its address and under localhost", async () => {
  const answer = await ask(group);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
  assert.equal(JSON.parse(answer.text).name, "rg-web-prod-weu");
  const { port } = new URL(served.url);
  assert.equal((await ask(`https://localhost:${port}${group}`)).status, 200);
});

test("is not trusted without its certificate, and refuses to answer without its token", async () => {
  await assert.rejects(ask(group, { ca: [] }), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
  assert.equal((await ask(group, { headers: { authorization: "" } })).status, 401);
});

/** Announces a body, sends none of it, and answers with what comes back. */
function announce(path: string, method: string, headers: Readonly<Record<string, string>>) {
  return new Promise<{ status: number | undefined; wasInvited: boolean }>((resolve, reject) => {
    const call = request(new URL(path, served.url), { method, headers, ca: [certificate.authority] });
    let wasInvited = false;
    call.on("continue", () => (wasInvited = true));
    call.on("error", reject);
    call.on("response", (response) => {
      resolve({ status: response.statusCode, wasInvited });
      call.on("error", () => {}); // of the connection that is closed below
      call.destroy();
    });
    call.flushHeaders();
  });
}

test("looks at the token before it reads a body, and asks for none", { timeout: 10_000 }, async () => {
  for (const path of [`${production}/resourceGroups/rg-none?${resources}`, "/sandbox/reset"]) {
    for (const expect of [{}, { expect: "100-continue" }]) {
      const headers = { authorization: "Bearer guessed", "content-length": "1000000000", ...expect };
      const method = path.startsWith("/sandbox") ? "POST" : "PUT";
      assert.deepEqual(await announce(path, method, headers), { status: 401, wasInvited: false });
    }
  }
});

test(
  "reads no body that is larger than Resource Manager takes, announced or not",
  { timeout: 10_000 },
  async () => {
    const path = `${production}/resourceGroups/rg-large?${resources}`;
    const headers = { authorization: `Bearer ${token}`, "content-length": String(maxBodyBytes + 1) };
    assert.equal((await announce(path, "PUT", headers)).status, 413);
    const body = JSON.stringify({ location: "westeurope", tags: { filler: "" } });
    const filled = (length: number) => body.replace('""', `"${"x".repeat(length - body.length)}"`);
    assert.equal((await ask(path, { method: "PUT", chunks: [filled(maxBodyBytes)] })).status, 201);
    const chunked = { method: "PUT", headers: { "transfer-encoding": "chunked" } };
    assert.equal((await ask(path, { ...chunked, chunks: [filled(maxBodyBytes + 1)] })).status, 413);
    const { status } = await ask(`${production}/resourceGroups/rg-web-prod-weu?${resources}`);
    assert.equal(status, 200, "and goes on to answer");
  },
);

test("takes chunked bodies, Expect: 100-continue and clients that want compression", async () => {
  const body = JSON.stringify({ location: "westeurope" });
  const path = `${production}/resourceGroups/rg-chunked?${resources}`;
  const chunked = await ask(path, {
    method: "PUT",
    headers: { "transfer-encoding": "chunked" },
    chunks: body.split(""),
  });
  assert.equal(chunked.status, 201);
  const headers = {
    expect: "100-continue",
    "content-length": String(body.length),
    "accept-encoding": "gzip, br",
  };
  const expected = await ask(path, { method: "PUT", headers, chunks: [body] });
  assert.equal(expected.status, 200);
  assert.equal(JSON.parse(expected.text).name, "rg-chunked");
});

test("compresses a large answer for who takes it, and sends it as it is to everybody else", async () => {
  const sets = `${production}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2025-04-01`;
  const fetched = (encoding: string) => ask(sets, { headers: { "accept-encoding": encoding } });
  const plain = await fetched("identity");
  for (const encoding of ["gzip", "br, gzip;q=0.5"]) {
    const { headers, bytes } = await fetched(encoding);
    assert.equal(headers["content-encoding"], "gzip");
    assert.equal(headers["content-length"], String(bytes.length));
    assert.ok(bytes.length < plain.bytes.length / 4);
    assert.equal(gunzipSync(bytes).toString(), plain.text);
  }
  for (const encoding of ["identity", "", "br", "gzip;q=0"])
    assert.equal((await fetched(encoding)).headers["content-encoding"], undefined);
  const small = await ask(group, { headers: { "accept-encoding": "gzip" } });
  assert.equal(small.headers["content-encoding"], undefined);
});

test("answers HEAD without a body", async () => {
  const found = await ask(group, { method: "HEAD" });
  assert.equal(found.status, 204);
  const listed = await ask(`/subscriptions?${resources}`, { method: "HEAD" });
  assert.equal(listed.status, 200);
  assert.equal(listed.text, "");
});

test("gives links that lead back to it", async () => {
  const id = `${production}/resourceGroups/rg-web-prod-weu/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web-prod`;
  const { headers } = await ask(`${id}?api-version=2024-07-01`, {
    method: "PATCH",
    chunks: ['{"tags":{"a":"b"}}'],
  });
  const operation = String(headers["azure-asyncoperation"]);
  assert.ok(operation.startsWith(`${served.url}${production}/`));
  assert.match(JSON.parse((await ask(operation)).text).status, /InProgress|Succeeded/);
});

test("a port that is in use is told apart", async () => {
  const port = Number(new URL(served.url).port);
  const { key, certificate: own } = certificate;
  const second = serve(new Sandbox({ fleet: "small" }), { port, key, certificate: own, onError: () => {} });
  await assert.rejects(second, { code: "EADDRINUSE" });
});

const has = (program: string): Promise<boolean> =>
  run(program, ["--version"]).then(
    () => true,
    () => false,
  );

test("curl trusts it with the certificate", async (context) => {
  if (!(await has("curl"))) return context.skip("there is no curl");
  const header = `Authorization: Bearer ${token}`;
  const { stdout } = await run("curl", [
    "-sS",
    "--fail",
    "--cacert",
    authority,
    "-H",
    header,
    `${served.url}${group}`,
  ]);
  assert.equal(JSON.parse(stdout).name, "rg-web-prod-weu");
});

test("Python trusts it with the certificate, strictly", async (context) => {
  if (!(await has("python3"))) return context.skip("there is no python3");
  const script = `
import json, ssl, sys, urllib.request
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
request = urllib.request.Request(sys.argv[2], headers={"Authorization": "Bearer " + sys.argv[3]})
print(json.load(urllib.request.urlopen(request, context=context))["name"])`;
  const { stdout } = await run("python3", ["-c", script, authority, `${served.url}${group}`, token]);
  assert.equal(stdout.trim(), "rg-web-prod-weu");
});
