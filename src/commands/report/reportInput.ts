import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { upcomingOf } from "../../fleet/snapshot/upcoming.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { UpcomingWindow } from "../../fleet/snapshot/upcoming.ts";
import type { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { stateName } from "../../tree/scaleSets/coverageLook.ts";
import { ago, spanInZone, timesHere } from "../../tree/times.ts";
import type { State } from "../../tree/upcoming/state.ts";
import { conflictsOf, regionName } from "../../tree/upcoming/words.ts";
import type { Clock } from "../../tree/view.ts";
import { localize } from "../../ui/messages.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import { viewStateOf } from "../session/viewState.ts";

export type Report = Awaited<ReturnType<typeof loadReport>>;
type ReportInput = Parameters<InstanceType<Report["ReportMaker"]>["make"]>[0];

/** How many sets that have another configuration too are named of one window. */
const maxNamedSets = 3;

/** What the fleet report is made of, at this moment. */
export function reportNow({ store, session }: FleetAccess): ReportInput {
  const { snapshot } = store;
  const clock = clockNow();
  return {
    snapshot,
    viewState: viewStateOf(session.state, snapshot),
    upcoming: () => upcomingOf(snapshot, clock),
    now: clock.now,
    wording: wordingOf(snapshot, clock),
  };
}

function wordingOf(snapshot: Snapshot, clock: Clock): ReportInput["wording"] {
  return {
    say: localize,
    locale: clock.locale,
    zone: clock.zone,
    stateName,
    ago: (instant) => ago(instant, clock),
    timesOf: ({ occurrence }) => timesHere(occurrence, clock),
    spanOf: ({ occurrence }) => spanInZone(occurrence, clock),
    conflictsOf: (window, upcoming) => conflictsIn(window, { snapshot, upcoming, clock, lines: new Map() }),
  };
}

/** Shorter than in the Upcoming Windows view, which tells of one window at a time. */
function conflictsIn(window: UpcomingWindow, state: State): readonly Message[] {
  const of = state.upcoming.served.get(window.key);
  if (of === undefined) return [];
  const { pairs, shared } = conflictsOf({ served: of, window }, state);
  const more = shared.length - maxNamedSets;
  return [
    ...pairs.map(({ here, there }) =>
      message("{0} and {1} upgrade at the same time", regionName(here, state), regionName(there, state)),
    ),
    ...shared.slice(0, maxNamedSets).map(({ set }) => message("{0} has another configuration", set.name)),
    ...(more > 0 ? [message("so have {0} more", more)] : []),
  ];
}
