import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import { startSandbox } from "../../scripts/lib/sandbox.ts";
import type { BenchOptions, Measured } from "../../scripts/tasks/bench.ts";
const read = fileURLToPath(new URL("cold/fleetRead.ts", import.meta.url));

export async function run({ runs = 3 }: BenchOptions = {}): Promise<Measured> {
  await using sandbox = await startSandbox("large");
  const { url, certificate, token, access } = sandbox;
  for (let n = 0; n < runs; n++) {
    const args = ["--expose-gc", read, url, certificate, token];
    const { code, output } = await runNode(args, { env: { ...process.env, ...access.env } });
    if (code !== 0) throw new Failure(output.trim());
    console.error(output.trim());
  }
  return { figures: {}, table: [] };
}
