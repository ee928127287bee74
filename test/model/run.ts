import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import type { Azure } from "../../src/azure/contracts.ts";
import { isAzureError, problemOf } from "../../src/azure/errors/errors.ts";
import { openAzure } from "../../src/azure/open.ts";
import { eligibility } from "../../src/core/eligibility/eligibility.ts";
import { readByUndo, whyNoInverse } from "../../src/core/plans/inverses.ts";
import { toRetry } from "../../src/core/plans/leftToDo.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../src/core/plans/plan.ts";
import type { Now } from "../../src/core/plans/undo.ts";
import type { ScheduleFacts } from "../../src/core/windows/types.ts";
import type { JsonObject } from "../../src/core/resources/json.ts";
import { idKey, type IdKey } from "../../src/core/resources/ids.ts";
import { saysNotFound } from "../../src/core/text/problem.ts";
import { freshnessOf } from "../../src/core/upgrades/freshness.ts";
import { scheduleFacts } from "../../src/core/windows/facts.ts";
import { applyPlan } from "../../src/fleet/plans/applyPlan.ts";
import { resumePlan } from "../../src/fleet/plans/interrupted.ts";
import { Journal } from "../../src/fleet/plans/journal.ts";
import { sentChange, type KeptPlan } from "../../src/fleet/plans/planFile.ts";
import { folderInMemory, type PlanFolder } from "../../src/fleet/plans/planFolder.ts";
import { FleetStore } from "../../src/fleet/store.ts";
import type { FlowContext } from "../../src/flows/engine/context.ts";
import { retryFlow } from "../../src/flows/plans/retry.ts";
import { undoFlow } from "../../src/flows/plans/undo.ts";
import { turnedClock, type TurnedClock } from "../support/turnedClock.ts";
import { beginningOf } from "./beginning.ts";
import type { FollowUp, Scenario } from "./scenario.ts";
import { userWith, type User } from "./user.ts";
import { planFor } from "./wishes.ts";
import { ModelAzure } from "./world/azure.ts";
import type { Disturbance } from "./world/disturbances.ts";
import { endpoint } from "./world/ids.ts";

/** A plan that was confirmed and applied, and what the journal has of it in the end. */
export interface PlanRun {
  readonly plan: Plan;
  /** What she was shown and what she answered. */
  readonly user: Pick<User, "review" | "answers">;
  /** The number of the first request after the confirmation. */
  readonly since: number;
  /** The index of the latest entry of the world's history then. */
  readonly from: number;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Whether the window was closed before the end, and another one went on. */
  readonly isResumed: boolean;
}

export interface Run {
  readonly scenario: Scenario;
  readonly world: ModelAzure;
  /** In order: the wish's, and what follows it. None where nothing was confirmed. */
  readonly plans: readonly PlanRun[];
}

const beginsAt = "2026-11-26T12:00:00Z";
const never = new AbortController().signal;
const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Worked out as of the beginning, once for each window: the arithmetic of calendars is proven elsewhere, and takes long. */
function schedules(configuration: JsonObject): ScheduleFacts {
  const key = JSON.stringify(configuration["properties"]);
  const facts = knownSchedules.get(key) ?? scheduleFacts(configuration, beginsAt);
  knownSchedules.set(key, facts);
  return facts;
}

const knownSchedules = new Map<string, ScheduleFacts>();

/** Runs a scenario to its end, until nothing is to come in its world any more. */
export async function runScenario(scenario: Scenario): Promise<Run> {
  const clock = turnedClock(beginsAt);
  const world = new ModelAzure(beginningOf(scenario.fleet, clock.now()), clock, scenario.fleet);
  const desk = new Desk(world, clock);
  const plans: PlanRun[] = [];
  try {
    await desk.read();
    const user = userWith(scenario.wish.choices);
    const plan = await unlessFailed(planFor(scenario.wish, desk.context(user)));
    const first = plan && (await desk.apply(plan, user, scenario.disturbances));
    if (first !== undefined) plans.push(first.run);
    if (first !== undefined && scenario.afterwards !== undefined) {
      const second = await desk.followUp(first.kept, scenario.afterwards);
      if (second !== undefined) plans.push(second);
    }
    world.settle();
  } finally {
    desk.dispose();
  }
  return { scenario, world, plans };
}

/** One user's fleet and journal, and the windows in which she works. */
class Desk {
  readonly #world: ModelAzure;
  readonly #clock: TurnedClock;
  readonly #store: FleetStore;
  readonly #folder: PlanFolder = folderInMemory();
  #azure: Azure;
  #windows = 0;

