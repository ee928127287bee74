import type { Log } from "../../core/log.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { Change, ChangeResult, Plan } from "../../core/plans/plan.ts";
import { endedLine, headLine, planLine } from "./planFile.ts";
import type { KeptPlan, Origin, PlanHead, PlanLine } from "./planFile.ts";
import { fileOf, leaseOf, PlanFiles, type UnreadFile } from "./planFiles.ts";
import type { PlanFolder } from "./planFolder.ts";

export interface JournalOptions {
  readonly folder: PlanFolder;
  /** A random name of this window. */
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Does something again and again, so many milliseconds apart, until it is disposed of. */
  readonly every: (ms: number, work: () => void) => { dispose(): void };
  readonly log: Pick<Log, "warn" | "error">;
}

/** The application of a plan by this window, as it goes on. */
export interface Run {
  readonly id: string;
  /** Aborted as soon as nothing more may be sent: the reason is a `RunEnd`. */
  readonly signal: AbortSignal;
  /** Resolves once it is written that the change is about to be sent. Where `signal` is aborted then, it must not be. */
  sending(change: Change): Promise<void>;
  ended(result: ChangeResult): void;
  /** Everything is known and told: resolves once it is written. */
  close(): Promise<void>;
}

/** Why a run goes on no longer: another window has taken the plan over, this one is being closed, or it can't be written what is sent. */
export type RunEnd = "takenOver" | "windowClosed" | "notKept";

/** How often the owner of a plan shows that it is alive. */
export const beatMs = 5000;

/** How long, and how many plans are kept that have ended. */
const keptMs = 6 * 7 * 86_400_000;
const maxKeptPlans = 300;

/**
 * Keeps every plan that is applied: a file of its own, made before anything is sent, with a line on the disk before each change is sent and
 * after it has ended. The window that applies it is its owner, and writes a line at least every 5 s. Another one becomes the owner by making
 * the next of the plan's lease files, which only one can. It then reads what was sent. The owner before it writes what it is about to send
 * and looks for that file afterwards, so that of the two either one sees the other: nothing is sent by both.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #runs = new Map<string, PlanRun>();
  readonly #files: PlanFiles;
  #latest = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#files = new PlanFiles(options.folder, options.log);
  }

  /** Makes the file of a plan that is about to be applied. Rejects where it can't be made. */
  async begin(
    plan: Plan,
    origin: "azure" | "sandbox",
    from: Origin & Pick<PlanHead, "access"> = {},
  ): Promise<Run> {
    const { folder, owner, now } = this.#options;
    for (;;) {
      const at = now();
      const id = this.#newId(at);
      const made = await folder.create(fileOf(id), headLine({ at, owner, origin, plan, ...from }));
      if (made) return this.#run(id, 1);
    }
  }

  /** Ids of the plans that this window applies now. */
  get running(): ReadonlySet<string> {
    return new Set(this.#runs.keys());
  }

  /**
   * The plans that are kept, the latest first: all that have not ended, whatever their age, and at most so many of those that have. These come
   * without what was sent and read, which `plan` has.
   */
  plans(maxEndedPlans = maxKeptPlans): Promise<readonly KeptPlan[]> {
    return this.#files.list(maxEndedPlans);
  }

  /** What could not be read when the plans were listed last. */
  get unread(): readonly UnreadFile[] {
    return this.#files.unread;
  }

  /** One of them, as it is now. Rejects where its file can't be read. */
  plan(id: string): Promise<KeptPlan | undefined> {
    return this.#files.find(id);
  }

  /**
   * Makes this window the owner of a plan that another one has left, as `seen`. Undefined where a third was faster, or it has ended meanwhile.
   * `plan` is what stood in its file afterwards.
   */
  async takeOver(
    seen: Pick<KeptPlan, "id" | "by">,
  ): Promise<{ readonly run: Run; readonly plan: KeptPlan } | undefined> {
    const { folder, owner, now } = this.#options;
    const { id } = seen;
    const by = seen.by + 1;
    const stamp = { at: now(), by };
    const taken = planLine({ line: "taken", owner }, stamp);
    if (!(await folder.create(leaseOf(id, by), taken))) return undefined;
    const plan = await this.#files.read(id);
    if (plan === undefined) return undefined;
    const run = this.#run(id, by);
    // The line before may be torn.
    run.write(`\n${taken}`);
    return { run, plan };
  }

  /** Adds to a plan that has ended what another look has shown of its changes. Rejects where its file is gone or can't be written. */
  async amend({ id, by }: Pick<KeptPlan, "id" | "by">, results: readonly ChangeResult[]): Promise<void> {
    if (results.length === 0) return;
    const { folder, now } = this.#options;
    const stamp = { at: now(), by };
    const lines = [...results.map(endedLine), { line: "closed" } as const];
    await folder.append(fileOf(id), lines.map((line) => planLine(line, stamp)).join(""));
  }

  /** Deletes plans that have ended, where they are old or there are many newer ones. */
  async tidy(): Promise<void> {
    await this.#files.tidy(this.#options.now() - keptMs, maxKeptPlans);
  }

  /** The window is being closed: what it applies is left to the next one, at once. */
  leave(): void {
    for (const run of this.#runs.values()) run.leave();
  }

  #run(id: string, by: number): PlanRun {
    const run = new PlanRun(id, by, this.#options, () => this.#runs.delete(id));
    this.#runs.set(id, run);
    return run;
  }

  #newId(at: number): string {
    this.#latest = Math.max(at, this.#latest + 1);
    return `${String(this.#latest).padStart(15, "0")}-${this.#options.owner.slice(0, 8)}`;
  }
}

