import type { Change, ChangeResult, Outcome, Plan } from "../../core/plans/plan.ts";
import { makeChange, problemWith } from "./makeChange.ts";
import type { Clients } from "../clients/clients.ts";
import type { ApplyOptions } from "../contracts.ts";
import { AzureError } from "../errors/errors.ts";
import { execute } from "./executor.ts";
import { explain } from "../errors/explanations.ts";

/** What applying a plan takes from the connection. */
export interface Sending {
  clientsFor(change: Change): Promise<Clients>;
  /** Resolves when Azure's quota lets the change through. Rejects with an AbortError as soon as the plan is cancelled. */
  admit(change: Change): Promise<void>;
}

/** Sends a plan to Azure; see `Azure.apply`. */
export function sendPlan(
  plan: Plan,
  options: ApplyOptions,
  { clientsFor, admit }: Sending,
): Promise<readonly ChangeResult[]> {
  /** The tenants where the user has refused what Azure demands of a sign-in: she is not asked again for each change. */
  const refused = new Set<Clients>();
  return execute(plan, options, async (change): Promise<Outcome> => {
    let clients: Clients;
    let beside: Clients;
    try {
      clients = await clientsFor(change);
      beside = change.provided ? await clientsFor({ ...change, target: change.provided.id }) : clients;
      await admit(change);
      if (refused.has(clients))
        throw new AzureError({ kind: "stepUpRefused", ...explain("stepUpRefused", { host: "" }) });
    } catch (error) {
      const problem = problemWith(change, error);
      return problem.kind === "cancelled" ? { status: "notStarted" } : { status: "failed", problem };
    }
    const outcome = await makeChange(clients, change, options, beside);
    if (outcome.status === "failed" && outcome.problem.kind === "stepUpRefused") refused.add(clients);
    return outcome;
  });
}