  constructor(world: ModelAzure, clock: TurnedClock) {
    this.#world = world;
    this.#clock = clock;
    this.#azure = this.#open();
    this.#store = new FleetStore({
      loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts: schedules }),
      problemOf,
      wanted: () => () => true,
      now: () => this.#now(),
      log: quiet,
    });
    this.#store.connect(this.#azure);
  }

  async read(): Promise<void> {
    await this.#store.refresh(never);
    await this.#store.settled();
  }

  context(user: User): FlowContext {
    return {
      snapshot: () => this.#store.snapshot,
      azure: this.#azure,
      now: () => this.#now(),
      localZone: "Europe/Berlin",
      prompter: user.prompter,
      drafts: { load: () => undefined, save: async () => {}, clear: async () => {} },
      showRequests: async () => {},
      showText: async () => {},
      confirm: async () => true,
      whenRead: () => this.#store.settled(),
      readEligibilityFacts: (ids) => this.#store.readEligibilityFacts(ids.map(idKey), never),
      textFrom: async () => "",
      exportAsCode: async () => {},
      explain: async () => {},
    };
  }

  /** Applies a plan, and goes on with it in another window where this one is closed. */
  async apply(
    plan: Plan,
    user: User,
    disturbances: readonly Disturbance[],
  ): Promise<{ readonly run: PlanRun; readonly kept: KeptPlan }> {
    const { history } = this.#world;
    const confirmed = { plan, user, since: history.exchanges.length, from: history.latest };
    this.#world.disturb(disturbances);
    const journal = this.#journal();
    const run = await journal.begin(plan, "sandbox");
    const closing = disturbances.find((one) => one.kind === "closed");
    const closeAt = (moment: "sending" | "answering") => (write: number) => {
      if (closing?.moment === moment && closing.write === write) journal.leave();
    };
    let sent = 0;
    const isSending = closeAt("sending");
    const onStarted = () => isSending(sent++);
    this.#world.onWrite = closeAt("answering");
    await applyPlan(this.#azure, this.#store, plan, { signal: never, run, onStarted });
    await run.close();
    this.#world.onWrite = undefined;
    let kept = await keptIn(journal, run.id);
    const isResumed = kept.state === "left";
    if (isResumed) {
      this.#world.others(closing?.meanwhile);
      kept = await this.#resume(kept);
    }
    return { run: { ...confirmed, outcomes: kept.outcomes, isResumed }, kept };
  }

  async followUp(kept: KeptPlan, order: FollowUp): Promise<PlanRun | undefined> {
    const { what, meanwhile, disturbances, choices } = order;
    this.#world.disturb([]);
    this.#world.others(meanwhile);
    const results = kept.plan.changes.flatMap((change): ChangeResult[] => {
      const outcome = kept.outcomes.get(change.id);
      return outcome === undefined ? [] : [{ change: sentChange(change, kept), outcome }];
    });
    const user = userWith(choices);
    const context = this.context(user);
    const follow = what === "undo" ? this.#undo(context, kept, results) : this.#retry(context, kept, results);
    const plan = await unlessFailed(follow);
    return plan && (await this.apply(plan, user, disturbances)).run;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #undo(context: FlowContext, { id, plan }: KeptPlan, results: readonly ChangeResult[]) {
    const done = results.filter(({ change, outcome }) => outcome.status === "done" && !whyNoInverse(change));
    const now = await this.#readNow(done.flatMap(({ change }) => readByUndo(change)));
    return undoFlow(context, { planId: id, title: plan.title, results, now });
  }

  async #retry(context: FlowContext, { id, plan }: KeptPlan, results: readonly ChangeResult[]) {
    const { changes, waiting } = toRetry(results);
    const now = await this.#readNow(changes.filter(comparesWithNow).map(({ target }) => target));
    return retryFlow(context, { planId: id, title: plan.title, changes, waiting, now });
  }

  async #resume(left: KeptPlan): Promise<KeptPlan> {
    this.#azure = this.#open();
    this.#store.connect(this.#azure);
    await this.read();
    const journal = this.#journal();
    const taken = await journal.takeOver(left);
    if (taken === undefined) throw new Error("The plan can't be taken over.");
    await resumePlan(this.#azure, this.#store, taken.plan, taken.run, { signal: never });
    await taken.run.close();
    return keptIn(journal, left.id);
  }

  async #readNow(ids: readonly string[]): Promise<ReadonlyMap<IdKey, Now>> {
    const now = new Map<IdKey, Now>();
    for (const id of new Set(ids)) {
      try {
        now.set(idKey(id), { resource: await this.#azure.read(id, never) });
      } catch (error) {
        const problem = problemOf(error);
        now.set(idKey(id), saysNotFound(problem) ? "gone" : { unread: problem.summary });
      }
    }
    return now;
  }

  #open(): Azure {
    const { httpClient } = this.#world;
    const connection = connectToEndpoint({ origin: "sandbox", endpoint, token: "model", httpClient });
    return openAzure(connection, quiet, "0.0.0", { ...this.#clock, random: () => 0 });
  }

  #journal(): Journal {
    this.#windows += 1;
    return new Journal({
      folder: this.#folder,
      owner: `window-${this.#windows}`,
      now: () => this.#clock.now(),
      every: () => ({ dispose: () => undefined }),
      log: quiet,
    });
  }

  #now(): string {
    return `${new Date(this.#clock.now()).toISOString().slice(0, 19)}Z`;
  }
}

/** A flow that can't read what it is about tells so and ends: nothing is confirmed. */
async function unlessFailed(flow: Promise<Plan | undefined>): Promise<Plan | undefined> {
  try {
    return await flow;
  } catch (error) {
    if (isAzureError(error)) return undefined;
    throw error;
  }
}

async function keptIn(journal: Journal, id: string): Promise<KeptPlan> {
  const kept = await journal.plan(id);
  if (kept === undefined) throw new Error(`The journal has lost the plan ${id}.`);
  return kept;
}

function comparesWithNow({ kind }: Change): boolean {
  return kind !== "addHealthExtension" && kind !== "registerProvider" && kind !== "createResourceGroup";
}
