import { inEnglish, joined, message, verbatim } from "../core/message.ts";
import type { Message } from "../core/message.ts";
import type { Occurrence } from "../core/windows/types.ts";
import type { ConfigurationRecord } from "../fleet/snapshot.ts";
import { marksInWords, spanInItsZone, spanInZone } from "./times.ts";
import type { Clock, Table } from "./view.ts";

/** How many windows a tooltip shows. */
const fewest = 5;

interface Column {
  readonly head: Message;
  readonly cells: readonly Message[];
}

/**
 * The next five windows, and `also` where it is a later one, on the clocks of the configuration's zone, of the user and of
 * UTC; zones whose clocks agree share a column. The marks of daylight saving are explained beside their windows.
 */
export function windowTable(
  { schedule }: ConfigurationRecord,
  clock: Clock,
  also?: Occurrence,
): Table | undefined {
  const next = schedule?.next.filter((one, index) => index < fewest || one.start === also?.start) ?? [];
  if (next.length === 0) return undefined;
  const zones: readonly Column[] = [
    { head: verbatim(schedule?.zone ?? "–"), cells: next.map((one) => spanInItsZone(one, clock)) },
    { head: message("{0} (yours)", clock.zone), cells: next.map((one) => spanInZone(one, clock)) },
    { head: verbatim("UTC"), cells: next.map((one) => spanInZone(one, clock, "UTC")) },
  ];
  const marks = next.map((one) => marksInWords(one) ?? verbatim(""));
  const columns = [
    ...merged(zones),
    ...(marks.some((mark) => inEnglish(mark) !== "") ? [{ head: verbatim(""), cells: marks }] : []),
  ];
  return {
    head: columns.map(({ head }) => head),
    rows: next.map((_, row) => columns.map(({ cells }) => cells[row] ?? verbatim(""))),
  };
}

/** Columns that say the same are one. */
function merged(columns: readonly Column[]): readonly Column[] {
  const same = Map.groupBy(columns, ({ cells }) => cells.map(inEnglish).join("\n"));
  return [...same.values()].map((group) => {
    const heads = new Map(group.map(({ head }) => [inEnglish(head), head]));
    return { head: joined(" = ", [...heads.values()]), cells: group[0]?.cells ?? [] };
  });
}
