import { execFileSync, spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { atEnd } from "../bootstrap/cleanup.mjs";

const dieWithParent = new URL("../bootstrap/dieWithParent.mjs", import.meta.url).href;

/** How long a program may take to end by itself, in milliseconds. */
const graceMs = 4000;

export interface Owned extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Settles with the exit code when the program has ended; `undefined` if a signal ended it. */
  readonly ended: Promise<number | undefined>;
}

/**
 * Starts a Node program that this process owns: it is ended, with all that it started, when the owner disposes of it,
 * is interrupted or dies. Anything but the three standard streams is up to the caller.
 */
export function ownNode(
  args: readonly string[],
  options: {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    stdio?: "inherit" | "pipe" | "ignore";
    node?: string;
  } = {},
): Owned {
  const output = options.stdio ?? "inherit";
  const stdio: StdioOptions = ["ignore", output, output, "ipc"];
  const child = spawn(options.node ?? process.execPath, ["--import", dieWithParent, ...args], {
    stdio,
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: process.platform !== "win32", // a group of its own, which can be ended as a whole
  });
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? undefined);
  const owned = atEnd(() => stop(child, ended));
  return { child, ended, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
}

/** Runs a Node program to its end and answers what it wrote and its exit code. */
export async function runNode(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number | undefined; output: string }> {
  await using program = ownNode(args, { ...options, stdio: "pipe" });
  let output = "";
  program.child.stdout?.on("data", (chunk: Buffer) => (output += chunk));
  program.child.stderr?.on("data", (chunk: Buffer) => (output += chunk));
  return { code: await program.ended, output };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    signalTree(child, "SIGTERM");
    const kill = setTimeout(() => signalTree(child, "SIGKILL"), graceMs);
    await ended;
    clearTimeout(kill);
  }
  signalTree(child, "SIGKILL"); // what the program left behind
}

function signalTree(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") execFileSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    else process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
