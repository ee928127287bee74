import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { atEnd } from "./cleanup.mjs";

const parent = process.ppid;

/**
 * Runs a program to its end in the foreground, passing on the signals that ask this process to end. A signal to npm
 * ends only the shell between npm and us: that our parent has changed is then all that we notice of it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string }} options
 * @returns {Promise<number>} its exit code; for a signal, 128 plus the signal's number as shells do
 */
export async function runToEnd(command, args, options) {
  const child = spawn(command, args, { stdio: ["inherit", "inherit", "inherit", "ipc"], ...options });
  const closed = once(child, "close");
  atEnd(async (signal) => {
    child.kill(signal);
    await closed;
  });
  const orphaned = setInterval(() => {
    if (process.env["npm_lifecycle_event"] && process.ppid !== parent) child.kill("SIGTERM");
  }, 500);
  const [code, signal] = await closed;
  clearInterval(orphaned);
  return code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
}
