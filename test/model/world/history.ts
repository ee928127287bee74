import type { WorldState } from "./state.ts";

/** Whose write it was: one of our requests, by its number, another person's, or what Azure does of its own. */
export type Author = { readonly request: number } | "others" | "azure";

/** One change of the world. */
export interface Entry {
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: Author;
  readonly what: string;
  /** What became another: `association …`, `configuration …`, `scaleSet …#path`, `upgrade …`. */
  readonly touched: readonly string[];
  readonly before: WorldState;
  readonly after: WorldState;
}

/** A request as the world saw it. */
export interface Exchange {
  readonly number: number;
  readonly method: string;
  /** Lower-cased. */
  readonly path: string;
  readonly body: string | undefined;
  readonly isWrite: boolean;
  readonly ifMatch: string | undefined;
  /** The index of the latest entry when it came. */
  readonly latest: number;
  /** What was answered; undefined while it is not, and where the connection broke. */
  status?: number;
  /** What a read showed: everything whose key begins so, as it was after the entry with this index (-1: as in the beginning). */
  shows?: { readonly scope: string; readonly index: number };
  /** What became of it, in a few words, where that is not told by the status. */
  fate?: string;
}

/** Everything that has ever been so. */
export class History {
  readonly entries: Entry[] = [];
  readonly exchanges: Exchange[] = [];
  readonly beginning: WorldState;

  constructor(beginning: WorldState) {
    this.beginning = beginning;
  }

  get state(): WorldState {
    return this.entries.at(-1)?.after ?? this.beginning;
  }

  /** The index of the latest entry. */
  get latest(): number {
    return this.entries.length - 1;
  }

  stateAfter(index: number): WorldState {
    return this.entries[index]?.after ?? this.beginning;
  }

  /** The state at a moment, and the index of its entry. */
  at(moment: number): { readonly state: WorldState; readonly index: number } {
    const index = this.entries.findLastIndex(({ at }) => at <= moment);
    return { state: this.stateAfter(index), index };
  }

  /** Nothing is noted where nothing became another. */
  add(entry: Omit<Entry, "index" | "before">): void {
    if (entry.touched.length === 0) return;
    this.entries.push({ ...entry, index: this.entries.length, before: this.state });
  }

  /** The latest read before a request, and not before another one, that showed this. */
  lookBefore(key: string, request: number, since = 0): number | undefined {
    for (let number = request - 1; number >= since; number--) {
      const shows = this.exchanges[number]?.shows;
      if (shows !== undefined && key.startsWith(shows.scope)) return shows.index;
    }
    return undefined;
  }
}
