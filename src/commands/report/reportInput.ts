import { upcomingAfter, type Upcoming } from "../../fleet/snapshot/upcoming.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { loadReport } from "../../report/door.ts";
import { clockNow } from "../../tree/clock.ts";
import { ago, spanInZone, timesHere } from "../../tree/times.ts";
import { shortConflicts, shortNotes } from "../../tree/upcoming/conflicts.ts";
import { wantsPairs } from "../../tree/upcoming/pairsSetting.ts";
import type { Clock } from "../../tree/view.ts";
import { localize } from "../../ui/messages.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import { viewStateOf } from "../session/viewState.ts";

export type Report = Awaited<ReturnType<typeof loadReport>>;
type ReportInput = Parameters<InstanceType<Report["ReportMaker"]>["make"]>[0];

/** What the fleet report is made of, at this moment. */
export function reportNow({ store, session }: FleetAccess): ReportInput {
  const { snapshot } = store;
  const clock = clockNow();
  const pairs = wantsPairs();
  return {
    snapshot,
    viewState: viewStateOf(session.state, snapshot),
    upcoming: () => upcomingAfter(snapshot, clock, undefined, pairs),
    pairs,
    now: clock.now,
    wording: wordingOf(snapshot, clock),
    portal: session.azure?.cloud.portalUrl !== undefined,
  };
}

function wordingOf(snapshot: Snapshot, clock: Clock): ReportInput["wording"] {
  const stateOf = (upcoming: Upcoming) => ({
    snapshot,
    upcoming,
    clock,
    isArriving: false,
    lines: new Map<string, string>(),
  });
  return {
    say: localize,
    locale: clock.locale,
    zone: clock.zone,
    ago: (instant) => ago(instant, clock),
    timesOf: ({ occurrence }) => timesHere(occurrence, clock),
    spanOf: ({ occurrence }) => spanInZone(occurrence, clock),
    conflictsOf: (window, upcoming) => shortConflicts(window, stateOf(upcoming)),
    notesOf: (window, upcoming) => shortNotes(window, stateOf(upcoming)),
  };
}
