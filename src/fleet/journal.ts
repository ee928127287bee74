import { isObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import type { ChangeResult, Outcome, Plan } from "../core/plan.ts";

/** Where the journal is kept: the part of a `vscode.Memento` that it needs. It must be the window's own. */
export interface JournalStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** The application of a plan, as it goes on. */
export interface Run {
  started(changeId: string): void;
  ended(result: ChangeResult): void;
  /** Forgets it: everything is known and told. */
  close(): Promise<void>;
}

/** The application of a plan, as far as a window came that was then closed. */
export interface InterruptedRun extends Pick<Run, "close"> {
  readonly plan: Plan;
  /** Ids of the changes that were sent. */
  readonly sent: ReadonlySet<string>;
  /** By the change's id; without read-backs. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** As it is stored. */
interface Entry {
  readonly endpoint: string;
  readonly plan: Plan;
  readonly sent: string[];
  readonly outcomes: [string, Outcome][];
}

const key = "journal.1";

/**
 * Remembers the plans that are being applied, so that after the window was closed or reloaded the next one can find out what became of
 * them. It holds plans and outcomes, which have no token and no address of an operation: what became of a change is read from its resource.
 */
export class Journal {
  readonly #storage: JournalStorage;
  readonly #log: Log;
  readonly #entries: Set<Entry>;
  /** Entries of a window before this one that were not asked for yet. */
  readonly #left: Set<Entry>;
  #saving: Promise<void> | undefined;
  #isStale = false;

  constructor(storage: JournalStorage, log: Log) {
    this.#storage = storage;
    this.#log = log;
    this.#entries = new Set(readEntries(storage.get(key)));
    this.#left = new Set(this.#entries);
  }

  /** Begins to keep the application of a plan to the Azure at `endpoint`. */
  async begin(endpoint: string, plan: Plan): Promise<Run> {
    const entry: Entry = { endpoint, plan, sent: [], outcomes: [] };
    this.#entries.add(entry);
    await this.#save();
    return {
      started: (changeId) => {
        entry.sent.push(changeId);
        void this.#save();
      },
      ended: ({ change, outcome }) => {
        entry.outcomes.push([change.id, outcome.status === "done" ? { status: "done" } : outcome]);
        void this.#save();
      },
      close: () => this.#forget(entry),
    };
  }

  /** What windows before this one left unfinished in the Azure at `endpoint`; each is given once. */
  interrupted(endpoint: string): readonly InterruptedRun[] {
    const found = [...this.#left].filter((entry) => entry.endpoint === endpoint);
    for (const entry of found) this.#left.delete(entry);
    return found.map((entry) => ({
      plan: entry.plan,
      sent: new Set(entry.sent),
      outcomes: new Map(entry.outcomes),
      close: () => this.#forget(entry),
    }));
  }

  #forget(entry: Entry): Promise<void> {
    this.#entries.delete(entry);
    return this.#save();
  }

  /** Writes what there is; of several wishes during one write only the last is followed. Never rejects: a plan does not fail for its journal. */
  #save(): Promise<void> {
    this.#isStale = true;
    this.#saving ??= this.#write().finally(() => (this.#saving = undefined));
    return this.#saving;
  }

  async #write(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#storage.update(key, this.#entries.size === 0 ? undefined : [...this.#entries]);
      }
    } catch (error) {
      this.#log.error(`The journal could not be written: ${String(error)}`);
    }
  }
}

function readEntries(stored: unknown): readonly Entry[] {
  return Array.isArray(stored) ? stored.filter(isEntry) : [];
}

/** What an older or newer version left in another shape is no entry. */
function isEntry(value: unknown): value is Entry {
  return (
    isObject(value) &&
    typeof value["endpoint"] === "string" &&
    isObject(value["plan"]) &&
    Array.isArray(value["plan"]["changes"]) &&
    Array.isArray(value["sent"]) &&
    Array.isArray(value["outcomes"])
  );
}
