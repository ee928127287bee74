import { idKey, sameId } from "../core/ids.ts";
import { isObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import type { JournalStorage } from "./journal.ts";

/** An upgrade that is followed to its end, whether or not it is in sight. */
export interface FollowedUpgrade {
  readonly scaleSetId: string;
  /** When it began, as Azure wrote it; undefined until a read has shown it. */
  readonly start?: string;
  /** When the upgrade before it began, where it was begun here. */
  readonly previous?: string;
}

/** As it is stored: ids and times, nothing else. */
interface Entry extends FollowedUpgrade {
  /** Of the Azure that it runs in. */
  readonly endpoint: string;
}

const key = "upgrades.1";

/** Keeps which upgrades are followed, so that the window goes on with it after a reload. */
export class FollowedUpgrades {
  readonly #storage: JournalStorage;
  readonly #log: Pick<Log, "error">;
  #entries: readonly Entry[];

  constructor(storage: JournalStorage, log: Pick<Log, "error">) {
    this.#storage = storage;
    this.#log = log;
    const stored = storage.get(key);
    this.#entries = Array.isArray(stored) ? stored.filter(isEntry) : [];
  }

  of(endpoint: string | undefined): readonly FollowedUpgrade[] {
    return this.#entries.filter((entry) => entry.endpoint === endpoint);
  }

  get(endpoint: string | undefined, scaleSetId: string): FollowedUpgrade | undefined {
    return this.of(endpoint).find((entry) => sameId(entry.scaleSetId, scaleSetId));
  }

  set(endpoint: string, upgrade: FollowedUpgrade): void {
    this.#save([...this.#others(endpoint, upgrade.scaleSetId), { ...upgrade, endpoint }]);
  }

  delete(endpoint: string, scaleSetId: string): void {
    this.#save(this.#others(endpoint, scaleSetId));
  }

  #others(endpoint: string, scaleSetId: string): readonly Entry[] {
    return this.#entries.filter(
      (entry) => entry.endpoint !== endpoint || idKey(entry.scaleSetId) !== idKey(scaleSetId),
    );
  }

  #save(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#storage
      .update(key, entries.length === 0 ? undefined : entries)
      .then(undefined, (error: unknown) => {
        this.#log.error(`Which upgrades are followed could not be kept: ${String(error)}`);
      });
  }
}

/** What an older or newer version left in another shape is no entry. */
function isEntry(value: unknown): value is Entry {
  return isObject(value) && typeof value["endpoint"] === "string" && typeof value["scaleSetId"] === "string";
}
