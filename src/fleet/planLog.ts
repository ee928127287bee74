import { isObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import type { ChangeResult, Outcome, Plan } from "../core/plan.ts";
import type { JournalStorage } from "./journal.ts";

/** A plan that was applied, and what became of it. */
export interface AppliedPlan {
  /** Tells it from the others of the window. */
  readonly id: string;
  /** When its results were known: an ISO instant. */
  readonly at: string;
  readonly origin: "azure" | "sandbox";
  readonly plan: Plan;
  readonly results: readonly ChangeResult[];
}

const key = "plans.1";

/** How many plans are kept, and how many changes they may have together, the latest plan aside. */
const mostPlans = 20;
const mostChanges = 2000;

/** The plans that this window applied, the latest first: what they said, without what they sent or read. */
export class PlanLog {
  readonly #storage: JournalStorage;
  readonly #log: Pick<Log, "error">;
  readonly #listeners = new Set<() => void>();
  #plans: readonly AppliedPlan[];

  constructor(storage: JournalStorage, log: Pick<Log, "error">) {
    this.#storage = storage;
    this.#log = log;
    const stored = storage.get(key);
    this.#plans = Array.isArray(stored) ? stored.filter(isAppliedPlan) : [];
  }

  get plans(): readonly AppliedPlan[] {
    return this.#plans;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  add(applied: Omit<AppliedPlan, "id">): void {
    const number = Math.max(0, ...this.#plans.map(({ id }) => Number(id))) + 1;
    this.#plans = withinBounds([{ ...told(applied), id: String(number) }, ...this.#plans]);
    this.#storage.update(key, this.#plans).then(undefined, (error: unknown) => {
      this.#log.error(`The results of a plan could not be kept: ${String(error)}`);
    });
    for (const listener of this.#listeners) listener();
  }
}

function withinBounds(plans: readonly AppliedPlan[]): readonly AppliedPlan[] {
  let changes = 0;
  return plans.slice(0, mostPlans).filter(({ results }, index) => {
    changes += results.length;
    return index === 0 || changes <= mostChanges;
  });
}

/** What a report is made of. */
function told({ plan, results, ...rest }: Omit<AppliedPlan, "id">): Omit<AppliedPlan, "id"> {
  const heading = ({ id, kind, target, title, needs }: ChangeResult["change"]) => ({
    id,
    kind,
    target,
    title,
    needs,
  });
  const outcomeOf = (outcome: Outcome): Outcome => (outcome.status === "done" ? { status: "done" } : outcome);
  return {
    ...rest,
    plan: { ...plan, changes: plan.changes.map(heading) },
    results: results.map(({ change, outcome }) => ({ change: heading(change), outcome: outcomeOf(outcome) })),
  };
}

/** What an older or newer version left in another shape is none. */
function isAppliedPlan(value: unknown): value is AppliedPlan {
  return (
    isObject(value) &&
    typeof value["id"] === "string" &&
    typeof value["at"] === "string" &&
    isObject(value["plan"]) &&
    Array.isArray(value["results"])
  );
}
