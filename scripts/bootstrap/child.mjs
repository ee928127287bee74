import { spawn } from "node:child_process";
import { constants } from "node:os";

/** @typedef {import("node:child_process").SpawnOptions} SpawnOptions */

/** Signals that ask a program to end; each is passed on. */
export const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

const parent = process.ppid;

/**
 * Runs a program to its end in the foreground, passing on the signals that ask this process to end. A signal to npm
 * ends only the shell between npm and us: that our parent has changed is then all that we notice of it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {SpawnOptions} options
 * @returns {Promise<number>} its exit code; for a signal, 128 plus the signal's number as shells do
 */
export function runToEnd(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["inherit", "inherit", "inherit", "ipc"], ...options });
    const forward = endings.map((signal) => /** @type {const} */ ([signal, () => child.kill(signal)]));
    for (const [signal, listener] of forward) process.on(signal, listener);
    const orphaned = setInterval(() => {
      if (process.env["npm_lifecycle_event"] && process.ppid !== parent) child.kill("SIGTERM");
    }, 500);
    const settle = () => {
      clearInterval(orphaned);
      for (const [signal, listener] of forward) process.off(signal, listener);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code, signal) => {
      settle();
      resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
    });
  });
}
