import * as vscode from "vscode";
import type { AccountsConnection, Azure, Connection } from "../azure/contracts.ts";
import { loadArm } from "../azure/door.ts";
import type { Log } from "../core/log.ts";
import type { FleetStore } from "../fleet/store.ts";
import type { Runner } from "../ui/run.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import type { SessionState } from "./viewState.ts";

export interface SessionOptions {
  readonly store: FleetStore;
  readonly sandbox: SandboxHost;
  readonly runner: Runner;
  readonly log: Log;
  /** This extension's version, for the user agent. */
  readonly version: string;
}

/** Which Azure this window speaks to. Switching it switches the store and reads the fleet anew. */
export class Session implements vscode.Disposable {
  readonly #options: SessionOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #state: SessionState = "idle";
  #azure: Azure | undefined;
  #accounts: AccountsConnection | undefined;
  #started: Promise<void> | undefined;
  /** How the latest attempt looks for an Azure; it is what a retry repeats. */
  #find: (() => Promise<Connection | undefined>) | undefined;
  #reading: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }

  get azure(): Azure | undefined {
    return this.#azure;
  }

  get origin(): "none" | "azure" | "sandbox" {
    return this.#azure?.origin ?? "none";
  }

  /** Connects as the settings say, once: to the sandbox, or to the accounts that are signed in already. */
  start(): Promise<void> {
    const openSandbox = vscode.workspace
      .getConfiguration("scaleSetMaintenance")
      .get("sandbox.openAtStartup", false);
    this.#started ??= openSandbox ? this.openSandbox() : this.useAccounts();
    return this.#started;
  }

  /** Connects to the sandbox and reads it. */
  openSandbox(): Promise<void> {
    return this.#connect(() => this.#options.sandbox.connection());
  }

  /** Leaves the sandbox, whatever becomes of the accounts it goes back to. */
  leaveSandbox(): Promise<void> {
    this.#enter("idle", undefined);
    return this.useAccounts();
  }

  /** Connects to the user's accounts without prompting; without any the view asks to sign in. */
  useAccounts(): Promise<void> {
    return this.#connect(async () => {
      const accounts = await this.#accountsConnection();
      return (await accounts.isSignedIn()) ? accounts : undefined;
    });
  }

  /** Asks the user for an account and connects to it. Throws CancellationError when she declines. */
  async signIn(): Promise<void> {
    const accounts = await this.#accountsConnection();
    if (!(await accounts.signIn())) throw new vscode.CancellationError();
    await this.#connect(() => Promise.resolve(accounts));
  }

  /** Reads the fleet anew, in place of a reading that is under way; where nothing is connected it tries that again. */
  async refresh(): Promise<void> {
    if (this.#azure === undefined) return this.#find === undefined ? this.start() : this.#connect(this.#find);
    this.#reading?.abort.abort();
    const abort = new AbortController();
    const location = { viewId: "scaleSetMaintenance.fleet" };
    const done = Promise.resolve(
      vscode.window.withProgress({ location }, () => this.#options.store.refresh(abort.signal)),
    );
    this.#reading = { abort, done };
    await done;
  }

  /** Resolves when no reading is under way: the last one has ended, well or not. */
  async whenRead(): Promise<void> {
    for (let reading = this.#reading; reading !== undefined; reading = this.#reading) {
      await Promise.allSettled([reading.done]);
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  dispose(): void {
    this.#reading?.abort.abort();
    this.#accounts?.dispose();
    this.#changed.dispose();
  }

  /** Of two attempts that overlap, the later one counts, whichever ends first. */
  async #connect(find: () => Promise<Connection | undefined>): Promise<void> {
    this.#find = find;
    // A window that was started by a command is not connected a second time when its view is shown.
    this.#started ??= Promise.resolve();
    if (this.#azure === undefined) this.#enter("connecting", undefined);
    try {
      const connection = await find();
      const { openAzure } = await loadArm();
      if (this.#find !== find) return;
      const { log, version } = this.#options;
      if (connection === undefined) this.#enter("signedOut", undefined);
      else this.#enter("connected", openAzure(connection, log, version));
    } catch (error) {
      // What was connected before stays so.
      if (this.#find === find && this.#azure === undefined) this.#enter("failed", undefined);
      throw error;
    }
    if (this.#azure !== undefined) await this.refresh();
  }

  #enter(state: SessionState, azure: Azure | undefined): void {
    if (azure !== this.#azure) {
      this.#reading?.abort.abort();
      this.#reading = undefined;
      this.#options.store.connect(azure);
    }
    this.#state = state;
    this.#azure = azure;
    this.#changed.fire();
  }

  async #accountsConnection(): Promise<AccountsConnection> {
    const { connectWithAccounts } = await loadArm();
    if (this.#accounts === undefined) {
      this.#accounts = connectWithAccounts(this.#options.log);
      this.#accounts.onDidChangeAccounts(() => {
        if (this.origin !== "sandbox")
          this.#options.runner.inBackground("Following the accounts", () => this.useAccounts());
      });
    }
    return this.#accounts;
  }
}
