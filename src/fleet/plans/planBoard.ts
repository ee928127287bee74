import { Emitter } from "../../core/emitter.ts";
import type { Change, ChangeResult, Plan } from "../../core/plans/plan.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { UnreadFile } from "./planFiles.ts";

/** A plan that was applied or is being applied, and what is known of it: what it says, without what it sends or has read. */
export interface AppliedPlan {
  /** Tells it from the others of the Azure. */
  readonly id: string;
  /** When it was begun: an ISO instant. */
  readonly at: string;
  readonly origin: "azure" | "sandbox";
  readonly plan: Plan;
  /** Of the changes whose end is known; of all of them once the plan has ended. */
  readonly results: readonly ChangeResult[];
  readonly state: PlanState;
  /** Once the user has cancelled a plan of this window: how many of its changes were sent and have not ended yet. */
  readonly inFlight?: number;
  /** Id of the earlier plan whose changes this one makes again. */
  readonly retries?: string;
  /** Id of the earlier plan that this one takes back. */
  readonly undoes?: string;
}

export type PlanState =
  /** This window applies it. */
  | "here"
  /** Another window applies it, and has shown that it is alive. */
  | "elsewhere"
  /** The window that applied it was closed, or has not been heard of for long. */
  | "interrupted"
  | "ended";

/** The results of a plan without those whose change a later plan makes again: what is left of these is offered there. */
export function resultsLeft(
  { id, results }: Pick<AppliedPlan, "id" | "results">,
  plans: readonly AppliedPlan[],
): readonly ChangeResult[] {
  const later = plans.filter(({ retries }) => retries === id).flatMap(({ plan }) => plan.changes);
  const takenUp = new Set(later.map(whatChanges));
  return results.filter(({ change }) => !takenUp.has(whatChanges(change)));
}

function whatChanges({ kind, target }: Change): string {
  return `${kind} ${idKey(target)}`;
}

/**
 * The latest plan that takes this one back, or goes on with taking it back; undefined where none has, or none that did has changed anything.
 * `plans`: the latest first.
 */
export function undoneBy(
  id: string,
  plans: readonly Pick<AppliedPlan, "id" | "undoes" | "retries" | "results" | "state">[],
): string | undefined {
  const undoing = new Set<string>();
  let latest: string | undefined;
  for (const plan of plans.toReversed()) {
    if (plan.undoes !== id && !undoing.has(plan.retries ?? "")) continue;
    undoing.add(plan.id);
    const isUndone = plan.state !== "ended" || plan.results.some(({ outcome }) => outcome.status === "done");
    if (isUndone) latest = plan.id;
  }
  return latest;
}

/** The plans of the Azure that is connected, the latest first, as they were read last. */
export class PlanBoard {
  readonly #changed = new Emitter();
  readonly onDidChange = this.#changed.event;
  #plans: readonly AppliedPlan[] = [];
  #unread: readonly UnreadFile[] = [];

  get plans(): readonly AppliedPlan[] {
    return this.#plans;
  }

  /** What could not be read of them. */
  get unread(): readonly UnreadFile[] {
    return this.#unread;
  }

  set(plans: readonly AppliedPlan[], unread: readonly UnreadFile[] = []): void {
    this.#plans = plans;
    this.#unread = unread;
    this.#changed.fire();
  }
}
