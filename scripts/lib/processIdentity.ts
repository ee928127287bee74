import { readFileSync, readlinkSync } from "node:fs";
import { isAlive } from "../bootstrap/alive.mjs";

/**
 * Names this process for as long as it lives, for others to ask about: by its number, and on Linux also by when it was started
 * and by the namespace that counts it, since a number alone comes round again and is counted anew in each container; these in base
 * 36, since it becomes part of paths.
 */
export function identity(): string {
  const [started, namespace] = [startOf(process.pid), ownNamespace()];
  return started === undefined || namespace === undefined
    ? String(process.pid)
    : `${process.pid}.${started.toString(36)}.${namespace.toString(36)}`;
}

/** Whether the process of this identity has ended. False where that can't be told from here. */
export function hasEnded(name: string): boolean {
  const [pid = NaN, started, namespace] = name
    .split(".")
    .map((part, index) => parseInt(part, index === 0 ? 10 : 36));
  if (started === undefined) return !isAlive(pid);
  return namespace === ownNamespace() && startOf(pid) !== started;
}

/** When a process was started, in clock ticks since the machine was; undefined where none runs that could be asked. */
function startOf(pid: number): number | undefined {
  const status = unlessAbsent(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the program's name in brackets, which may hold anything; the third one is the state.
  const [state, ...rest] = status?.slice(status.lastIndexOf(")") + 2).split(" ") ?? [];
  return state === undefined || state === "Z" ? undefined : Number(rest[18]);
}

function ownNamespace(): number | undefined {
  const link = unlessAbsent(() => readlinkSync("/proc/self/ns/pid"));
  const inode = /\d+/.exec(link ?? "")?.[0];
  return inode === undefined ? undefined : Number(inode);
}

/** What is read of `/proc`; undefined where there is no such process or no such file system. */
function unlessAbsent(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return undefined;
    throw error;
  }
}
