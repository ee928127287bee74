import { idKey } from "../../core/resources/ids.ts";
import { isObject } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { beganAt, isRunning } from "../../core/upgrades/upgrade.ts";
import type { Log } from "../../core/log.ts";

/** The part of a `vscode.Memento` that is needed. It must be the window's own. */
export interface WindowStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** An upgrade that is followed to its end, whether or not it is in sight. */
export interface FollowedUpgrade {
  readonly scaleSetId: string;
  /** When it began, as Azure wrote it; undefined until a read has shown it. */
  readonly start?: string;
  /** When the upgrade before it began, where it was begun here. */
  readonly previous?: string;
}

/**
 * Whether a followed upgrade has ended, by the set's latest upgrade as it was read last, such as after a cancellation: the watch, which
 * follows it, says so only after a look of its own.
 */
export function hasEnded({ start, previous }: FollowedUpgrade, latest: JsonObject | undefined): boolean {
  if (latest === undefined || isRunning(latest)) return false;
  return start === undefined ? previous !== undefined && !beganAt(latest, previous) : beganAt(latest, start);
}

/** As it is stored: ids and times, nothing else. */
interface Entry extends FollowedUpgrade {
  /** Of the Azure that it runs in. */
  readonly endpoint: string;
  /** Only in memory. */
  readonly isPassing?: true;
}

/** An Azure, and whether it is still there after a reload of the window: the sandbox in this process is not. */
export interface FollowedAzure {
  readonly endpoint: string;
  readonly isLasting: boolean;
}

const key = "upgrades.1";

/** Keeps which upgrades are followed, so that the window goes on with it after a reload. */
export class FollowedUpgrades {
  readonly #storage: WindowStorage;
  readonly #log: Pick<Log, "error">;
  #entries: readonly Entry[];

  constructor(storage: WindowStorage, log: Pick<Log, "error">) {
    this.#storage = storage;
    this.#log = log;
    const stored = storage.get(key);
    this.#entries = Array.isArray(stored) ? stored.filter(isEntry) : [];
  }

  of(azure: FollowedAzure | undefined): readonly FollowedUpgrade[] {
    return this.#entries.filter(({ endpoint }) => endpoint === azure?.endpoint);
  }

  set(azure: FollowedAzure, upgrade: FollowedUpgrade): void {
    const { endpoint, isLasting } = azure;
    const entry: Entry = { ...upgrade, endpoint, ...(!isLasting && { isPassing: true }) };
    this.#save([...this.#others(azure, upgrade.scaleSetId), entry]);
  }

  delete(azure: FollowedAzure, scaleSetId: string): void {
    this.#save(this.#others(azure, scaleSetId));
  }

  #others({ endpoint }: FollowedAzure, scaleSetId: string): readonly Entry[] {
    return this.#entries.filter(
      (entry) => entry.endpoint !== endpoint || idKey(entry.scaleSetId) !== idKey(scaleSetId),
    );
  }

  #save(entries: readonly Entry[]): void {
    this.#entries = entries;
    const kept = entries.filter(({ isPassing }) => isPassing !== true);
    this.#storage.update(key, kept.length === 0 ? undefined : kept).then(undefined, (error: unknown) => {
      this.#log.error(`Which upgrades are followed could not be kept: ${String(error)}`);
    });
  }
}

/** What an older or newer version left in another shape is no entry. */
function isEntry(value: unknown): value is Entry {
  return isObject(value) && typeof value["endpoint"] === "string" && typeof value["scaleSetId"] === "string";
}
