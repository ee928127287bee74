import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Upcoming } from "../../fleet/snapshot/upcoming.ts";
import { problemLines } from "../../ui/problemReport.ts";
import { unreadWindows } from "../../core/windows/unreadWindows.ts";
import type { UnreadWindows } from "../../core/windows/unreadWindows.ts";
import { ago } from "../times.ts";
import { remark } from "./node.ts";
import type { Remark } from "./node.ts";
import type { State } from "./state.ts";
import { fewOf } from "./words.ts";

/** Why the windows, their scale sets or their conflicts may not be all that there are. */
export function remarksOf(state: State): readonly Remark[] {
  const unread = unreadWindows(state.snapshot).map((one) => unreadNote(one, state));
  const wait = loading(state);
  // Without windows and without a reason nothing would be left to see, as where there is no configuration.
  const old = unread.length === 0 && wait === undefined ? notYetRead(state) : undefined;
  const again =
    (unread.length > 0 || old !== undefined) && wait === undefined && hasNothing(state) ? retry : undefined;
  return [wait, ...unread, unreadable(state), old, again, uncounted(state), regions(state)].filter(
    (one) => one !== undefined,
  );
}

/** What an earlier read gave stays meanwhile, and VS Code shows the progress. */
function loading({ upcoming, isArriving }: State): Remark | undefined {
  if (!isArriving && !(upcoming.isLoading && isEmpty(upcoming))) return undefined;
  return note("loading", message("Loading…"), "loading~spin");
}

/** What could not be read, and why. */
function unreadNote({ part, names, problem }: UnreadWindows, { snapshot }: State): Remark {
  const isCancelled = problem.kind === "cancelled";
  const ended = isCancelled
    ? message("Refresh cancelled: windows may be missing")
    : snapshot.subscriptions.size > 0
      ? message("Couldn't load all windows")
      : message("Couldn't load your fleet");
  const label = part === "reading" ? ended : message("Windows of {0} are missing", fewOf(names));
  const icon = isCancelled ? "circle-slash" : "error";
  return note(`unread/${part}`, label, icon, problem.summary, problemLines(problem));
}

/** Configurations that are not what their list says open windows too; the Fleet view names them. */
function unreadable(state: State): Remark | undefined {
  const count = state.snapshot.malformed.filter(({ part }) => part === "configurations").length;
  if (count === 0 || !hasNothing(state)) return undefined;
  const label =
    count === 1
      ? message("1 maintenance configuration couldn't be read")
      : message("{0} maintenance configurations couldn't be read", count);
  return note("unreadable", label, "warning");
}

/** What an earlier window saved is old, and having no configuration then proves nothing now. */
function notYetRead(state: State): Remark | undefined {
  const { savedAt } = state.snapshot;
  if (savedAt === undefined || !hasNothing(state)) return undefined;
  return note("saved", message("Last refreshed {0}", ago(savedAt, state.clock)), "history");
}

function hasNothing({ upcoming }: State): boolean {
  return isEmpty(upcoming) && upcoming.quiet.length === 0;
}

const retryTitle = message("Refresh");
const retry: Remark = {
  ...note("refresh", retryTitle, "refresh"),
  runs: { command: "refresh", title: retryTitle, args: [] },
};

function uncounted({ upcoming }: State): Remark | undefined {
  const names = upcoming.unread.map(({ name }) => name);
  if (names.length === 0 || upcoming.served.size === 0) return undefined;
  const label =
    names.length === 1
      ? message("1 scale set couldn't be read")
      : message("{0} scale sets couldn't be read", names.length);
  return note(
    "uncounted",
    label,
    "question",
    message("{0}: {1}", message("Couldn't load associations"), fewOf(names)),
  );
}

function regions({ snapshot: { regionsProblem: problem }, upcoming }: State): Remark | undefined {
  if (problem === undefined || upcoming.pairs === undefined) return undefined;
  const label = message("Couldn't check paired regions");
  return note("regions", label, "question", problem.summary, problemLines(problem));
}

const isEmpty = ({ agenda }: Upcoming): boolean => agenda.open.length + agenda.days.size === 0;

function note(
  name: string,
  label: Message,
  icon: string,
  says?: Message,
  lines: readonly Message[] = says ? [says] : [],
): Remark {
  return remark(undefined, name, {
    label,
    ...(says && { description: says }),
    icon: { id: icon },
    tooltip: () => ({ title: label, lines: lines.map((text) => ({ text })) }),
    spoken: says === undefined ? label : message("{0}: {1}", label, says),
  });
}
