import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Snapshot, SubscriptionRecord } from "../../fleet/snapshot/snapshot.ts";
import type { ViewState } from "../../ui/viewState.ts";
import type { Action, Note, Standing } from "./contract.ts";
import type { ReportWording } from "./wording.ts";

/** What is to be known of the fleet as a whole before one reads on. */
export function standingOf(snapshot: Snapshot, viewState: ViewState, wording: ReportWording): Standing {
  const { say } = wording;
  const instead = insteadOf(snapshot, viewState, say);
  const notes = [...sandbox(snapshot, say), ...reading(snapshot, wording), ...failures(snapshot, say)];
  return { notes, growing: isGrowing(snapshot), ...(instead && { instead }) };
}

/** A later reading changes what is known already, and marks nothing. */
function isGrowing({ loading, readAt, savedAt }: Snapshot): boolean {
  return loading && readAt === undefined && savedAt === undefined;
}

function insteadOf(
  { scaleSets, danglingAssociations, problem, loading }: Snapshot,
  viewState: ViewState,
  say: (text: Message) => string,
): Note | undefined {
  if (scaleSets.size + danglingAssociations.size > 0) return undefined;
  const signIn = action("signIn", message("Sign In"), say);
  const openSandbox = action("openSandbox", message("Open Sandbox"), say);
  const refresh = action("refresh", message("Refresh"), say);
  const showLog = action("showLog", message("Show Log"), say);
  const quiet = (text: Message, actions: readonly Action[] = []): Note => ({
    tone: "quiet",
    text: say(text),
    actions,
  });
  switch (viewState) {
    case "idle":
    case "loading":
      return quiet(message("The fleet is being read…"));
    case "signingIn":
      return quiet(message("Signing in: answer VS Code's questions, and those of the sign-in page."));
    case "signedOut":
      return quiet(message("The report shows your fleet once you are signed in, or the sandbox."), [
        signIn,
        openSandbox,
      ]);
    case "failed":
      return {
        tone: "bad",
        text: problem === undefined ? say(message("The fleet could not be read.")) : inWords(problem, say),
        actions: [action("refresh", message("Try Again"), say), showLog],
      };
    case "noSubscriptions":
      return quiet(message("Your account sees no Azure subscription."), [signIn, openSandbox]);
    case "filterEmpty":
      return quiet(message("None of your subscriptions is among those that you selected to be shown."), [
        action("selectSubscriptions", message("Select Subscriptions"), say),
      ]);
    case "ready":
      return loading
        ? quiet(message("The fleet is being read…"))
        : quiet(message("There is no scale set in the subscriptions that are shown."), [refresh]);
  }
}

function sandbox({ origin }: Snapshot, say: (text: Message) => string): readonly Note[] {
  if (origin !== "sandbox") return [];
  const text = say(message("Sandbox: nothing here is real, and nothing leaves your machine."));
  return [{ tone: "quiet", text, actions: [] }];
}

function reading(snapshot: Snapshot, { say, ago }: ReportWording): readonly Note[] {
  const { loading, scaleSets, savedAt } = snapshot;
  if (savedAt !== undefined) {
    const saved = message(
      "As it was {0}, when it was saved; what has been read anew since is in it.",
      ago(savedAt),
    );
    return [
      {
        tone: "doubtful",
        text: say(saved),
        actions: loading ? [] : [action("refresh", message("Refresh"), say)],
      },
    ];
  }
  if (!isGrowing(snapshot) || scaleSets.size === 0) return [];
  const text = say(message("The fleet is being read anew. Scale sets so far: {0}", scaleSets.size));
  return [{ tone: "quiet", text, actions: [] }];
}

/** What is missing from all that follows, since nobody could read it. */
function failures(snapshot: Snapshot, say: (text: Message) => string): readonly Note[] {
  const { problem, failedTenants, withoutGraph, subscriptions, malformed, hiddenSubscriptions, scaleSets } =
    snapshot;
  const refresh = action("refresh", message("Refresh"), say);
  const showLog = action("showLog", message("Show Log"), say);
  const unread = [...subscriptions.values()].filter(
    ({ scaleSets: sets, configurations }) => sets.state === "failed" || configurations.state === "failed",
  );
  const namesOf = (records: readonly SubscriptionRecord[]) =>
    fewOf(
      records.map(({ subscription }) => subscription.displayName),
      say,
    );
  const byLists = [...subscriptions.values()].filter(({ graphProblem }) => graphProblem !== undefined);
  const notEnabled = [...subscriptions.values()].filter(
    ({ subscription }) => subscription.state !== undefined,
  );
  const quiet = (text: Message): Note => ({ ...doubtful(text, []), tone: "quiet" });
  const doubtful = (text: Message, actions: readonly Action[] = [refresh, showLog]): Note => ({
    tone: "doubtful",
    text: say(text),
    actions,
  });
  return [
    ...(problem === undefined || scaleSets.size === 0
      ? []
      : [
          { ...doubtful(message("Reading ended early, so that this may not be all.")), tone: "bad" } as const,
        ]),
    ...(failedTenants.length === 0
      ? []
      : [
          doubtful(
            message(
              "Tenants that could not be read, so that their sets are missing: {0}",
              failedTenants.length,
            ),
            [action("signIn", message("Sign In"), say), refresh],
          ),
        ]),
    ...(unread.length === 0
      ? []
      : [doubtful(message("Not all of these subscriptions could be read: {0}", namesOf(unread)))]),
    ...(notEnabled.length === 0
      ? []
      : [quiet(message("Subscriptions that Azure doesn’t call enabled: {0}", namesOf(notEnabled)))]),
    ...(byLists.length === 0
      ? []
      : [quiet(message("Resource Graph failed, so ARM’s lists were read for: {0}", namesOf(byLists)))]),
    ...(withoutGraph.length === 0
      ? []
      : [
          {
            ...doubtful(
              message(
                "Tenants that Resource Graph refused, so that they are read more slowly: {0}",
                withoutGraph.length,
              ),
              [],
            ),
            tone: "quiet",
          } as const,
        ]),
    ...(malformed.length === 0
      ? []
      : [
          doubtful(
            message(
              "Resources that Azure described in a way that is not understood, and that are left out: {0}",
              malformed.length,
            ),
            [],
          ),
        ]),
    ...(hiddenSubscriptions === 0
      ? []
      : [
          {
            ...doubtful(
              message(
                "Filtered: {0} of {1} subscriptions",
                subscriptions.size,
                subscriptions.size + hiddenSubscriptions,
              ),
              [action("selectSubscriptions", message("Select Subscriptions"), say)],
            ),
            tone: "quiet",
          } as const,
        ]),
  ];
}

function inWords({ summary, wayOut }: Problem, say: (text: Message) => string): string {
  return [say(summary), ...(wayOut === undefined ? [] : [say(wayOut)])].join(" ");
}

function fewOf(names: readonly string[], say: (text: Message) => string): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? say(message("{0} and {1} more", shown, names.length - 3)) : shown;
}

function action(command: string, label: Message, say: (text: Message) => string): Action {
  return { command, label: say(label) };
}
