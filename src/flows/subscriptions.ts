import { message } from "../core/message.ts";
import type { Problem } from "../core/problem.ts";
import type { Snapshot, SubscriptionRecord } from "../fleet/snapshot.ts";
import type { Fact } from "./question.ts";

export function subscriptionName(snapshot: Snapshot, subscriptionId: string): string {
  return snapshot.subscriptions.get(subscriptionId)?.subscription.displayName ?? subscriptionId;
}

/** What keeps the list of subscriptions from being whole. */
export function subscriptionFacts({ failedTenants, loading, subscriptions }: Snapshot): readonly Fact[] {
  const failures = failedTenants.map(({ displayName, problem }) =>
    failure(message("Subscriptions of {0} could not be read", displayName), problem),
  );
  if (subscriptions.size > 0) return failures;
  if (loading) return [...failures, loadingFact(message("Subscriptions are still being read"))];
  return failures.length > 0 ? failures : [noSubscriptions];
}

/** What keeps a list of this part, taken over all subscriptions, from being whole: never hidden, never an empty list. */
export function partFacts(snapshot: Snapshot, part: "configurations" | "scaleSets"): readonly Fact[] {
  const records = [...snapshot.subscriptions.values()];
  return [...subscriptionFacts(snapshot), ...records.flatMap((record) => partFact(record, part))];
}

function partFact(record: SubscriptionRecord, part: "configurations" | "scaleSets"): readonly Fact[] {
  const { displayName } = record.subscription;
  const state = record[part];
  const isSets = part === "scaleSets";
  if (state.state === "failed") {
    const what = isSets
      ? message("Scale sets of {0} could not be read", displayName)
      : message("Maintenance configurations of {0} could not be read", displayName);
    return [failure(what, state.problem)];
  }
  if (state.state === "ready") return [];
  const what = isSets
    ? message("Scale sets of {0} are still being read", displayName)
    : message("Maintenance configurations of {0} are still being read", displayName);
  return [loadingFact(what)];
}

const noSubscriptions: Fact = {
  kind: "fact",
  icon: "info",
  label: message("There is no subscription"),
  detail: message("Check the accounts that you are signed in with, and the filter in the settings."),
};

function loadingFact(label: Fact["label"]): Fact {
  return {
    kind: "fact",
    icon: "loading~spin",
    label,
    detail: message("Close this and start again in a moment to see them."),
  };
}

function failure(label: Fact["label"], problem: Problem): Fact {
  const { summary, wayOut } = problem;
  return {
    kind: "fact",
    icon: "error",
    label,
    detail: wayOut === undefined ? summary : message("{0} {1}", summary, wayOut),
  };
}
