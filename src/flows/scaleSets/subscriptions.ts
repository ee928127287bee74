import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Fact } from "../engine/question.ts";

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

/** More subscriptions than this are told together. */
const maxListedSubscriptions = 3;

/** What keeps a list of this part, taken over all subscriptions, from being whole: never hidden, never an empty list. */
export function partFacts(snapshot: Snapshot, part: keyof typeof wordsOf): readonly Fact[] {
  const words = wordsOf[part];
  const records = [...snapshot.subscriptions.values()];
  const loading = records.filter((record) => record[part].state === "loading");
  const failures = records.flatMap(({ subscription: { displayName }, [part]: state }) =>
    state.state === "failed" ? [{ displayName, problem: state.problem }] : [],
  );
  const [first] = failures;
  return [
    ...subscriptionFacts(snapshot),
    ...(first !== undefined && failures.length > maxListedSubscriptions
      ? [failure(words.manyFailed(failures.length), first.problem)]
      : failures.map(({ displayName, problem }) => failure(words.failed(displayName), problem))),
    ...(loading.length > maxListedSubscriptions
      ? [loadingFact(words.manyBeingRead(loading.length))]
      : loading.map(({ subscription }) => loadingFact(words.beingRead(subscription.displayName)))),
  ];
}

const wordsOf = {
  configurations: {
    failed: (name: string) => message("Maintenance configurations of {0} could not be read", name),
    manyFailed: (count: number) =>
      message("Maintenance configurations of {0} subscriptions could not be read, the first because:", count),
    beingRead: (name: string) => message("Maintenance configurations of {0} are still being read", name),
    manyBeingRead: (count: number) =>
      message("Maintenance configurations of {0} subscriptions are still being read", count),
  },
  scaleSets: {
    failed: (name: string) => message("Scale sets of {0} could not be read", name),
    manyFailed: (count: number) =>
      message("Scale sets of {0} subscriptions could not be read, the first because:", count),
    beingRead: (name: string) => message("Scale sets of {0} are still being read", name),
    manyBeingRead: (count: number) => message("Scale sets of {0} subscriptions are still being read", count),
  },
};

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
