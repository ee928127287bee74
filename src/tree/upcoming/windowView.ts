import { joined, message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { dateIn } from "../../core/windows/agenda.ts";
import { marksInWords } from "../../core/windows/marks.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import { configurationContext } from "../configurations/configurationView.ts";
import { isElsewhere, opening, spanInZone, timesHere, timesThere } from "../times.ts";
import { inABreath, inARow } from "../view.ts";
import type { Clock, Icon, NodeView, TooltipLine } from "../view.ts";
import { windowTable } from "../configurations/windowTable.ts";
import { conflictSentences, noteSentences } from "./conflicts.ts";
import { isOpen } from "./state.ts";
import type { Shown, State } from "./state.ts";
import { conflictCount, conflictsOf, countsInWords, hasConflict } from "./words.ts";

/** One window: its times on the user's clock, its configuration, and what is to be known of it. */
export function windowView(shown: Shown, state: State): NodeView {
  const { served, window } = shown;
  const { record } = served;
  const { occurrence } = window;
  const { clock } = state;
  const isNow = isOpen(window, state);
  const conflicts = conflictsOf(shown, state);
  const times = isNow ? spanSince(occurrence, clock) : timesHere(occurrence, clock);
  const parts = [
    opening(occurrence, clock),
    conflictCount(conflicts),
    countsInWords(served),
    zoneInWords(shown, state),
    marksInWords(occurrence),
  ];
  return {
    label: joined("  ", [times, verbatim(record.name)]),
    description: inARow(...parts),
    icon: iconOf(isNow, hasConflict(conflicts)),
    tooltip: () => ({
      title: verbatim(record.name),
      lines: tooltipLines(shown, state),
      table: windowTable(record, clock, occurrence),
    }),
    spoken: message("Window of {0}, {1}, {2}", record.name, times, inABreath(...parts)),
    contextValue: configurationContext(record, clock),
    children: "collapsed",
  };
}

/** An open window may have opened on another day: its day is shown then. */
function spanSince(occurrence: Occurrence, clock: Clock): Message {
  const dayOf = dateIn(clock.zone);
  const openedToday = dayOf(Date.parse(occurrence.start)) === dayOf(Date.parse(clock.now));
  return openedToday ? timesHere(occurrence, clock) : spanInZone(occurrence, clock);
}

/** The configuration's own clocks and zone, where they differ from the user's. */
function zoneInWords({ served, window: { occurrence } }: Shown, { clock }: State): Message | undefined {
  const zone = served.record.schedule?.zone;
  if (zone === undefined || !isElsewhere(occurrence, clock)) return undefined;
  return message("{0} {1}", timesThere(occurrence, clock), zone);
}

/** Open now, in conflict, or neither: each has a shape of its own. */
function iconOf(isNow: boolean, isConflict: boolean): Icon {
  if (isNow) return { id: "record", color: isConflict ? "list.warningForeground" : "testing.iconPassed" };
  return isConflict ? { id: "warning", color: "list.warningForeground" } : { id: "watch" };
}

function tooltipLines(shown: Shown, state: State): readonly TooltipLine[] {
  const { served, window } = shown;
  const { schedule, resourceGroup } = served.record;
  const marks = marksInWords(window.occurrence);
  return [
    { text: opening(window.occurrence, state.clock) },
    ...(schedule ? [{ name: message("Schedule"), text: schedule.words }] : []),
    { text: countsInWords(served) },
    ...(marks ? [{ name: message("This window"), text: marks }] : []),
    ...conflictSentences(shown, state).map(({ label, says }) => ({
      text: message("Conflict: {0}", inABreath(label, says)),
    })),
    ...noteSentences(shown, state).map(({ label, says }) => ({
      text: message("Note: {0}", inABreath(label, says)),
    })),
    { name: message("Resource group"), text: verbatim(resourceGroup) },
  ];
}
