import { createHash } from "node:crypto";
import { idKey } from "../../core/resources/ids.ts";
import { joined, message } from "../../core/text/message.ts";
import { marksInWords } from "../../core/windows/marks.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import { fateOf } from "../../fleet/snapshot/upcoming.ts";
import type { Served } from "../../fleet/snapshot/upcoming.ts";
import type { CalendarEvent } from "../../export/ics.ts";
import { fateInWords } from "../../tree/upcoming/servedSetView.ts";
import { countsInWords } from "../../tree/upcoming/words.ts";
import { localize } from "../../ui/messages.ts";

/** How many scale sets an event names. */
const maxNamedSets = 50;

/** The windows of a configuration as events of a calendar. `subscription`: its display name. */
export function windowEvents(
  served: Served,
  windows: readonly Occurrence[],
  subscription: string,
): readonly CalendarEvent[] {
  const { record } = served;
  const summary = localize(message("OS upgrades: {0}", record.name));
  const about = aboutConfiguration(served, subscription);
  return windows.map((window) => {
    const marks = marksInWords(window);
    return {
      uid: uidOf(record.id, window),
      start: window.start,
      end: window.end,
      summary,
      description: [...(marks ? [localize(marks)] : []), ...about].join("\n"),
      categories: [localize(message("OS upgrades")), subscription],
    };
  });
}

/** Which windows there are, and what becomes of whom in them as things stand. */
function aboutConfiguration(served: Served, subscription: string): readonly string[] {
  const { record, staying, unclear, upgrading } = served;
  const sets = [...staying, ...unclear, ...upgrading];
  const lines = sets.slice(0, maxNamedSets).map((set) => {
    const [reason] = fateOf(set) === "upgrading" ? [] : set.coverage.reasons;
    const fate = fateInWords(fateOf(set));
    const line = message("{0}: {1}", set.name, fate);
    return { template: "- {0}", args: [reason === undefined ? line : joined(". ", [line, reason])] };
  });
  const more = sets.length > maxNamedSets ? [message("and {0} more", sets.length - maxNamedSets)] : [];
  const words = record.schedule ? [record.schedule.words] : [];
  const place = message("{0}, resource group {1}", subscription, record.resourceGroup);
  return [...words, place, countsInWords(served), ...lines, ...more].map(localize).concat(record.id);
}

/** Of the configuration and the moment of opening alone, so that a later export is about the same event. */
function uidOf(configurationId: string, { start }: Occurrence): string {
  const configuration = createHash("sha256").update(idKey(configurationId)).digest("hex").slice(0, 16);
  return `${start.replaceAll(/[-:]/g, "")}-${configuration}@azure-scale-set-maintenance`;
}
