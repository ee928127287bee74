import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { Failure } from "../bootstrap/failure.mjs";

/** Says so in one line if a port is taken, before anything is prepared. */
export async function refuseUsed(port: number): Promise<void> {
  if (!(await isUnused(port))) throw new Failure(`Port ${port} is in use by another program.`);
}

/** Below the ports that systems give out by themselves, so that none of those is given this one while it is not in use. */
const [lowest, highest] = [20_000, 30_000];

/** A port that several servers can have one after the other. */
export async function unusedPort(): Promise<number> {
  for (let attempts = 0; attempts < 100; attempts += 1) {
    const port = randomInt(lowest, highest);
    if (await isUnused(port)) return port;
  }
  throw new Failure(`No free port from ${lowest} to ${highest}`);
}

function isUnused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
