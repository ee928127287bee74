import { message, type Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Fact } from "../engine/question.ts";

export function subscriptionName(snapshot: Snapshot, subscriptionId: string): string {
  return snapshot.subscriptions.get(subscriptionId)?.subscription.displayName ?? subscriptionId;
}

/** What keeps the list of subscriptions from being whole. */
export function subscriptionFacts({ failedTenants, loading, subscriptions }: Snapshot): readonly Fact[] {
  const failures = failedTenants.map(({ displayName, problem }) =>
    failure(message("Couldn't load subscriptions of {0}", displayName), problem),
  );
  if (subscriptions.size > 0) return failures;
  if (loading) return [...failures, loadingFact(message("Still loading subscriptions"))];
  return failures.length > 0 ? failures : [noSubscriptions];
}

/** More subscriptions than this are counted, with the reason of the first. */
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
      ? [failure(words.failed(several(failures.length)), first.problem)]
      : failures.map(({ displayName, problem }) => failure(words.failed(displayName), problem))),
    ...(loading.length > maxListedSubscriptions
      ? [loadingFact(words.loading(several(loading.length)))]
      : loading.map(({ subscription }) => loadingFact(words.loading(subscription.displayName)))),
  ];
}

const several = (count: number) => message("{0} subscriptions", count);

const wordsOf = {
  configurations: {
    failed: (name: string | Message) => message("Couldn't load maintenance configurations of {0}", name),
    loading: (name: string | Message) => message("Still loading maintenance configurations of {0}", name),
  },
  scaleSets: {
    failed: (name: string | Message) => message("Couldn't load scale sets of {0}", name),
    loading: (name: string | Message) => message("Still loading scale sets of {0}", name),
  },
};

const noSubscriptions: Fact = {
  kind: "fact",
  icon: "info",
  label: message("No Azure subscriptions found for this account"),
  detail: message("Check your accounts and the subscription filter."),
};

function loadingFact(label: Fact["label"]): Fact {
  return {
    kind: "fact",
    icon: "loading~spin",
    label,
    detail: message("Try again in a moment."),
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
