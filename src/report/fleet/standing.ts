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
  const reading = note("quiet", message("The fleet is being read…"));
  switch (viewState) {
    case "idle":
    case "loading":
      return reading;
    case "signingIn":
      return note("quiet", message("Signing in: answer VS Code's questions, and those of the sign-in page."));
    case "signedOut":
      return note(
        "quiet",
        message("The report shows your fleet once you are signed in, or the sandbox."),
        signIn,
        openSandbox,
      );
    case "failed":
      return note("bad", inWords(problem), ["refresh", message("Try Again")], showLog);
    case "noSubscriptions":
      return note("quiet", message("No Azure subscriptions found for this account."), signIn, openSandbox);
    case "filterEmpty":
      return note("quiet", message("Your filter hides every subscription."), selectSubscriptions);
    case "ready":
      return loading
        ? reading
        : note("quiet", message("There is no scale set in the subscriptions that are shown."), refresh);
  }
}

function inWords(problem: Problem | undefined): Message {
  if (problem === undefined) return message("The fleet could not be read.");
  const { summary, wayOut } = problem;
  return wayOut === undefined ? summary : joined(" ", [summary, wayOut]);
}

/** Where the fleet comes from, how far it is read, and what is missing from all that follows, since nobody could read it. */
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
  add(
    snapshot.origin === "sandbox",
    "quiet",
    message("Sandbox: nothing here is real, and nothing leaves your machine."),
  );
  if (savedAt !== undefined) {
    const saved = message(
      "As it was {0}, when it was saved; what has been read anew since is in it.",
      ago(savedAt),
    );
    notes.push(note("doubtful", saved, ...(snapshot.loading ? [] : [refresh])));
  }
  add(
    snapshot.isFirstReading === true && scaleSets.size > 0,
    "quiet",
    message("The fleet is being read. Scale sets so far: {0}", scaleSets.size),
  );
  add(
    problem !== undefined && scaleSets.size > 0,
    "bad",
    message("Reading ended early, so that this may not be all."),
    refresh,
    showLog,
  );
  add(
    failedTenants.length > 0,
    "doubtful",
    message("Tenants that could not be read, so that their sets are missing: {0}", failedTenants.length),
    signIn,
    refresh,
  );
  addOf(
    ({ scaleSets: sets, configurations }) => sets.state === "failed" || configurations.state === "failed",
    "doubtful",
    (names) => message("Not all of these subscriptions could be read: {0}", names),
    refresh,
    showLog,
  );
  addOf(
    ({ subscription }) => subscription.state !== undefined,
    "quiet",
    (names) => message("Subscriptions that Azure doesn’t call enabled: {0}", names),
  );
  addOf(
    ({ graphProblem }) => graphProblem !== undefined,
    "quiet",
    (names) => message("Resource Graph failed, so ARM’s lists were read for: {0}", names),
  );
  add(
    withoutGraph.length > 0,
    "quiet",
    message(
      "Tenants that Resource Graph refused, so that they are read more slowly: {0}",
      withoutGraph.length,
    ),
  );
  add(
    malformed.length > 0,
    "doubtful",
    message(
      "Resources that Azure described in a way that is not understood, and that are left out: {0}",
      malformed.length,
    ),
  );
  add(
    hiddenSubscriptions > 0,
    "quiet",
    message("Filtered: {0} of {1} subscriptions", records.length, records.length + hiddenSubscriptions),
    selectSubscriptions,
  );
  return notes;
}

function fewOf(names: readonly string[], say: Say): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? say(message("{0} and {1} more", shown, names.length - 3)) : shown;
}
