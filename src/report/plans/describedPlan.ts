import type { Change, Outcome, Plan } from "../../core/plans/plan.ts";
import { subscriptionOf, idKey } from "../../core/resources/ids.ts";
import type { Message } from "../../core/text/message.ts";
import type { PlanState } from "../../fleet/plans/planBoard.ts";

/** A plan that was applied, or is being applied, with all that is kept of it: what its page and its exports are made of. */
export interface DescribedPlan {
  readonly id: string;
  readonly title: Message;
  /** How far it has come, in one line. */
  readonly standing: Message;
  readonly state: PlanState;
  readonly origin: "azure" | "sandbox";
  /** In the order of the plan. */
  readonly changes: readonly DescribedChange[];
  readonly leftOut: Plan["leftOut"];
  /** Milliseconds since the epoch, as are the others. */
  readonly confirmedAt: number;
  readonly firstSentAt?: number;
  readonly endedAt?: number;
  /** Empty where it was not kept. */
  readonly access: readonly Access[];
  /** Absent where it is the public one, and in the sandbox. */
  readonly cloud?: string;
  /** Earlier plans that this one takes back, or makes again, and the later one that takes it back. */
  readonly undoes?: PlanLink;
  readonly retries?: PlanLink;
  readonly undoneBy?: PlanLink;
}

export interface DescribedChange {
  readonly change: Change;
  /** Id of the resource that it is about: of what is done to a scale set, its associations included, the set's. */
  readonly subject: string;
  /** Why it can't be undone; absent where it can. */
  readonly lasting?: Message;
  /** Absent until its end is known. */
  readonly outcome?: Outcome;
  /** Milliseconds since the epoch. */
  readonly sentAt?: number;
  readonly knownAt?: number;
}

/** Through whom a subscription was reached. */
export interface Access {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Its name, where it is known. */
  readonly tenant?: string;
  /** What the user calls the account; `notSignedIn` where no account that is signed in is the one; absent in the sandbox. */
  readonly account?: { readonly label: string } | "notSignedIn";
}

export interface PlanLink {
  readonly id: string;
  readonly title: Message;
}

/** Through whom a resource was reached; undefined where it was not kept. */
export function accessTo(id: string, { access }: Pick<DescribedPlan, "access">): Access | undefined {
  const key = subscriptionOf(idKey(id));
  return access.find(({ subscriptionId }) => subscriptionId.toLowerCase() === key);
}
