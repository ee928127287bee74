import type { AccountName } from "../../azure/contracts.ts";
import type { Log } from "../../core/log.ts";
import type { SubscriptionFilter } from "../events.ts";
import type { Facts } from "../snapshot/facts.ts";
import type { SavedFleet } from "./recall.ts";
import { storageKey } from "../storageKey.ts";
import type { FleetStore } from "../store.ts";
import { inSlices } from "../../core/slices.ts";
import { decode } from "./decode.ts";
import type { SavedLines } from "./decode.ts";
import { encode } from "./encode.ts";
import { linesOf, maxCharacters } from "./format.ts";

/** Where files are kept. Names have no folder. */
export interface SavedFolder {
  names(): Promise<readonly string[]>;
  /** Undefined where there is none. */
  read(name: string): Promise<string | undefined>;
  /** Whole or not at all. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Whose fleet is shown. */
export interface Owner {
  readonly origin: "azure" | "sandbox";
  readonly endpoint: string;
  /** The accounts that there are; undefined in the sandbox. */
  readonly accounts: readonly AccountName[] | undefined;
}

export interface SavedFleetsOptions {
  readonly folder: SavedFolder;
  readonly store: Pick<FleetStore, "derived" | "onDidChange">;
  /** Of this extension. */
  readonly version: string;
  readonly wanted: () => SubscriptionFilter;
  readonly now: () => string;
  readonly log: Pick<Log, "warn" | "error">;
}

/** How long the fleet must be quiet before it is saved. */
const quietMs = 3000;

/** Saves the fleet of each account in a file of its own, for the first sight of it in the next window. */
export class SavedFleets {
  readonly #options: SavedFleetsOptions;
  readonly #listening: { dispose(): void };
  #owner: Owner | undefined;
  #saved: Facts | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends what is being written. */
  #abort = new AbortController();
  /** One after the other. */
  #writing = Promise.resolve();

  constructor(options: SavedFleetsOptions) {
    this.#options = options;
    this.#listening = options.store.onDidChange(() => this.#saveSoon());
  }

  /** What was saved of this owner's fleet; undefined where nothing usable was: what is wrong with a file is logged. */
  async read({ origin, endpoint, accounts }: Owner): Promise<SavedFleet | undefined> {
    const { folder, version, now, wanted, log } = this.#options;
    const files: SavedLines[] = [];
    for (const account of accounts ?? [undefined]) {
      const key = storageKey(endpoint, account?.id);
      try {
        const text = await folder.read(fileOf(key));
        if (text === undefined) continue;
        files.push({ ...(await inSlices(linesOf(text, { version, key }, now()))), account });
      } catch (error) {
        log.warn(`A saved fleet is not used: ${String(error)}`);
      }
    }
    return files.length === 0 ? undefined : inSlices(decode(files, origin, wanted()));
  }

  /** Saves from now on what the store shows, as this owner's; nothing where there is none. Files of accounts that no longer exist are removed. */
  async follow(owner: Owner | undefined): Promise<void> {
    this.#abort.abort();
    this.#owner = owner;
    this.#saved = undefined;
    if (owner?.accounts === undefined) return;
    const keys = new Set(owner.accounts.map(({ id }) => fileOf(storageKey(owner.endpoint, id))));
    const kept = fileOf(storageKey(owner.endpoint, undefined));
    const host = kept.slice(0, -"sandbox.json".length);
    await this.#quietly("Removing", async () => {
      const { folder } = this.#options;
      const orphaned = (await folder.names()).filter(
        (name) =>
          name.startsWith(host) && /^[0-9a-f]{16}\.json$/.test(name.slice(host.length)) && !keys.has(name),
      );
      await Promise.all(orphaned.map((name) => folder.remove(name)));
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#listening.dispose();
  }

  /** Writes what has changed, in place of what is being written; at once, for tests and for the end of a window. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#writing = this.#writing.then(() => this.#quietly("Saving", () => this.#write(signal), signal));
    await this.#writing;
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#owner !== undefined) this.#timer = setTimeout(() => void this.save(), quietMs);
  }

  async #write(signal: AbortSignal): Promise<void> {
    const { store, folder, version, now, log } = this.#options;
    const { facts, snapshot } = store.derived;
    const owner = this.#owner;
    // What was not read to its end in this window is no better than what is saved.
    if (owner === undefined || snapshot.loading || snapshot.readAt === undefined) return;
    if (facts === this.#saved || facts.origin !== owner.origin) return;
    const at = now();
    for (const account of owner.accounts ?? [undefined]) {
      const key = storageKey(owner.endpoint, account?.id);
      const isIn = ({ through }: { readonly through: { readonly account?: AccountName } }) =>
        through.account?.id === account?.id;
      const text = await inSlices(encode(facts, snapshot, { version, key, at, isIn }), signal);
      if (text.length > maxCharacters) {
        log.warn(`The fleet is too large to be saved: ${text.length} characters.`);
        await folder.remove(fileOf(key));
      } else await folder.write(fileOf(key), text);
    }
    this.#saved = facts;
  }

  /** That it can't be saved is nothing to the user. */
  async #quietly(what: string, work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal?.aborted) return;
      this.#options.log.error(`${what} the fleet failed: ${String(error)}`);
    }
  }
}

function fileOf(key: string): string {
  return `${key}.json`;
}
