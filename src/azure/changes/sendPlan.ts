import type { Change, ChangeResult, Outcome, Plan } from "../../core/plans/plan.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { joined, message, verbatim } from "../../core/text/message.ts";
import type { Clients } from "../clients/clients.ts";
import type { ApplyOptions } from "../contracts.ts";
import { errorOf } from "../errors/errors.ts";
import type { ApiVersions } from "../http/apiVersions.ts";
import type { RetryTime } from "../http/retry.ts";
import type { Bucket, WriteQuota } from "../http/writeQuota.ts";
import { subscriptionNamedBy } from "../clients/places.ts";
import { calls } from "./calls.ts";
import { makeChange, problemWith } from "./makeChange.ts";
import { execute } from "./executor.ts";
import { Looks } from "./looks.ts";

/** What applying a plan takes from the connection. */
export interface Sending {
  clientsFor(id: string, signal: AbortSignal): Promise<Clients>;
  readonly quota: WriteQuota;
  readonly apiVersions: Pick<ApiVersions, "takenOf">;
  readonly time: RetryTime;
}

/** Applies a plan; see `Azure.apply`. */
export function sendPlan(
  plan: Plan,
  options: ApplyOptions,
  { clientsFor, quota, apiVersions, time }: Sending,
): Promise<readonly ChangeResult[]> {
  const looks = new Looks({ clientsFor, time });
  /** The tenants where the user has refused what Azure demands of a sign-in: she is not asked again for each change. */
  const refused = new Set<Clients>();
  return execute(plan, options, async (change, place, signal): Promise<Outcome> => {
    let clients: Clients;
    let bucket: Bucket;
    try {
      bucket = quota.bucket(subscriptionNamedBy(change.target), calls[change.kind].isDeletion === true);
      clients = await clientsFor(change.target, signal);
      await quota.admit(bucket, signal);
      if (refused.has(clients)) throw errorOf("stepUpRefused");
    } catch (error) {
      const problem = problemWith(change, error);
      return problem.kind === "cancelled" ? { status: "notStarted" } : { status: "failed", problem };
    }
    const outcome = await makeChange(change, {
      ...options,
      ...{ signal, clients, looks, time, place },
      takenOf: apiVersions.takenOf.bind(apiVersions),
      mayGoOn: quota.mayGoOn.bind(quota, quota.refusalsIn(bucket)),
    });
    if (outcome.status === "failed" && outcome.problem.kind === "stepUpRefused") refused.add(clients);
    return change.onFailureOf === undefined ? outcome : notMadeGood(change, outcome);
  });
}

/** What was to make good a failed move has failed too, or is not seen to be done: the set is left without what it had. */
function notMadeGood(change: Change, outcome: Outcome): Outcome {
  if (!("problem" in outcome)) return outcome;
  const { problem } = outcome;
  const lost = message(
    "{0} now has no maintenance window. Its upgrades can start at any time.",
    verbatim(nameOf(subjectOf(change))),
  );
  const wayOut = message("Associate it with a configuration, or turn off its automatic OS upgrades.");
  return { ...outcome, problem: { ...problem, summary: joined(" ", [lost, problem.summary]), wayOut } };
}
