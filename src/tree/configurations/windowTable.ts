import { inEnglish, message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { marksInWords } from "../../core/windows/marks.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import type { ConfigurationRecord } from "../../fleet/snapshot/snapshot.ts";
import { spanInItsZone, spanInZone } from "../times.ts";
import type { Clock, Table } from "../view.ts";

/** How many windows a tooltip shows. */
const minShownWindows = 5;

/** A zone's clock. */
interface Column {
  readonly zone: string;
  readonly isYours?: boolean;
  readonly cells: readonly Message[];
}

/**
 * The next five windows, and `also` where it is a later one, on the clocks of the configuration's zone, of the user and of
 * UTC; zones whose clocks agree share a column. The marks of daylight saving are explained next to their windows.
 */
export function windowTable(
  { schedule }: ConfigurationRecord,
  clock: Clock,
  also?: Occurrence,
): Table | undefined {
  const next =
    schedule?.next.filter((one, index) => index < minShownWindows || one.start === also?.start) ?? [];
  if (next.length === 0) return undefined;
  const zones = merged([
    { zone: schedule?.zone ?? "–", cells: next.map((one) => spanInItsZone(one, clock)) },
    { zone: clock.zone, isYours: true, cells: next.map((one) => spanInZone(one, clock)) },
    { zone: "UTC", cells: next.map((one) => spanInZone(one, clock, "UTC")) },
  ]);
  const marks = next.map((one) => marksInWords(one) ?? nothing);
  const columns = marks.every((mark) => mark === nothing)
    ? zones
    : [...zones, { head: nothing, cells: marks }];
  return {
    head: columns.map(({ head }) => head),
    rows: next.map((_, row) => columns.map(({ cells }) => cells[row] ?? nothing)),
  };
}

const nothing = verbatim("");

/** Columns that say the same are one, under all their zones' names. */
function merged(columns: readonly Column[]) {
  const same = Map.groupBy(columns, ({ cells }) => cells.map(inEnglish).join("\n"));
  return [...same.values()].map((group) => {
    const names = [...new Set(group.map(({ zone }) => zone))].join(" = ");
    const isYours = group.some((column) => column.isYours);
    return {
      head: isYours ? message("Your time zone ({0})", names) : verbatim(names),
      cells: group[0]?.cells ?? [],
    };
  });
}
