import { appendFileSync, closeSync, constants, openSync } from "node:fs";
import { access, chmod, type FileHandle, lstat, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FolderEntry, PlanFolder } from "../../fleet/plans/planFolder.ts";

/** What others than the user may do: nothing. */
const privateFile = 0o600;
const privateFolder = 0o700;
const othersMay = 0o077;

/** A link is not followed: what the journal makes are files. Windows has no such flag, and no one but the user in this place. */
const noLink = constants.O_NOFOLLOW ?? 0;

/**
 * A folder on the disk, made with its first file, for the user's eyes only: what an earlier version made for others to read is made private
 * when it is opened. VS Code's own file API can neither make a file exclusively nor add to one.
 */
export function folderOnDisk(path: string): PlanFolder {
  const fileOf = (name: string) => join(path, name);
  return {
    list: async () => {
      const names = await unlessMissing(readdir(path), []);
      if (names.length > 0) await makePrivate(path);
      return (await Promise.all(names.map((name) => entryOf(path, name)))).flat();
    },
    read: (name) => reading(fileOf(name), (file) => file.readFile("utf8")),
    readEnd: (name, bytes) =>
      reading(fileOf(name), async (file) => {
        const { size } = await file.stat();
        const length = Math.min(bytes, size);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
        return buffer.toString("utf8", 0, bytesRead);
      }),
    has: async (name) =>
      unlessMissing(
        access(fileOf(name)).then(() => true),
        false,
      ),
    create: async (name, text) => {
      await mkdir(path, { recursive: true, mode: privateFolder });
      try {
        await written(fileOf(name), "wx", text);
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      }
    },
    append: (name, text) => written(fileOf(name), constants.O_WRONLY | constants.O_APPEND | noLink, text),
    appendNow: (name, text) => {
      const file = openSync(fileOf(name), constants.O_WRONLY | constants.O_APPEND | noLink);
      try {
        appendFileSync(file, text);
      } finally {
        closeSync(file);
      }
    },
    delete: (name) => rm(fileOf(name), { force: true }),
  };
}

/** Undefined if the file no longer exists. An unreadable one is listed anyway: reading it gives the reason. */
async function entryOf(path: string, name: string): Promise<readonly FolderEntry[]> {
  try {
    const { size } = await lstat(join(path, name));
    return [{ name, size }];
  } catch (error) {
    return codeOf(error) === "ENOENT" ? [] : [{ name, size: 0 }];
  }
}

/** Undefined where there is no such file. Opening what is no file could wait for ever, as for a pipe. */
async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  const found = await unlessMissing(lstat(path), undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new Error(`It is not a file: ${path}`);
  const file = await unlessMissing(open(path, constants.O_RDONLY | noLink), undefined);
  if (file === undefined) return undefined;
  try {
    await keptPrivate(file);
    return await read(file);
  } finally {
    await file.close();
  }
}

/** Resolves when it is on the disk. */
async function written(path: string, flags: string | number, text: string): Promise<void> {
  const file = await open(path, flags, privateFile);
  try {
    await keptPrivate(file);
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function keptPrivate(file: FileHandle): Promise<void> {
  const { mode } = await file.stat();
  if (isOpenToOthers(mode)) await unlessRefused(file.chmod(privateFile));
}

async function makePrivate(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if (isOpenToOthers(mode)) await unlessRefused(chmod(folder, privateFolder));
}

/** On Windows the mode says nothing: the user's folder has its own access list. */
function isOpenToOthers(mode: number): boolean {
  return process.platform !== "win32" && (mode & othersMay) !== 0;
}

/** A file system without modes refuses to set one, and what somebody else owns: it is read all the same. */
async function unlessRefused(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EROFS"].includes(String(codeOf(error)))) throw error;
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
