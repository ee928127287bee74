import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import { join } from "node:path";
import type * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { Log } from "../../core/log.ts";
import { message } from "../../core/text/message.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import { Journal, type Run } from "../../fleet/plans/journal.ts";
import type { AppliedPlan, PlanBoard, PlanState } from "../../fleet/plans/planBoard.ts";
import type { KeptPlan, Origin, PlanAccess } from "../../fleet/plans/planFile.ts";
import type { UnreadFile } from "../../fleet/plans/planFiles.ts";
import { folderInMemory } from "../../fleet/plans/planFolder.ts";
import { digestOf, storageKey } from "../../fleet/storageKey.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { Failure } from "../../ui/failure.ts";
import { appliedPlan, earlierPlans, shownPlan } from "./shownPlan.ts";
import { folderOnDisk } from "./planFolder.ts";

export interface PlanKeeperOptions {
  /** The extension's storage, which all windows of the user's share. */
  readonly storage: vscode.Uri;
  readonly board: PlanBoard;
  readonly store: Pick<FleetStore, "snapshot">;
  /** The Azure that is connected; undefined while there is none. */
  readonly azure: () => Azure | undefined;
  /** Ids of the accounts that it is reached through; none in the sandbox. */
  readonly accounts: () => Promise<readonly string[]>;
  /** Whether what is kept of an Azure outlives the window: of the sandbox in this process nothing does. */
  readonly isLasting: (azure: Azure) => boolean;
  /** How long a window must not have responded before another can take its plan over. */
  readonly silenceMs: () => number;
  readonly log: Log;
}

/** How many plans are shown of those that have ended. */
const maxEndedPlans = 50;
/** How far the clock that another window writes by may be ahead. A time beyond it is no sign of life. */
const maxAheadMs = 10_000;
/** How often the view follows a plan that runs in this window. */
const refreshIntervalMs = 1000;

/** The application of a plan by this window, which the view follows. */
export interface ShownRun extends Run {
  /** The user has cancelled it, and so many of the changes that were sent have not ended yet. */
  cancelling(inFlight: number): void;
}

/** A plan that this window applies, as far as it has come. */
interface Here {
  readonly applied: AppliedPlan;
  readonly results: ChangeResult[];
  inFlight?: number;
}

/** A plan as its file has it now, and the journal that it is in. */
export interface Found {
  readonly journal: Journal;
  readonly kept: KeptPlan;
  readonly state: PlanState;
}

