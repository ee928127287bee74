import type { State } from "../state.ts";
import { type Known, rowsOf, tableNames, type TableName, type TableRow } from "./tables.ts";

const parts = ["groups", "scaleSets", "configurations", "assignments"] as const;
type Part = (typeof parts)[number];

/** A change that Resource Graph has yet to learn of. */
interface Change {
  readonly at: number;
  readonly subscriptionId: string;
  /** As it was before. */
  readonly undo: (known: Record<Part, Map<string, unknown>>) => void;
}

interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long a change takes to be known. */
  readonly lagMs: number;
}

/**
 * Resource Graph's index: the rows of each subscription, kept until something in it changes. It knows of
 * a change only some time after it.
 */
export class GraphIndex {
  readonly #state: State;
  readonly #circumstances: () => Circumstances;
  readonly #rows = new Map<string, readonly TableRow[]>();
  #unknown: Change[] = [];
  #denied = 0;
  #version = 0;

  constructor(state: State, circumstances: () => Circumstances) {
    this.#state = state;
    this.#circumstances = circumstances;
    for (const part of parts) {
      state[part].watch((subscriptionId, key, before) => this.#changed(part, subscriptionId, key, before));
    }
    // It is there before anybody asks, as Azure's is.
    this.version();
    for (const id of state.subscriptions.keys()) for (const table of tableNames) this.rows(table, id);
  }

  /** Another number once anything that it tells may be different. */
  version(): number {
    const { now, lagMs } = this.#circumstances();
    const { known = [], unknown = [] } = Object.groupBy(this.#unknown, ({ at }) =>
      at + lagMs > now ? "unknown" : "known",
    );
    this.#unknown = unknown;
    for (const { subscriptionId } of known) this.#forget(subscriptionId);
    if (this.#denied !== this.#state.denials.count) {
      this.#denied = this.#state.denials.count;
      this.#rows.clear();
      this.#version++;
    }
    return this.#version;
  }

  /** The rows of a table in a subscription, as of the last look at the version. */
  rows(table: TableName, subscriptionId: string): readonly TableRow[] {
    const key = `${table} ${subscriptionId}`;
    const there = this.#rows.get(key);
    if (there !== undefined) return there;
    const subscription = this.#state.subscriptions.get(subscriptionId);
    const { denials } = this.#state;
    const rows =
      subscription === undefined
        ? []
        : rowsOf[table](subscription, this.#known(subscriptionId), (action, scope) =>
            denials.allow(action, scope),
          );
    this.#rows.set(key, rows);
    return rows;
  }

  #changed(part: Part, subscriptionId: string, key: string, before: unknown): void {
    const { now, lagMs } = this.#circumstances();
    if (lagMs === 0) return this.#forget(subscriptionId);
    const undo: Change["undo"] = (known) => {
      if (before === undefined) known[part].delete(key);
      else known[part].set(key, before);
    };
    this.#unknown.push({ at: now, subscriptionId, undo });
  }

  #forget(subscriptionId: string): void {
    this.#version++;
    for (const table of tableNames) this.#rows.delete(`${table} ${subscriptionId}`);
  }

  /** What is there, less what is not known yet: the newest change is undone first. */
  #known(subscriptionId: string): Known {
    const { groups, scaleSets, configurations, assignments } = this.#state;
    const known = {
      groups: groups.of(subscriptionId),
      scaleSets: scaleSets.of(subscriptionId),
      configurations: configurations.of(subscriptionId),
      assignments: assignments.of(subscriptionId),
    };
    const changes = this.#unknown.filter((change) => change.subscriptionId === subscriptionId);
    if (changes.length === 0) return known;
    const copy = {
      groups: new Map(known.groups),
      scaleSets: new Map(known.scaleSets),
      configurations: new Map(known.configurations),
      assignments: new Map(known.assignments),
    };
    for (const { undo } of changes.toReversed()) undo(copy as Record<Part, Map<string, unknown>>);
    return copy;
  }
}
