import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";
import assert from "node:assert/strict";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { eventually } from "./eventually.ts";

/**
 * Starts a command of the project, sends it a signal when it has written a line that matches, and checks that it ends and
 * that nothing it started lives on. Needs /proc, hence Linux.
 * @param command such as `["node", "scripts/run.mjs", "sandbox"]`
 */
export async function leavesNothingBehind(
  command: readonly [string, ...string[]],
  ready: RegExp,
  signal: NodeJS.Signals,
): Promise<void> {
  const marker = `INTERRUPTION_TEST=${randomUUID()}`;
  const [name = "", value] = marker.split("=");
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, [name]: value },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "exit");
  for await (const line of createInterface(child.stdout)) if (ready.test(line)) break;
  assert.ok(processesWith(marker).length > 1, "the command started nothing that could be left behind");
  child.kill(signal);
  await closed;
  await eventually(() => assert.deepEqual(processesWith(marker), []), 10_000);
}

/** The command lines of the processes that were started with this variable. */
function processesWith(marker: string): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && read(`/proc/${entry}/environ`).includes(marker))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " "));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // the process has ended
  }
}
