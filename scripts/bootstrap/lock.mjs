import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "./alive.mjs";
import { atEnd } from "./cleanup.mjs";
import { Failure } from "./failure.mjs";
import { toolchain } from "./paths.mjs";

const patienceMs = 10 * 60_000;

/**
 * Does some work while no other process of this checkout does it. The lock is a folder that names its owner; it comes
 * into being with its content by one rename, and a lock whose owner is gone is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(name, work) {
  const lock = join(toolchain, "locks", name);
  await acquire(lock, name);
  const held = atEnd(() => release(lock));
  try {
    return await work();
  } finally {
    await held[Symbol.asyncDispose]();
  }
}

/**
 * Takes the lock away by one rename too: deleted file by file it would be empty for a moment, and an empty folder can be
 * renamed over by the next owner.
 * @param {string} lock
 */
function release(lock) {
  const aside = `${lock}.done.${process.pid}`;
  renameSync(lock, aside);
  rmSync(aside, { recursive: true });
}

/** @param {string} lock @param {string} name */
async function acquire(lock, name) {
  const since = Date.now();
  let isAnnounced = false;
  while (!create(lock)) {
    const owner = ownerOf(lock);
    if (owner !== undefined && !isAlive(owner)) {
      takeAway(lock, owner);
      continue;
    }
    if (!isAnnounced && owner !== undefined)
      console.error(`Waiting for process ${owner} to prepare ${name}.`);
    isAnnounced ||= owner !== undefined;
    if (Date.now() - since > patienceMs) {
      throw new Failure(
        `Process ${owner} has prepared ${name} for 10 minutes. If it hangs, end it or delete ${lock}.`,
      );
    }
    await delay(200);
  }
}

/** @param {string} lock */
function create(lock) {
  const mine = `${lock}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  writeFileSync(join(mine, "owner"), String(process.pid));
  try {
    renameSync(mine, lock);
    return true;
  } catch (error) {
    rmSync(mine, { recursive: true });
    if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST" || codeOf(error) === "EPERM")
      return false;
    throw error;
  }
}

/** @param {string} lock */
function ownerOf(lock) {
  try {
    return Number(readFileSync(join(lock, "owner"), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined; // released just now
    throw error;
  }
}

/**
 * Moves a stale lock out of the way. Another process may have taken it over meanwhile: then what was moved is a living
 * lock, and goes back.
 * @param {string} lock
 * @param {number} staleOwner
 */
function takeAway(lock, staleOwner) {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (ownerOf(aside) === staleOwner) rmSync(aside, { recursive: true });
  else renameSync(aside, lock);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
