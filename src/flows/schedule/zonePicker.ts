import { joined, message, verbatim } from "../../core/text/message.ts";
import { allZones, windowsOf } from "../../core/windows/zones.ts";
import type { FlowContext } from "../engine/context.ts";
import { wallClockIn } from "./localTime.ts";
import { group, type Choice, type Fact, type PickQuestion, type Row } from "../engine/question.ts";
import { known, minutesEast, zoneFinder, type FoundZone, type KnownZone } from "./zoneSearch.ts";

/** Asks for a time zone. `kept`: the row that keeps the one there is. */
export type ZonePicker = (kept?: Choice) => PickQuestion;

/** The picker of one flow, which works out once what is known of the zones: that takes as long as a blink. */
export function zonePicker({ localZone, now }: Pick<FlowContext, "localZone" | "now">): ZonePicker {
  let zones: readonly KnownZone[] | undefined;
  return (kept) => {
    zones ??= allZones()
      .map((zone) => known(zone, now()))
      .toSorted((a, b) => minutesEast(a.offset) - minutesEast(b.offset));
    return questionOf(zones, windowsOf(localZone), kept);
  };
}

function questionOf(
  zones: readonly KnownZone[],
  own: string | undefined,
  kept: Choice | undefined,
): PickQuestion {
  const idOf = ({ known: { zone } }: FoundZone) => zone.windowsId;
  const offered = zones.map((one) => ({ known: one })).filter((one) => idOf(one) !== kept?.value);
  const isNear = (one: FoundZone) => idOf(one) === own || idOf(one) === "UTC";
  const near = offered.filter(isNear).toSorted((a, b) => Number(idOf(b) === own) - Number(idOf(a) === own));
  const rows: readonly Row[] = [
    ...(kept === undefined ? [] : [keptZone(kept, zones)]),
    group(message("Your time zone and UTC")),
    ...near.map(zoneRow),
    group(message("All time zones")),
    ...offered.filter((one) => !isNear(one)).map(zoneRow),
  ];
  const find = zoneFinder(zones);
  const proposed = kept?.value ?? own;
  return {
    kind: "pick",
    title: message("Time zone"),
    placeholder: message(
      "Search by city, zone, abbreviation or offset; windows follow the zone's daylight saving",
    ),
    ...(proposed !== undefined && { proposed }),
    rows,
    find: (text) => {
      const found = find(text).map(zoneRow);
      return found.length > 0 ? found : [nothingFound(text)];
    },
  };
}

/** The row that keeps a zone, with what is known of that zone. */
function keptZone(kept: Choice, zones: readonly KnownZone[]): Choice {
  const found = zones.find(({ zone }) => zone.windowsId.toLowerCase() === kept.value.toLowerCase());
  if (found === undefined) return kept;
  const { label, detail } = zoneRow({ known: found });
  return { ...kept, description: label, detail };
}

/** How many cities a row names; the search knows all of them. */
const maxShownCities = 4;

function zoneRow({ known: { zone, offset, change, abbreviations }, city }: FoundZone): Choice {
  const { windowsId, ianaId, name, cities } = zone;
  const first = [...new Set([...(city === undefined ? [] : [city]), ...cities])].slice(0, maxShownCities);
  const parts = [
    change === undefined
      ? message("no upcoming change")
      : message("{0} from {1}", change.offset, wallClockIn(ianaId, change.at).slice(0, 10)),
    ...[abbreviations.join(", "), first.join(", ")].filter((text) => text !== "").map(verbatim),
  ];
  return {
    kind: "choice",
    value: windowsId,
    label: verbatim(`(${offset}) ${name}`),
    description: verbatim(windowsId),
    detail: joined(" · ", parts),
  };
}

const nothingFound = (text: string): Fact => ({
  kind: "fact",
  icon: "info",
  label: message("No time zone matches “{0}”", text),
  detail: message("Try a large city nearby, an abbreviation such as CET, or an offset such as +05:30."),
});
