import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { ownNode, type Owned } from "../lib/processes.ts";

/** A server's program that answers. */
export interface Listening {
  readonly server: Owned;
  readonly port: number;
  /** What whoever connects to it must know. */
  readonly token: string;
}

/**
 * Starts the program of a VS Code server on loopback and waits until it answers. It reads its connection token from a file in
 * `folder`, which only this account can read and which is gone by then: a command line is for every account of the machine to read.
 */
export async function startListening(
  program: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Listening> {
  const token = randomBytes(16).toString("hex");
  const file = join(folder, "connection-token");
  writeFileSync(file, token, { mode: 0o600, flag: "wx" });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(file, { force: true }));
  const server = stack.use(ownNode([...program, "--connection-token-file", file], { env, stdio: "pipe" }));
  const port = await answeringPort(server);
  rmSync(file);
  stack.move();
  return { server, port, token };
}

/** Waits until the server has said where it listens, and answers there. */
async function answeringPort({ child, ended }: Owned): Promise<number> {
  let output = "";
  const collect = (chunk: Buffer) => (output += chunk);
  child.stderr?.on("data", collect);
  child.stdout?.on("data", collect);
  const failed = ended.then(() => {
    throw new Failure(`The VS Code server ended while starting: ${output.trim()}`);
  });
  const listening = new Promise<number>((resolve) => {
    child.stdout?.on("data", () => {
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match) resolve(Number(match[1]));
    });
  });
  const port = await Promise.race([listening, failed]);
  await answer(port).catch(() => {
    child.kill(); // Whatever broke the connection, the server's own words are told.
    return failed;
  });
  child.stderr?.removeAllListeners("data").resume(); // from now on it has log files
  child.stdout?.removeAllListeners("data").resume();
  return port;
}

/** Asks for what the server tells without a token: it listens before it has read the token's file, and answers only after that. */
async function answer(port: number): Promise<void> {
  await (await fetch(`http://127.0.0.1:${port}/version`)).text();
}