class PlanRun implements Run {
  readonly id: string;
  readonly #by: number;
  readonly #options: JournalOptions;
  readonly #onClosed: () => void;
  readonly #end = new AbortController();
  readonly #beating: { dispose(): void };
  #lines = "";
  #writing: Promise<void> | undefined;
  #writtenAt: number;

  constructor(id: string, by: number, options: JournalOptions, onClosed: () => void) {
    this.id = id;
    this.#by = by;
    this.#options = options;
    this.#onClosed = onClosed;
    this.#writtenAt = options.now();
    this.#beating = options.every(beatMs, () => void this.#beat());
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  async sending(change: Change): Promise<void> {
    const { id, before } = change;
    const isReadAgain = kindOf(change).asSent !== undefined;
    this.#put({ line: "sent", id, ...(isReadAgain && before && { before }) });
    await this.#writing;
    await this.#look();
  }

  ended(result: ChangeResult): void {
    this.#put(endedLine(result));
  }

  async close(): Promise<void> {
    this.#beating.dispose();
    if (!this.signal.aborted) {
      this.#put({ line: "closed" });
      await this.#writing;
    }
    this.#onClosed();
  }

  leave(): void {
    if (this.signal.aborted) return;
    this.#stop("windowClosed");
    // What is being written at this moment may be torn.
    const left = planLine({ line: "left" }, this.#stamp());
    try {
      this.#options.folder.appendNow(fileOf(this.id), `\n${this.#lines}${left}`);
    } catch (error) {
      this.#options.log.error(`The journal could not be written: ${String(error)}`);
    }
    this.#lines = "";
  }

  /** Adds text to what is written next; several texts that wait are written together. */
  write(text: string): void {
    this.#lines += text;
    this.#writing ??= this.#writeAll();
  }

  #put(line: PlanLine): void {
    // What an owner has to say that is one no more is not to be mixed with what the new one writes.
    if (this.signal.aborted) return;
    this.write(planLine(line, this.#stamp()));
  }

  async #writeAll(): Promise<void> {
    const { folder, now, log } = this.#options;
    try {
      while (this.#lines !== "") {
        const lines = this.#lines;
        this.#lines = "";
        await folder.append(fileOf(this.id), lines);
        this.#writtenAt = now();
      }
    } catch (error) {
      log.error(`The journal could not be written: ${String(error)}`);
      this.#lines = "";
      this.#stop("notKept");
    }
    this.#writing = undefined; // together with the last look for lines, so that none comes in between
  }

  async #beat(): Promise<void> {
    if (this.#options.now() - this.#writtenAt >= beatMs) this.#put({ line: "beat" });
    await this.#look();
  }

  /** Whether another window has taken the plan over. */
  async #look(): Promise<void> {
    if (this.signal.aborted) return;
    try {
      if (!(await this.#options.folder.has(leaseOf(this.id, this.#by + 1)))) return;
      this.#options.log.warn(`Another window has taken over the plan ${this.id}`);
      this.#stop("takenOver");
    } catch (error) {
      this.#options.log.error(`The journal could not be read: ${String(error)}`);
      this.#stop("notKept");
    }
  }

  #stop(why: RunEnd): void {
    this.#beating.dispose();
    if (!this.signal.aborted) this.#end.abort(why);
  }

  #stamp() {
    return { at: this.#options.now(), by: this.#by };
  }
}
