import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { ReportData, Row } from "./contract.ts";
import type { FleetReport } from "./fleetReport.ts";

export interface Changes {
  readonly data: Partial<ReportData>;
  readonly put: readonly Row[];
  /** Ids of sets that are there no more. */
  readonly removed: readonly string[];
}

/** What a page that shows `before`, or nothing yet, has to be sent to show `after`; undefined where that is nothing. */
export function* changesBetween(
  before: FleetReport | undefined,
  after: FleetReport,
): Sliced<Changes | undefined> {
  const put: Row[] = [];
  yield* inPieces(after.rows, ([key, row]) => {
    if (isOther(before?.rows.get(key), row)) put.push(row);
  });
  const removed: string[] = [];
  yield* inPieces(before?.rows ?? [], ([key, { id }]) => {
    if (!after.rows.has(key)) removed.push(id);
  });
  const names = Object.keys(after.data) as (keyof ReportData)[];
  const others: (keyof ReportData)[] = [];
  yield* inPieces(
    names,
    (name) => {
      if (isOther(before?.data[name], after.data[name])) others.push(name);
    },
    1,
  );
  if (put.length + removed.length + others.length === 0) return undefined;
  return { data: Object.fromEntries(others.map((name) => [name, after.data[name]])), put, removed };
}

/** A refreshed scale set is another record, though its row may be the same. */
function isOther(before: unknown, after: unknown): boolean {
  return before !== after && JSON.stringify(before) !== JSON.stringify(after);
}
