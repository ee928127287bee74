import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Upcoming } from "../../fleet/snapshot/upcoming.ts";
import { problemLines } from "../../ui/problemReport.ts";
import { remark } from "./node.ts";
import type { Remark } from "./node.ts";
import type { State } from "./state.ts";
import { fewOf } from "./words.ts";

/** Why the windows, their scale sets or their conflicts may not be all that there are. */
export function remarksOf(state: State): readonly Remark[] {
  return [loading(state), unread(state), untold(state), regions(state)].filter((one) => one !== undefined);
}

/** What an earlier read gave stays meanwhile, and VS Code shows the progress. */
function loading({ upcoming, isArriving }: State): Remark | undefined {
  if (!isArriving && !(upcoming.isLoading && isEmpty(upcoming))) return undefined;
  return note("loading", message("Loading…"), "loading~spin");
}

function unread({ snapshot }: State): Remark | undefined {
  const names = [...snapshot.subscriptions.values()]
    .filter(({ configurations }) => configurations.state === "failed")
    .map(({ subscription }) => subscription.displayName);
  if (names.length === 0) return undefined;
  const says = message("the maintenance configurations could not be read");
  return note("unread", message("Windows of {0} are missing", fewOf(names)), "error", says);
}

function untold({ upcoming }: State): Remark | undefined {
  const names = upcoming.untold.map(({ name }) => name);
  if (names.length === 0 || upcoming.served.size === 0) return undefined;
  const label =
    names.length === 1
      ? message("1 scale set is not counted")
      : message("{0} scale sets are not counted", names.length);
  return note("untold", label, "question", message("the associations could not be read: {0}", fewOf(names)));
}

function regions({ snapshot: { regionsProblem: problem }, upcoming }: State): Remark | undefined {
  if (problem === undefined || upcoming.pairs === undefined) return undefined;
  const label = message("Can't tell whether paired regions upgrade at the same time");
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
