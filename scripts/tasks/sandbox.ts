// `npm run sandbox -- --port N [--fleet small|large] [--sets N]`: serves the sandbox over HTTPS on loopback until it is interrupted.
// `large` has 1,200 subscriptions in 3 tenants, 10,000 scale sets and 1,000 configurations; the same each time. With `--sets` it has so many
// scale sets, and of all else but tenants as many in proportion.
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

const usage = "npm run sandbox -- [--port N] [--fleet small|large] [--sets N]";

/** What a generated fleet may have: fewer are in too few subscriptions for its 3 tenants, more are more than anybody is known to have. */
const setsRange = { least: 100, most: 100_000 };

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Failure(`"${text}" is not a port from 0 (any free port) to 65535. Usage: ${usage}`);
}

async function fleetOf(name: string | undefined, sets: string | undefined): Promise<SandboxOptions["fleet"]> {
  if (name !== undefined && name !== "small" && name !== "large")
    throw new Failure(`"${name}" is not a fleet. Usage: ${usage}`);
  if (name === "small" && sets !== undefined)
    throw new Failure(`--sets works only with --fleet large. Usage: ${usage}`);
  if (name !== "large" && sets === undefined) return "small";
  const { generatedFleet, largeFleet } = await import("../../src/sandbox/fleet/generated.ts");
  const scaleSets = sets === undefined ? largeFleet.scaleSets : setsOf(sets);
  const inProportion = (count: number) => Math.round((count * scaleSets) / largeFleet.scaleSets);
  return generatedFleet({
    ...largeFleet,
    scaleSets,
    subscriptions: inProportion(largeFleet.subscriptions),
    configurations: inProportion(largeFleet.configurations),
    assignments: inProportion(largeFleet.assignments),
  });
}

function setsOf(text: string): number {
  const sets = Number(text);
  const { least, most } = setsRange;
  if (/^\d+$/.test(text) && sets >= least && sets <= most) return sets;
  throw new Failure(`"${text}" is not a number of scale sets from ${least} to ${most}. Usage: ${usage}`);
}

const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use. Choose another with --port, or leave it out to use a free one",
  EACCES: "needs more rights. Choose 1024 or higher",
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
  fleet: { type: "string" },
  sets: { type: "string" },
} as const;

await task(usage, options, async (values, names) => {
  noNames(usage, names);
  const port = portOf(values.port);
  const fleet = await fleetOf(values.fleet, values.sets);
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
