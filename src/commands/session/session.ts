import * as vscode from "vscode";
import type {
  AccountName,
  AccountsConnection,
  Azure,
  Connection,
  UnreachedTenant,
} from "../../azure/contracts.ts";
import { loadArm } from "../../azure/door.ts";
import type { Log } from "../../core/log.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { Failure } from "../../ui/failure.ts";
import { unforeseen } from "../../ui/problemReport.ts";
import { whileBusy, type Runner } from "../../ui/run.ts";
import type { FleetMemory, Remembered } from "./fleetMemory.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import { takeOverFilter } from "./takeOverFilter.ts";
import type { SessionState } from "./viewState.ts";

export interface SessionOptions {
  readonly store: FleetStore;
  readonly sandbox: SandboxHost;
  readonly runner: Runner;
  readonly log: Log;
  /** This extension's version, for the user agent. */
  readonly version: string;
  /** The user's, over all windows. */
  readonly storage: vscode.Memento;
  readonly memory: FleetMemory;
}

/** A connection and the Azure behind it. */
interface Open {
  readonly connection: Connection;
  readonly azure: Azure;
}

/** Which Azure this window speaks to. Switching it switches the store and refreshes the fleet. */
export class Session implements vscode.Disposable {
  readonly #options: SessionOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #state: SessionState = "idle";
  #open: Open | undefined;
  /** Why the latest attempt failed. */
  #problem: Problem | undefined;
  #accounts: AccountsConnection | undefined;
  #started: Promise<void> | undefined;
  /** How the latest attempt looks for an Azure; it is what a retry repeats. */
  #find: (() => Promise<Connection | undefined>) | undefined;
  /** Whose saved fleet is shown until there is a connection. */
  #remembered: Remembered | undefined;
  /** The latest attempt to connect, with the reading that follows it; undefined when it has ended. */
  #connecting: Promise<void> | undefined;
  #reading: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }

  get azure(): Azure | undefined {
    return this.#open?.azure;
  }

  get origin(): "none" | "azure" | "sandbox" {
    return this.azure?.origin ?? "none";
  }

