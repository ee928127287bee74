import { Emitter } from "../../core/emitter.ts";
import { idKey } from "../../core/resources/ids.ts";
import { isObject, objectAt, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { isRunning, startOf } from "../../core/upgrades/upgrade.ts";

/** The file that a history is kept in. */
export interface HistoryFile {
  /** All of it; empty where there is none. */
  read(): Promise<string>;
  /** Adds to its end; makes it where there is none. */
  append(text: string): Promise<void>;
}

/** An attempt to upgrade a scale set, as it was read. */
export interface KeptAttempt {
  readonly scaleSetId: string;
  /** When it was read last with something new: an ISO instant. */
  readonly seenAt: string;
  /** As Azure returned it, the members of its reads together. */
  readonly upgrade: JsonObject;
}

/** A line of the file. */
interface Line {
  readonly id: string;
  readonly seen: string;
  readonly upgrade: JsonObject;
}

/**
 * Keeps every attempt that was read, longer than Azure does and beyond the deletion of sets: a file of JSON lines that is only ever added
 * to. Several windows may add to one file. A line that can't be read is counted and logged, and stays in the file.
 */
export class UpgradeHistory {
  readonly #file: HistoryFile;
  readonly #now: () => string;
  readonly #log: Pick<Log, "error" | "warn">;
  readonly #attempts = new Map<string, KeptAttempt>();
  readonly #changed = new Emitter();
  readonly onDidChange = this.#changed.event;
  /** Reads of Azure that are in the history already. */
  readonly #taken = new WeakSet<JsonObject>();
  #loading: Promise<void> | undefined;
  #work: Promise<void> = Promise.resolve();
  #damaged = 0;
  #endsMidLine = false;

  constructor(file: HistoryFile, now: () => string, log: Pick<Log, "error" | "warn">) {
    this.#file = file;
    this.#now = now;
    this.#log = log;
  }

  /** What is kept, the latest first; nothing before `load`. */
  get attempts(): readonly KeptAttempt[] {
    return [...this.#attempts.values()].sort((a, b) => startedAt(b) - startedAt(a));
  }

  /** How many lines of the file can't be read. */
  get damaged(): number {
    return this.#damaged;
  }

  /** Reads the file, once. Rejects where it is there and can't be read; then the next call tries again. */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Keeps what the attempts say that is new. Never rejects: what could not be written is logged, and is there until the window closes. */
  keep(scaleSetId: string, upgrades: readonly JsonObject[]): Promise<void> {
    const unseen = upgrades.filter((upgrade) => !this.#taken.has(upgrade));
    if (unseen.length === 0) return this.#work;
    for (const upgrade of unseen) this.#taken.add(upgrade);
    this.#work = this.#work.then(() => this.#add(scaleSetId, unseen));
    return this.#work;
  }

  async #read(): Promise<void> {
    const text = await this.#file.read();
    this.#endsMidLine = text !== "" && !text.endsWith("\n");
    for (const line of text.split("\n")) {
      if (line.trim() === "") continue;
      const read = lineOf(line);
      if (read === undefined) this.#damaged += 1;
      else this.#take({ scaleSetId: read.id, seenAt: read.seen, upgrade: read.upgrade });
    }
    if (this.#damaged > 0)
      this.#log.warn(`The upgrade history has lines that can't be read: ${this.#damaged}.`);
    this.#changed.fire();
  }

  async #add(scaleSetId: string, upgrades: readonly JsonObject[]): Promise<void> {
    try {
      await this.load();
      const seenAt = this.#now();
      const news = upgrades.flatMap((upgrade) => this.#take({ scaleSetId, seenAt, upgrade }) ?? []);
      if (news.length === 0) return;
      this.#changed.fire();
      const lines = news.map(({ upgrade }) =>
        JSON.stringify({ id: scaleSetId, seen: seenAt, upgrade } satisfies Line),
      );
      const text = `${this.#endsMidLine ? "\n" : ""}${lines.join("\n")}\n`;
      this.#endsMidLine = false;
      await this.#file.append(text);
    } catch (error) {
      this.#log.error(`The upgrade history could not be kept: ${String(error)}`);
    }
  }

  /** What of it was new, if anything. */
  #take(attempt: KeptAttempt): KeptAttempt | undefined {
    const key = keyOf(attempt);
    const before = this.#attempts.get(key);
    const upgrade = before === undefined ? attempt.upgrade : together(before.upgrade, attempt.upgrade);
    if (before !== undefined && upgrade === before.upgrade) return undefined;
    const taken = { ...attempt, upgrade };
    this.#attempts.set(key, taken);
    return taken;
  }
}

/** A set's attempts are told apart by when they began. */
function keyOf({ scaleSetId, upgrade }: KeptAttempt): string {
  const start = startOf(upgrade) ?? "";
  return `${idKey(scaleSetId)} ${Number.isNaN(Date.parse(start)) ? start : Date.parse(start)}`;
}

function startedAt({ upgrade, seenAt }: KeptAttempt): number {
  return Date.parse(startOf(upgrade) ?? seenAt) || 0;
}

/**
 * Two reads of one attempt. The latest upgrade and the history name different things, so that the later read adds to the earlier one; it
 * replaces it only where that was taken before the end. The same object as `before` where `after` adds nothing.
 */
function together(before: JsonObject, after: JsonObject): JsonObject {
  if (isRunning(after)) return before;
  const [first, second] = isRunning(before) ? [before, after] : [after, before];
  const [old, kept] = [objectAt(first, "properties"), objectAt(second, "properties")];
  const runningStatus = {
    ...objectAt(old, "runningStatus"),
    ...objectAt(kept, "runningStatus"),
  };
  const properties = { ...present(old), ...present(kept), runningStatus };
  const merged = { ...first, ...second, properties };
  return membersOf(merged) === membersOf(before) ? before : merged;
}

/** Azure writes null for what there is not, which says nothing. */
function present(properties: JsonObject | undefined): JsonObject {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([, value]) => value !== null));
}

/** The properties as text, in an order of their own. */
function membersOf(upgrade: JsonObject): string {
  const properties = present(objectAt(upgrade, "properties"));
  const status = objectAt(properties, "runningStatus") ?? {};
  const sorted = (members: JsonObject) => Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted({ ...properties, runningStatus: undefined }), sorted(status)]);
}

/** What another version or a broken write left is no line. */
function lineOf(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const [id, seen] = [textAt(value, "id"), textAt(value, "seen")];
    const upgrade = objectAt(value, "upgrade");
    return isObject(value) && id !== undefined && seen !== undefined && upgrade !== undefined
      ? { id, seen, upgrade }
      : undefined;
  } catch {
    return undefined; // counted by the caller
  }
}
