import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SavedFolder } from "../../fleet/saved/savedFleets.ts";

/** A folder of the extension's storage, which all windows of the user's share. It is made when something is first written. */
export function savedFolder(path: string): SavedFolder {
  return {
    names: () => unlessMissing(readdir(path), []),
    // Decoded whole, not piece by piece as it comes.
    read: async (name) => (await unlessMissing(readFile(join(path, name)), undefined))?.toString(),
    write: async (name, text) => {
      await mkdir(path, { recursive: true });
      // Another window may write the same: each writes a file of its own, and the last one stays.
      const written = join(path, `${name}.${process.pid}.tmp`);
      await writeFile(written, text, { mode: 0o600 });
      await rename(written, join(path, name));
    },
    remove: (name) => rm(join(path, name), { force: true }),
  };
}

async function unlessMissing<T, M>(reading: Promise<T>, missing: M): Promise<T | M> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return missing;
    throw error;
  }
}
