import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hasEnded, identity } from "./processIdentity.ts";

/** How the name of a scratch folder of this process begins: it tells whose it is from the moment that it is there. */
export function scratchName(name: string): string {
  return `scale-set-${name}-${identity()}-`;
}

/** Removes the scratch folders in `folder` whose processes have ended. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = /^scale-set-.+-(\d+(?:\.[0-9a-z]+\.[0-9a-z]+)?)-\w{6}$/.exec(name)?.[1];
    const path = join(folder, name);
    if (owner !== undefined && isOwn(path) && hasEnded(owner)) remove(path, folder);
  }
}

/** Whether it is a folder, and no link to one, that an earlier process of this account made for itself alone. */
function isOwn(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return false;
  return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o777) === 0o700);
}

/** By one rename it becomes this process's own: of several that start at once one has it, and what that one leaves is known as left. */
function remove(path: string, folder: string): void {
  const own = join(folder, `${scratchName("leftover")}${randomBytes(3).toString("hex")}`);
  try {
    renameSync(path, own);
    rmSync(own, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && error.code === "ENOENT") return; // Another one has it.
    console.error(`Couldn't remove the leftovers of an earlier run: ${error.message}`);
  }
}
