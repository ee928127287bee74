import { statfsSync } from "node:fs";

/** Something the user can understand and fix: shown as one line, without a stack. */
export class Failure extends Error {}

/**
 * What the user sees of an error; `undefined` for one that only a developer can fix.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function lineForUser(error) {
  if (error instanceof Failure) return error.message;
  if (error instanceof Error && "code" in error && error.code === "ENOSPC")
    return "No space left on the disk.";
  return undefined;
}

/**
 * Refuses to begin what can't be finished: npm can end well on a full disk, with files cut short.
 * @param {string} folder
 * @param {number} megabytes
 * @param {string} what
 */
export function needSpace(folder, megabytes, what) {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < megabytes)
    throw new Failure(`${what} needs ${megabytes} MB in ${folder}. Only ${free} MB are free.`);
}
