import type { State } from "../state.ts";
import { type Known, type TableName, tablesOf } from "./tables.ts";
import type { Row } from "./values.ts";

/** The rows of each table in one subscription; other ones once anything in it may be different. */
export type Tables = Readonly<Record<TableName, readonly Row[]>>;

const parts = ["groups", "scaleSets", "configurations", "assignments"] as const;
type Part = (typeof parts)[number];
type Copy = Record<Part, Map<string, unknown>>;

/** A change that Resource Graph has yet to learn of. */
interface Change {
  readonly at: number;
  readonly subscriptionId: string;
  /** As it was before. */
  readonly undo: (known: Copy) => void;
}

interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long a change takes to be known. */
  readonly lagMs: number;
}

const none: Tables = { resources: [], resourcecontainers: [], maintenanceresources: [] };

/**
 * Resource Graph's index: the rows of each subscription, kept until something in it changes. It knows of
 * a change only some time after it.
 */
export class GraphIndex {
  readonly #state: State;
  readonly #circumstances: () => Circumstances;
  readonly #tables = new Map<string, Tables>();
  #unknown: Change[] = [];
  #denied = 0;

  constructor(state: State, circumstances: () => Circumstances) {
    this.#state = state;
    this.#circumstances = circumstances;
    for (const part of parts) {
      state[part].watch((subscriptionId, key, before) => this.#changed(part, subscriptionId, key, before));
    }
    // It is there before anybody asks, as Azure's is.
    this.tables([...state.subscriptions.keys()]);
  }

  /** The tables of each of these subscriptions. */
  tables(subscriptionIds: readonly string[]): readonly Tables[] {
    this.#learn();
    return subscriptionIds.map((id) => {
      const subscription = this.#state.subscriptions.get(id);
      if (subscription === undefined) return none;
      const there = this.#tables.get(id);
      if (there !== undefined) return there;
      const tables = tablesOf(subscription, this.#known(id), this.#state.denials);
      this.#tables.set(id, tables);
      return tables;
    });
  }

  /** Forgets the tables of subscriptions in which anything has become known since the last look. */
  #learn(): void {
    const { now, lagMs } = this.#circumstances();
    const { known = [], unknown = [] } = Object.groupBy(this.#unknown, ({ at }) =>
      at + lagMs > now ? "unknown" : "known",
    );
    this.#unknown = unknown;
    for (const { subscriptionId } of known) this.#tables.delete(subscriptionId);
    const { count } = this.#state.denials;
    if (this.#denied !== count) this.#tables.clear();
    this.#denied = count;
  }

  #changed(part: Part, subscriptionId: string, key: string, before: unknown): void {
    const { now, lagMs } = this.#circumstances();
    if (lagMs === 0) return void this.#tables.delete(subscriptionId);
    const undo: Change["undo"] = (known) => {
      if (before === undefined) known[part].delete(key);
      else known[part].set(key, before);
    };
    this.#unknown.push({ at: now, subscriptionId, undo });
  }

  /** What is there, less what is not known yet: the newest change is undone first. */
  #known(subscriptionId: string): Known {
    const changes = this.#unknown.filter((change) => change.subscriptionId === subscriptionId);
    const known = parts.map((part) => {
      const there: ReadonlyMap<string, unknown> = this.#state[part].of(subscriptionId);
      return [part, changes.length === 0 ? there : new Map(there)];
    });
    const copy = Object.fromEntries(known) as Copy;
    for (const { undo } of changes.toReversed()) undo(copy);
    return copy as unknown as Known;
  }
}
