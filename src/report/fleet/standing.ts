import { joined, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Snapshot, SubscriptionRecord } from "../../fleet/snapshot/snapshot.ts";
import type { ViewState } from "../../ui/viewState.ts";
import { aboutIn } from "./about.ts";
import type { Note, Standing } from "./contract.ts";
import type { ReportWording } from "./wording.ts";

type Say = (text: Message) => string;

/** A button: its command and its label. */
type Way = readonly [command: string, label: Message];

const refresh: Way = ["refresh", message("Refresh")];
const showLog: Way = ["showLog", message("Show Log")];
const signIn: Way = ["signIn", message("Sign In")];
const openSandbox: Way = ["openSandbox", message("Open Sandbox")];
const selectSubscriptions: Way = ["selectSubscriptions", message("Select Subscriptions")];

/** What is to be known of the fleet as a whole before one reads on. */
export function standingOf(snapshot: Snapshot, viewState: ViewState, wording: ReportWording): Standing {
  const instead = insteadOf(snapshot, viewState, noting(wording.say));
  return {
    about: aboutIn(snapshot, wording),
    notes: notesOf(snapshot, wording),
    growing: snapshot.isFirstReading === true,
    ...(instead && { instead }),
  };
}

function noting(say: Say) {
  return (tone: Note["tone"], text: Message, ...ways: readonly Way[]): Note => ({
    tone,
    text: say(text),
    actions: ways.map(([command, label]) => ({ command, label: say(label) })),
  });
}

function insteadOf(
  { scaleSets, danglingAssociations, problem, loading }: Snapshot,
  viewState: ViewState,
  note: ReturnType<typeof noting>,
): Note | undefined {
  if (scaleSets.size + danglingAssociations.size > 0) return undefined;
  const reading = note("quiet", message("Loading your fleet…"));
  switch (viewState) {
    case "idle":
    case "loading":
      return reading;
    case "signingIn":
      return note("quiet", message("Finish signing in: answer VS Code's questions and the sign-in page."));
    case "signedOut":
      return note("quiet", message("Sign in or open the sandbox to see your fleet."), signIn, openSandbox);
    case "failed":
      return note("bad", inWords(problem), ["refresh", message("Retry")], showLog);
    case "noSubscriptions":
      return note("quiet", message("No Azure subscriptions found for this account."), signIn, openSandbox);
    case "filterEmpty":
      return note("quiet", message("Your filter hides every subscription."), selectSubscriptions);
    case "ready":
      return loading
        ? reading
        : note("quiet", message("No scale sets here. Check your subscription filter, or refresh."), refresh);
  }
}

function inWords(problem: Problem | undefined): Message {
  if (problem === undefined) return message("Couldn't load your fleet");
  const { summary, wayOut } = problem;
  return wayOut === undefined ? summary : joined(" ", [summary, wayOut]);
}

/** Where the fleet comes from, how much of it is loaded, and what is missing below. */
function notesOf(snapshot: Snapshot, { say, ago }: ReportWording): readonly Note[] {
  const { problem, failedTenants, withoutGraph, malformed, hiddenSubscriptions, scaleSets, savedAt } =
    snapshot;
  const records = [...snapshot.subscriptions.values()];
  const note = noting(say);
  const notes: Note[] = [];
  const add = (isSo: boolean, ...noted: Parameters<typeof note>) => {
    if (isSo) notes.push(note(...noted));
  };
  /** Names the subscriptions of which something is so. */
  const addOf = (
    isSo: (record: SubscriptionRecord) => boolean,
    tone: Note["tone"],
    text: (names: string) => Message,
    ...ways: readonly Way[]
  ) => {
    const names = records.filter(isSo).map(({ subscription }) => subscription.displayName);
    if (names.length > 0) notes.push(note(tone, text(fewOf(names, say)), ...ways));
  };
  add(snapshot.origin === "sandbox", "quiet", message("Sandbox: sample data"));
  if (savedAt !== undefined) {
    const saved = message("Last refreshed {0}", ago(savedAt));
    notes.push(note("doubtful", saved, ...(snapshot.loading ? [] : [refresh])));
  }
  add(
    snapshot.isFirstReading === true && scaleSets.size > 0,
    "quiet",
    message("Loading your fleet: {0} so far", setCount(scaleSets.size)),
  );
  add(
    problem !== undefined && scaleSets.size > 0,
    "bad",
    message("The fleet isn't fully loaded"),
    refresh,
    showLog,
  );
  add(
    failedTenants.length > 0,
    "doubtful",
    message("Couldn't load {0}", fewOf(failedTenants.map(tenantName), say)),
    signIn,
    refresh,
  );
  addOf(
    ({ scaleSets: sets, configurations }) => sets.state === "failed" || configurations.state === "failed",
    "doubtful",
    (names) => message("Couldn't fully load {0}", names),
    refresh,
    showLog,
  );
  addOf(
    ({ subscription }) => subscription.state !== undefined,
    "quiet",
    (names) => message("Subscriptions not enabled in Azure: {0}", names),
  );
  addOf(({ graphProblem }) => graphProblem !== undefined, "quiet", withoutGraphIn);
  add(withoutGraph.length > 0, "quiet", withoutGraphIn(fewOf(withoutGraph.map(tenantName), say)));
  add(
    malformed.length > 0,
    "doubtful",
    malformed.length === 1
      ? message("1 resource couldn't be read and is excluded")
      : message("{0} resources couldn't be read and are excluded", malformed.length),
  );
  add(
    hiddenSubscriptions > 0,
    "quiet",
    message("Filtered: {0} of {1} subscriptions", records.length, records.length + hiddenSubscriptions),
    selectSubscriptions,
  );
  return notes;
}

const tenantName = ({ displayName }: Snapshot["failedTenants"][number]) => displayName;

const withoutGraphIn = (names: string) =>
  message("Resource Graph failed, so loading takes longer for {0}", names);

function setCount(count: number): Message {
  return count === 1 ? message("1 scale set") : message("{0} scale sets", count);
}

function fewOf(names: readonly string[], say: Say): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? say(message("{0} and {1} more", shown, names.length - 3)) : shown;
}