/** Keeps the plans of this window, and shows those of all windows: a folder for each account and Azure. */
export class PlanKeeper implements vscode.Disposable {
  readonly #options: PlanKeeperOptions;
  readonly #owner = globalThis.crypto.randomUUID();
  readonly #journals = new Map<string, Journal>();
  readonly #here = new Map<string, Here>();
  /** Plans that were seen to run in another window. */
  readonly #elsewhere = new Set<string>();
  readonly #readOnce = new WeakSet<Azure>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlanKeeperOptions) {
    this.#options = options;
  }

  /** Begins to keep the application of a plan. Rejects where it can't be written. */
  async begin(azure: Azure, plan: Plan, from: Origin = {}): Promise<ShownRun> {
    const journal = this.#journalOf(azure, await this.#accountOf(plan));
    await journal
      .tidy()
      .catch((error: unknown) => this.#options.log.warn(`Old plans stay: ${String(error)}`));
    try {
      return this.#shown(
        await journal.begin(plan, azure.origin, { ...from, access: this.#accessOf(plan) }),
        plan,
        { origin: azure.origin, ...from },
        [],
      );
    } catch (error) {
      throw new Failure({
        kind: "validation",
        summary: message("Nothing was sent. Couldn't write the journal: {0}", String(error)),
        wayOut: message("Free disk space or let VS Code write to its storage, then try again."),
      });
    }
  }

  /** Makes this window the owner of an interrupted plan. Undefined where another one was faster, or it has ended meanwhile. */
  async takeOver({
    journal,
    kept,
  }: Found): Promise<{ readonly run: ShownRun; readonly plan: KeptPlan } | undefined> {
    const taken = await journal.takeOver(kept);
    if (taken === undefined) return undefined;
    const { plan: applied } = taken;
    const known = applied.plan.changes.flatMap((change): ChangeResult[] => {
      const outcome = applied.outcomes.get(change.id);
      return outcome === undefined ? [] : [{ change, outcome }];
    });
    return { run: this.#shown(taken.run, applied.plan, applied, known), plan: applied };
  }

  /** A plan as it is now; undefined where it is not kept any more. */
  async find(id: string): Promise<Found | undefined> {
    const failures: unknown[] = [];
    for (const journal of await this.#all()) {
      try {
        const kept = await journal.plan(id);
        if (kept !== undefined) return { journal, kept, state: this.#stateOf(journal, kept) };
      } catch (error) {
        failures.push(error); // it may be in another account's
      }
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  }

  /** Shows the plans as they are now. Answers those that are interrupted. */
  async refresh(): Promise<readonly AppliedPlan[]> {
    const { azure, board } = this.#options;
    const of = azure();
    const plans: AppliedPlan[] = [];
    const unread: UnreadFile[] = [];
    for (const journal of await this.#all()) {
      for (const kept of await journal.plans(maxEndedPlans))
        plans.push(this.#hereNow(kept.id) ?? appliedPlan(kept, this.#stateOf(journal, kept)));
      unread.push(...journal.unread);
    }
    if (of !== azure()) return [];
    plans.sort((a, b) => (a.id < b.id ? 1 : -1));
    for (const { id, state } of plans) if (state === "elsewhere") this.#elsewhere.add(id);
    const ended = plans.filter(({ state }) => state === "ended").slice(0, maxEndedPlans);
    const shown = new Set(ended);
    board.set(
      plans.filter((applied) => applied.state !== "ended" || shown.has(applied)),
      unread,
    );
    return plans.filter(({ state }) => state === "interrupted");
  }

  /**
   * The same, but of the interrupted ones only those that are to be offered: each once, those that were so when they were read first, and
   * those of other windows that stopped responding. A closed window leaves its plans to the next one that opens.
   */
  async takeOffers(): Promise<readonly AppliedPlan[]> {
    const azure = this.#options.azure();
    const interrupted = await this.refresh();
    const isFirst = azure !== undefined && !this.#readOnce.has(azure);
    if (azure !== undefined) this.#readOnce.add(azure);
    if (isFirst) return interrupted;
    const lost = interrupted.filter(({ id }) => this.#elsewhere.delete(id));
    const kept = await Promise.all(lost.map(({ id }) => this.find(id)));
    return lost.filter((_, index) => kept[index]?.kept.state !== "left");
  }

  /** What this window applies is left to the next one. */
  dispose(): void {
    clearTimeout(this.#timer);
    for (const journal of this.#journals.values()) journal.leave();
  }

  #stateOf(journal: Journal, kept: KeptPlan): PlanState {
    if (kept.state === "closed") return "ended";
    if (journal.running.has(kept.id)) return "here";
    const silentMs = Date.now() - kept.seenAt;
    const isSilent = silentMs >= this.#options.silenceMs() || silentMs < -maxAheadMs;
    return kept.state === "left" || isSilent ? "interrupted" : "elsewhere";
  }

  /** The run, whose progress the view follows. */
  #shown(
    run: Run,
    plan: Plan,
    { origin, ...earlier }: Pick<AppliedPlan, "origin" | "retries" | "undoes">,
    known: readonly ChangeResult[],
  ): ShownRun {
    const results = [...known];
    const at = new Date().toISOString();
    const from = { origin, ...earlierPlans(earlier) };
    const applied: AppliedPlan = { id: run.id, at, ...from, ...shownPlan(plan, known), state: "here" };
    const here: Here = { applied, results };
    this.#here.set(run.id, here);
    this.#tellHere();
    return {
      id: run.id,
      signal: run.signal,
      sending: (change) => run.sending(change),
      ended: (result) => {
        run.ended(result);
        results.push(result);
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#tellHere();
        }, refreshIntervalMs);
      },
      cancelling: (inFlight) => {
        here.inFlight = inFlight;
        this.#tellHere();
      },
      close: async () => {
        await run.close();
        this.#here.delete(run.id);
        await this.refresh();
      },
    };
  }

  #tellHere(): void {
    const { board } = this.#options;
    const here = [...this.#here.keys()].flatMap((id) => this.#hereNow(id) ?? []);
    const others = board.plans.filter(({ id }) => !this.#here.has(id));
    board.set(
      [...here, ...others].sort((a, b) => (a.id < b.id ? 1 : -1)),
      board.unread,
    );
  }

  /** A plan of this window as far as it has come. */
  #hereNow(id: string): AppliedPlan | undefined {
    const here = this.#here.get(id);
    if (here === undefined) return undefined;
    const { applied, results, inFlight } = here;
    return { ...applied, ...shownPlan(applied.plan, results), ...(inFlight !== undefined && { inFlight }) };
  }

  /** Of the Azure that is connected: one for each account. */
  async #all(): Promise<readonly Journal[]> {
    const azure = this.#options.azure();
    if (azure === undefined) return [];
    const accounts = azure.origin === "sandbox" ? [undefined] : await this.#options.accounts();
    return accounts.map((account) => this.#journalOf(azure, account));
  }

  /** The account through which the first resource of a plan was reached: where others were, its file names them all the same. */
  async #accountOf({ changes: [first] }: Plan): Promise<string | undefined> {
    const key = subscriptionOf(idKey(first?.target ?? ""));
    const subscription = this.#options.store.snapshot.subscriptions.get(key);
    return subscription?.subscription.through.account?.id ?? (await this.#options.accounts())[0];
  }

  /** Through whom the subscriptions of a plan are reached, as far as the fleet knows it. */
  #accessOf({ changes }: Plan): readonly PlanAccess[] {
    const { subscriptions } = this.#options.store.snapshot;
    const keys = new Set(changes.map(({ target }) => subscriptionOf(idKey(target))));
    return [...keys].flatMap((key): readonly PlanAccess[] => {
      const subscription = subscriptions.get(key)?.subscription;
      if (subscription === undefined) return [];
      const { subscriptionId, through } = subscription;
      const account = through.account && { account: digestOf(through.account.id) };
      return [{ subscriptionId, tenantId: through.tenantId, ...account }];
    });
  }

  #journalOf(azure: Azure, account: string | undefined): Journal {
    const { storage, isLasting, log } = this.#options;
    const key = storageKey(azure.cloud.endpoint, azure.origin === "sandbox" ? undefined : (account ?? ""));
    const known = this.#journals.get(key);
    if (known !== undefined) return known;
    const folder = isLasting(azure) ? folderOnDisk(join(storage.fsPath, "plans", key)) : folderInMemory();
    const every = (ms: number, work: () => void) => {
      const timer = setInterval(work, ms);
      return { dispose: () => clearInterval(timer) };
    };
    const journal = new Journal({ folder, owner: this.#owner, now: () => Date.now(), every, log });
    this.#journals.set(key, journal);
    return journal;
  }
}
