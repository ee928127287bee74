import type { ReportData, Row, ToPage } from "./contract.ts";
import type { FleetReport } from "./fleetReport.ts";

type Changes = Extract<ToPage, { readonly kind: "changes" }>;

/** What a page that shows `before` has to be told to show `after`; undefined where that is nothing. */
export function changesBetween(before: FleetReport, after: FleetReport): Changes | undefined {
  const put = [...after.rows]
    .filter(([key, row]) => isOther(before.rows.get(key), row))
    .map(([, row]) => row);
  const gone = [...before.rows].filter(([key]) => !after.rows.has(key)).map(([, { id }]) => id);
  const data = differing(before.data, after.data);
  if (put.length + gone.length + Object.keys(data).length === 0) return undefined;
  return { kind: "changes", data, put, gone };
}

/** A set that was read anew is another record, though nothing in its row may differ. */
function isOther(before: Row | undefined, after: Row): boolean {
  return before !== after && JSON.stringify(before) !== JSON.stringify(after);
}

/** The parts that are not as they were. */
function differing(before: ReportData, after: ReportData): Partial<ReportData> {
  const names = Object.keys(after) as (keyof ReportData)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  );
}
