import type { Log } from "../../core/log.ts";
import { isClosedBy, type KeptPlan, outlineOf, readLease, readPlanFile } from "./planFile.ts";
import type { FolderEntry, PlanFolder } from "./planFolder.ts";

/** What of the journal's place could not be read. */
export interface UnreadFile {
  /** Absent where it is the whole place. */
  readonly name?: string;
  readonly reason: string;
}

/** What was read of a file, for as long as it does not grow. `ended`: only that its plan has ended. */
interface Reading {
  readonly size: number;
  readonly plan: KeptPlan | "ended" | undefined;
}

/** How much of a file's end, in bytes, tells whether its last line closes the plan. */
const closingBytes = 256;

/**
 * Reads the plans of a folder, each file again only once it has grown. One that can't be read hides no other: it is skipped, logged once and
 * told by `unread`.
 */
export class PlanFiles {
  readonly #folder: PlanFolder;
  readonly #log: Pick<Log, "warn">;
  #readings = new Map<string, Reading>();
  #unread: readonly UnreadFile[] = [];

  constructor(folder: PlanFolder, log: Pick<Log, "warn">) {
    this.#folder = folder;
    this.#log = log;
  }

  /** As of the latest `list`. */
  get unread(): readonly UnreadFile[] {
    return this.#unread;
  }

  /**
   * Every plan that has not ended, whatever its age, and of those that have at most so many, the latest ones and in outline; the latest first.
   * What is no plan's file is left alone.
   */
  async list(mostEnded: number): Promise<readonly KeptPlan[]> {
    const unread: UnreadFile[] = [];
    const found: KeptPlan[] = [];
    try {
      const { files, names } = await this.#files();
      this.#readings = new Map([...this.#readings].filter(([name]) => names.has(name)));
      let ended = 0;
      for (const file of files) {
        try {
          const plan = await this.#planIn(file, ended < mostEnded);
          if (plan === undefined) continue;
          if (plan.state === "closed") ended += 1;
          if (plan.state !== "closed" || ended <= mostEnded) found.push(await this.#withLeases(plan, names));
        } catch (error) {
          unread.push({ name: file.name, reason: reasonOf(error) });
        }
      }
    } catch (error) {
      unread.push({ reason: reasonOf(error) });
    }
    this.#tellNew(unread);
    return found;
  }

  /** The whole of a plan, as its file has it now; undefined where there is none. */
  async read(id: string): Promise<KeptPlan | undefined> {
    const text = await this.#folder.read(fileOf(id));
    return text === undefined ? undefined : planOfText(id, text);
  }

  /** The same, with the owner that its lease files tell. */
  async find(id: string): Promise<KeptPlan | undefined> {
    const { files, names } = await this.#files();
    if (!files.some(({ name }) => name === fileOf(id))) return undefined;
    const plan = await this.read(id);
    return plan && this.#withLeases(plan, names);
  }

  /** Deletes plans that have ended: those begun before `since`, and all but the latest `mostEnded`. */
  async tidy(since: number, mostEnded: number): Promise<void> {
    const { files, names } = await this.#files();
    for (const [index, file] of files.entries()) {
      const isOld = Number(file.name.split("-")[0]) < since;
      if ((index < mostEnded && !isOld) || !(await this.#hasEnded(file))) continue;
      const leases = `${idOf(file.name)}.lease-`;
      for (const name of names) if (name.startsWith(leases)) await this.#folder.delete(name);
      await this.#folder.delete(file.name);
      this.#readings.delete(file.name);
    }
  }

  /** The files of plans, the latest first, and the names of all that is there. */
  async #files(): Promise<{ readonly files: readonly FolderEntry[]; readonly names: ReadonlySet<string> }> {
    const entries = await this.#folder.list();
    const files = entries.filter(({ name }) => isPlanFile(name)).sort(latestFirst);
    return { files, names: new Set(entries.map(({ name }) => name)) };
  }

  /** `isWanted`: whether it is wanted where it has ended; its end then tells enough of most. */
  async #planIn(file: FolderEntry, isWanted: boolean): Promise<KeptPlan | undefined> {
    const { name, size } = file;
    const known = this.#readings.get(name);
    if (known?.size === size && (known.plan !== "ended" || !isWanted))
      return known.plan === "ended" ? undefined : known.plan;
    if (!isWanted && isClosedBy((await this.#folder.readEnd(name, closingBytes)) ?? "")) {
      this.#readings.set(name, { size, plan: "ended" });
      return undefined;
    }
    const read = await this.read(idOf(name));
    const plan = read?.state === "closed" ? outlineOf(read) : read;
    this.#readings.set(name, { size, plan });
    return plan;
  }

  /** What can't be read is not known to have ended, and stays. */
  async #hasEnded(file: FolderEntry): Promise<boolean> {
    try {
      const plan = await this.#planIn(file, false);
      return plan === undefined ? this.#readings.get(file.name)?.plan === "ended" : plan.state === "closed";
    } catch {
      return false; // `list` tells why
    }
  }

  /** The plan with an owner who has made a lease file and nothing more. */
  async #withLeases(plan: KeptPlan, names: ReadonlySet<string>): Promise<KeptPlan> {
    let { by } = plan;
    while (names.has(leaseOf(plan.id, by + 1))) by += 1;
    if (by === plan.by) return plan;
    const { owner, at } = (await this.#lease(leaseOf(plan.id, by))) ?? { owner: "", at: plan.seenAt };
    const state = plan.state === "left" ? "open" : plan.state;
    return { ...plan, by, owner, seenAt: at, state };
  }

  /** A lease that can't be read tells that there was an owner, and no more. */
  async #lease(name: string): Promise<ReturnType<typeof readLease>> {
    try {
      return readLease((await this.#folder.read(name)) ?? "");
    } catch (error) {
      this.#log.warn(`The journal has a lease that can't be read: ${name}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  #tellNew(unread: readonly UnreadFile[]): void {
    const known = new Set(this.#unread.map(lineOf));
    for (const line of unread.map(lineOf))
      if (!known.has(line)) this.#log.warn(`The journal has something that can't be read: ${line}`);
    this.#unread = unread;
  }
}

/** Undefined where nothing was sent: the first line is torn. */
function planOfText(id: string, text: string): KeptPlan | undefined {
  const plan = readPlanFile(id, text);
  if (plan === undefined && text.includes("\n")) throw new Error("It is not a plan of this version.");
  return plan;
}

const ending = ".jsonl";
export const fileOf = (id: string) => `${id}${ending}`;
const idOf = (file: string) => file.slice(0, -ending.length);
const isPlanFile = (name: string) => /^\d{15}-[\w-]+\.jsonl$/.test(name);
/** Of the how-manieth owner. */
export const leaseOf = (id: string, by: number) => `${id}.lease-${by}`;
const latestFirst = (a: FolderEntry, b: FolderEntry) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0);
const lineOf = ({ name, reason }: UnreadFile) => (name === undefined ? reason : `${name}: ${reason}`);
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