  /** The accounts that the window speaks through; none in the sandbox. */
  async accounts(): Promise<readonly AccountName[]> {
    const accounts = (await this.#open?.connection.accounts()) ?? [];
    return accounts.flatMap(({ name }) => name ?? []);
  }

  async accountIds(): Promise<readonly string[]> {
    return (await this.accounts()).map(({ id }) => id);
  }

  /** Connects as the settings say, once: to the sandbox, or to the accounts that are signed in already. */
  start(): Promise<void> {
    const openSandbox = vscode.workspace
      .getConfiguration("scaleSetMaintenance")
      .get("sandbox.openAtStartup", false);
    this.#started ??= openSandbox ? this.openSandbox() : this.useAccounts();
    return this.#started;
  }

  /**
   * The Azure, as soon as there is one: its fleet may still be read then. Undefined where `attempt` ends without one; by default the one
   * that is under way, else `start`. Rejects where that can't connect.
   */
  async connected(attempt?: Promise<void>): Promise<Azure | undefined> {
    if (this.azure !== undefined) return this.azure;
    const { promise: opened, resolve } = Promise.withResolvers<void>();
    const listening = this.onDidChange(() => {
      if (this.azure !== undefined) resolve();
    });
    try {
      await Promise.race([attempt ?? this.#connecting ?? this.start(), opened]);
    } finally {
      listening.dispose();
    }
    return this.azure;
  }

  /** Connects to the sandbox and reads it. */
  openSandbox(): Promise<void> {
    return this.#connect(() => this.#options.sandbox.connection(), "sandbox");
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
    }, "azure");
  }

  /**
   * Asks the user to sign in, to any account or the named one, and shows what it reaches. Throws CancellationError if the user
   * declines.
   */
  async signIn({ account, tenantId }: Pick<UnreachedTenant, "account" | "tenantId"> = {}): Promise<void> {
    const where = account && { account, ...(tenantId !== undefined && { tenantId }) };
    const accounts = await this.#accountsConnection();
    const before = this.#state;
    if (this.#open === undefined) this.#enter("signingIn", undefined);
    try {
      if (!(await accounts.signIn(where))) throw new vscode.CancellationError();
    } catch (error) {
      if (this.#state === "signingIn") this.#enter(before, undefined, this.#problem);
      throw error;
    }
    await this.#connect(() => Promise.resolve(accounts));
  }

  /** Follows the settings of VS Code's cloud: the accounts of the one before are left. */
  async changeCloud(): Promise<void> {
    this.#accounts?.dispose();
    this.#accounts = undefined;
    if (this.origin === "sandbox" || this.#state === "idle") return;
    this.#enter("idle", undefined);
    await this.useAccounts();
  }

  /**
   * Refreshes the fleet, in place of a running refresh; where nothing is connected it tries that again. `graphOnly`: see
   * `FleetStore.refresh`.
   */
  async refresh({ graphOnly = false } = {}): Promise<void> {
    if (this.#open === undefined) return this.#find === undefined ? this.start() : this.#connect(this.#find);
    this.#reading?.abort.abort();
    const abort = new AbortController();
    const done = whileBusy("scaleSetMaintenance.fleet", () =>
      this.#options.store.refresh(abort.signal, graphOnly),
    );
    const reading = { abort, done };
    this.#reading = reading;
    try {
      await done;
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  /** Refreshes the fleet unless a refresh runs or nothing is connected; answers whether it did. */
  async refreshIfIdle(how: { readonly graphOnly?: boolean } = {}): Promise<boolean> {
    if (this.#open === undefined || this.#options.store.snapshot.loading) return false;
    await this.refresh(how);
    return true;
  }

  /** Ends the reading that is under way, also where it only waits; the view then says so. */
  stopReading(): void {
    this.#reading?.abort.abort();
  }

  /** Whether the fleet is being read, or will be as soon as there is a connection. */
  get isReading(): boolean {
    return this.#connecting !== undefined || this.#reading !== undefined;
  }

  /** Resolves when no reading is under way: the last one has ended, well or not. */
  async whenRead(): Promise<void> {
    while (this.isReading) await Promise.allSettled([this.#connecting, this.#reading?.done]);
  }

  dispose(): void {
    this.#reading?.abort.abort();
    this.#accounts?.dispose();
    this.#changed.dispose();
  }

  /** Of two attempts that overlap, the later one counts, whichever ends first. What was saved of `origin` is shown meanwhile. */
  async #connect(find: () => Promise<Connection | undefined>, origin?: "azure" | "sandbox"): Promise<void> {
    const connecting = this.#connectAndRead(find, origin);
    this.#connecting = connecting;
    try {
      await connecting;
    } finally {
      if (this.#connecting === connecting) this.#connecting = undefined;
    }
  }

  async #connectAndRead(
    find: () => Promise<Connection | undefined>,
    origin?: "azure" | "sandbox",
  ): Promise<void> {
    this.#find = find;
    // A window that was started by a command is not connected a second time when its view is shown.
    this.#started ??= Promise.resolve();
    if (this.#open === undefined) {
      this.#enter("connecting", undefined);
      await this.#remember(find, origin);
    }
    try {
      const connection = await find();
      const { openAzure } = await loadArm();
      if (this.#find !== find) return;
      const { log, version, memory } = this.#options;
      if (connection === undefined) this.#enter("signedOut", undefined);
      // What is known stays where only the accounts of the same connection are others.
      else if (connection !== this.#open?.connection)
        this.#enter("connected", { connection, azure: openAzure(connection, log, version) });
      await memory.follow(connection);
      if (this.#find !== find) return;
    } catch (error) {
      // What was connected before stays so.
      if (this.#find === find && this.#open === undefined)
        this.#enter("failed", undefined, await problemOf(error));
      throw error;
    }
    if (this.#open !== undefined) await this.refresh();
  }

  async #remember(find: () => Promise<Connection | undefined>, origin?: "azure" | "sandbox"): Promise<void> {
    const remembered = origin && (await this.#options.memory.recall(origin));
    if (remembered === undefined || this.#find !== find || this.#open !== undefined) return;
    this.#remembered = remembered;
    this.#options.store.connect(undefined, undefined, remembered.fleet);
    this.#changed.fire();
  }

  #enter(state: SessionState, open: Open | undefined, problem?: Problem): void {
    const remembered = this.#remembered;
    if (open !== this.#open || problem !== this.#problem || remembered !== undefined) {
      this.#reading?.abort.abort();
      this.#reading = undefined;
      this.#remembered = undefined;
      const { store } = this.#options;
      const isSame =
        remembered?.owner.origin === open?.azure.origin &&
        remembered?.owner.endpoint === open?.azure.cloud.endpoint;
      store.connect(open?.azure, problem, open && isSame ? store.derived : undefined);
    }
    this.#state = state;
    this.#open = open;
    this.#problem = problem;
    this.#changed.fire();
  }

  async #accountsConnection(): Promise<AccountsConnection> {
    const { connectWithAccounts } = await loadArm();
    if (this.#accounts === undefined) {
      const { log, runner, storage } = this.#options;
      this.#accounts = connectWithAccounts(log);
      this.#accounts.onDidChangeAccounts(() => {
        if (this.origin !== "sandbox")
          runner.inBackground("Following the accounts", () => this.useAccounts());
      });
      await takeOverFilter(storage);
    }
    return this.#accounts;
  }
}

async function problemOf(error: unknown): Promise<Problem> {
  if (Failure.is(error)) return error.problem;
  const { isAzureError } = await loadArm();
  return isAzureError(error) ? error.problem : unforeseen(error);
}
