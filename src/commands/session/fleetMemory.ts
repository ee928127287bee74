import * as vscode from "vscode";
import type { Connection } from "../../azure/contracts.ts";
import type { Log } from "../../core/log.ts";
import { inSlices } from "../../core/slices.ts";
import type { SubscriptionFilter } from "../../fleet/events.ts";
import type { Derived } from "../../fleet/snapshot/derived.ts";
import { loadSaved } from "../../fleet/door.ts";
import { recall } from "../../fleet/saved/recall.ts";
import type { Owner, SavedFleets } from "../../fleet/saved/savedFleets.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import { savedFolder } from "./savedFolder.ts";

export interface FleetMemoryOptions {
  readonly store: FleetStore;
  readonly sandbox: SandboxHost;
  /** The extension's storage, and what it keeps over all windows. */
  readonly folder: vscode.Uri;
  readonly storage: vscode.Memento;
  readonly version: string;
  readonly wanted: () => SubscriptionFilter;
  readonly now: () => string;
  readonly log: Log;
}

/** What an earlier window saved, and whose it is. */
export interface Remembered {
  readonly owner: Owner;
  readonly fleet: Derived;
}

/** Where the endpoint is kept that the settings of VS Code's cloud led to. */
const cloudKey = "fleet.cloud";

/** The saved fleets as a session uses them: who it will be is told before Azure's clients are loaded, so that the fleet shows first. */
export class FleetMemory implements vscode.Disposable {
  readonly #options: FleetMemoryOptions;
  #fleets: Promise<SavedFleets> | undefined;
  /** Resolves when the fleet that was recalled is there with all that its first sight does not need. */
  #rest: Promise<void> | undefined;

  constructor(options: FleetMemoryOptions) {
    this.#options = options;
  }

  /** Of the accounts that VS Code has, or of the served sandbox. Undefined where nothing is saved. Never rejects. */
  async recall(origin: Owner["origin"]): Promise<Remembered | undefined> {
    try {
      const owner = origin === "sandbox" ? this.#servedSandbox() : await this.#accounts();
      const fleet = owner && (await (await this.#saved()).read(owner));
      if (owner === undefined || fleet === undefined) return undefined;
      const { derived, rest } = recall(fleet);
      // Others show the fleet first. Then come the views and the reading that need the rest.
      setImmediate(() => void (this.#rest = inSlices(rest)));
      return { owner, fleet: derived };
    } catch (error) {
      this.#options.log.warn(`What was saved of the fleet is not shown: ${String(error)}`);
      return undefined;
    }
  }

  /** Saves from now on what this connection reads, and shows no more what is of other accounts than it has. Never rejects. */
  async follow(connection: Connection | undefined): Promise<void> {
    const { store, storage, log } = this.#options;
    try {
      await this.#rest;
      const fleets = await this.#saved();
      const owner = connection && (await this.#ownerOf(connection));
      if (owner?.accounts !== undefined) {
        await store.keepOnly(new Set(owner.accounts.map(({ id }) => id)));
        await storage.update(cloudKey, [cloudSettings(), owner.endpoint]);
      }
      await fleets.follow(owner);
    } catch (error) {
      log.warn(`The fleet is not saved: ${String(error)}`);
    }
  }

  dispose(): void {
    void this.#fleets?.then((fleets) => fleets.dispose());
  }

  /** Undefined for the sandbox in this process: it ends with the window. */
  async #ownerOf(connection: Connection): Promise<Owner | undefined> {
    const { origin, cloud } = connection;
    const { endpoint } = cloud;
    if (origin === "sandbox")
      return this.#options.sandbox.isInProcess ? undefined : { origin, endpoint, accounts: undefined };
    return { origin, endpoint, accounts: (await connection.accounts()).flatMap(({ name }) => name ?? []) };
  }

  #servedSandbox(): Owner | undefined {
    const endpoint = this.#options.sandbox.servedAt;
    return endpoint === undefined ? undefined : { origin: "sandbox", endpoint, accounts: undefined };
  }

  /** Undefined where the settings lead to another cloud than when it was last connected: only the clients know its address. */
  async #accounts(): Promise<Owner | undefined> {
    const settings = cloudSettings();
    const [known, endpoint] = this.#options.storage.get<readonly [string, string]>(cloudKey) ?? [];
    if (known !== settings || endpoint === undefined) return undefined;
    const provider = isPublicCloud() ? "microsoft" : "microsoft-sovereign-cloud";
    const accounts = await vscode.authentication.getAccounts(provider);
    return { origin: "azure", endpoint, accounts: accounts.map(({ id, label }) => ({ id, label })) };
  }

  #saved(): Promise<SavedFleets> {
    const { folder, store, version, wanted, now, log } = this.#options;
    this.#fleets ??= loadSaved().then(({ SavedFleets: Fleets }) => {
      const path = vscode.Uri.joinPath(folder, "fleet").fsPath;
      return new Fleets({ folder: savedFolder(path), store, version, wanted, now, log });
    });
    return this.#fleets;
  }
}

function isPublicCloud(): boolean {
  return !vscode.workspace.getConfiguration("microsoft-sovereign-cloud").get("environment");
}

function cloudSettings(): string {
  const settings = vscode.workspace.getConfiguration("microsoft-sovereign-cloud");
  return JSON.stringify([settings.get("environment"), settings.get("customEnvironment")]);
}
