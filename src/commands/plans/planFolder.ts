import { appendFileSync, constants } from "node:fs";
import { access, mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PlanFolder } from "../../fleet/plans/planFolder.ts";

/** A folder on the disk, made with its first file. VS Code's own file API can neither make a file exclusively nor add to one. */
export function folderOnDisk(path: string): PlanFolder {
  const fileOf = (name: string) => join(path, name);
  return {
    list: async () => {
      const names = await unlessMissing(readdir(path), []);
      const entries = names.map(async (name) => {
        const found = await unlessMissing(stat(fileOf(name)), undefined);
        return found === undefined ? [] : [{ name, size: found.size }];
      });
      return (await Promise.all(entries)).flat();
    },
    read: (name) => unlessMissing(readFile(fileOf(name), "utf8"), undefined),
    has: async (name) =>
      unlessMissing(
        access(fileOf(name)).then(() => true),
        false,
      ),
    create: async (name, text) => {
      await mkdir(path, { recursive: true });
      try {
        await written(fileOf(name), "wx", text);
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      }
    },
    append: (name, text) => written(fileOf(name), constants.O_WRONLY | constants.O_APPEND, text),
    appendNow: (name, text) => appendFileSync(fileOf(name), text),
    delete: (name) => rm(fileOf(name), { force: true }),
  };
}

/** Resolves when it is on the disk. */
async function written(path: string, flags: string | number, text: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function unlessMissing<T, E>(work: Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return otherwise;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
