import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ask } from "../../../scripts/lib/outside.ts";
import type { SandboxAddress } from "../../../scripts/lib/sandbox.ts";

const script = fileURLToPath(new URL("../../../scripts/tasks/sandbox.ts", import.meta.url));

function start(...args: readonly string[]) {
  return spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs the command to its end. */
async function toEnd(...args: readonly string[]) {
  const child = start(...args);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { stdout, stderr, code: Number(code) };
}

test("prints one line when it is ready, serves until SIGTERM, and leaves nothing behind", async () => {
  const child = start("--port", "0", "--fleet", "small");
  const output = text(child.stdout);
  const [chunk] = await once(child.stdout, "data");
  const { url, certificate, token, subscriptions } = JSON.parse(String(chunk));
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/);
  assert.match(token, /^[\w-]{32}$/);
  assert.equal(subscriptions.length, 3);
  assert.deepEqual(Object.keys(subscriptions[0]), ["subscriptionId", "displayName", "tenantId"]);
  assert.match(readFileSync(certificate, "utf8"), /^-----BEGIN CERTIFICATE-----/);
  assert.doesNotMatch(readFileSync(certificate, "utf8"), /PRIVATE/);
  assert.equal(statSync(certificate).mode & 0o022, 0, "only its owner may change the certificate");
  child.kill("SIGTERM");
  await once(child, "exit");
  assert.equal((await output).trim().split("\n").length, 1);
  assert.equal(existsSync(certificate), false);
});

test("serves the large fleet", async () => {
  const child = start("--fleet", "large");
  const [line] = await once(createInterface(child.stdout), "line");
  const { subscriptions } = JSON.parse(String(line));
  assert.equal(subscriptions.length, 1200);
  assert.equal(new Set(subscriptions.map((one: { tenantId: string }) => one.tenantId)).size, 3);
  child.kill("SIGTERM");
  await once(child, "exit");
});

test("serves a fleet of as many scale sets as are asked for, with the rest in proportion", async (t) => {
  const child = start("--sets", "500");
  t.after(() => child.kill("SIGTERM"));
  const [line] = await once(createInterface(child.stdout), "line");
  const sandbox = JSON.parse(String(line)) as SandboxAddress;
  assert.equal(sandbox.subscriptions.length, 60);
  assert.equal(new Set(sandbox.subscriptions.map(({ tenantId }) => tenantId)).size, 3);
  const { body } = await ask(
    sandbox,
    "POST",
    "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
    { query: "resources | where type =~ 'microsoft.compute/virtualmachinescalesets' | project id" },
  );
  assert.equal((body as { readonly totalRecords: number }).totalRecords, 500);
});

const badUse: readonly (readonly [args: readonly string[], words: RegExp])[] = [
  [["--port", "many"], /^"many" is not a port/],
  [["--port", "70000"], /^"70000" is not a port/],
  [["--fleet", "huge"], /^"huge" is not a fleet/],
  [["--sets", "many"], /^"many" is not a number of scale sets from 100 to 100000\. Usage: .*--sets N/],
  [["--sets", "99"], /^"99" is not a number of scale sets/],
  [["--sets", "100001"], /^"100001" is not a number of scale sets/],
  [["--fleet", "small", "--sets", "500"], /^--sets works only with --fleet large/],
  [["--colour"], /^Unknown option '--colour'/],
  [["stray"], /^Unexpected "stray"/],
];

for (const [args, words] of badUse) {
  test(`answers ${args.join(" ")} with one line and an error`, async () => {
    const { stdout, stderr, code } = await toEnd(...args);
    assert.notEqual(code, 0);
    assert.equal(stdout, "");
    assert.match(stderr, words);
    assert.equal(stderr.trim().split("\n").length, 1);
  });
}

test("says which port is in use", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as AddressInfo;
  const { stderr, code } = await toEnd("--port", String(port));
  blocker.close();
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`^Port ${port} is in use\\. .*\\n$`));
});
