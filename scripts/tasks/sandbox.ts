// `npm run sandbox -- --port N [--fleet small|large]`: serves the sandbox over HTTPS on loopback until it is interrupted.
// `large` has 1,200 subscriptions in 3 tenants, 10,000 scale sets and 1,000 configurations; the same each time.
// Prints one line of JSON when it is ready: the address, the certificate to trust, the token, the subscriptions.
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { serve, type Served } from "../../src/sandbox/http/server.ts";
import { loopbackCertificate } from "../lib/certificate.ts";
import { atEnd } from "../bootstrap/cleanup.mjs";
import { scratchFolder } from "../lib/scratch.ts";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run sandbox -- [--port N] [--fleet small|large]";

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Failure(`"${text}" is not a port: it takes 0 (any free one) to 65535. Usage: ${usage}`);
}

async function fleetOf(text: string): Promise<SandboxOptions["fleet"]> {
  if (text === "small") return text;
  if (text === "large") {
    const { generatedFleet, largeFleet } = await import("../../src/sandbox/fleet/generated.ts");
    return generatedFleet(largeFleet);
  }
  throw new Failure(`"${text}" is not a fleet. Usage: ${usage}`);
}

const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use: choose another one with --port, or leave it out for a free one",
  EACCES: "may not be used by this account: choose one from 1024 on",
};

async function listen(sandbox: Sandbox, port: number, key: string, certificate: string): Promise<Served> {
  try {
    return await serve(sandbox, { port, key, certificate, onError: console.error });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const problem = listenProblems[code];
    if (problem === undefined) throw error;
    throw new Failure(`Port ${port} ${problem}.`);
  }
}

const options = {
  port: { type: "string", default: "0" },
  fleet: { type: "string", default: "small" },
} as const;

await task(usage, options, async (values, names) => {
  noNames(usage, names);
  const port = portOf(values.port);
  const fleet = await fleetOf(values.fleet);
  const { authority, certificate, key } = await loopbackCertificate();
  const sandbox = new Sandbox({ fleet, token: randomBytes(24).toString("base64url") });
  const served = await listen(sandbox, port, key, certificate);
  atEnd(() => served.close());
  const path = join(scratchFolder("sandbox").path, "certificate.pem");
  await writeFile(path, authority);
  const { token } = sandbox;
  console.log(
    JSON.stringify({ url: served.url, certificate: path, token, subscriptions: sandbox.subscriptions() }),
  );
});
