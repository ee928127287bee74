import { idKey } from "../../../../src/core/resources/ids.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import { upcomingAfter } from "../../../../src/fleet/snapshot/upcoming.ts";
import type { ScaleSetRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { ReportMaker } from "../../../../src/report/fleet/fleetReport.ts";
import type { FleetReport, ReportInput } from "../../../../src/report/fleet/fleetReport.ts";

export const now = "2026-11-23T06:00:00Z";
export const zone = "Europe/Berlin";

export const wording: ReportInput["wording"] = {
  say: inEnglish,
  locale: "en-u-hc-h23",
  zone,
  ago: (instant) => `since ${instant}`,
  timesOf: ({ occurrence }) =>
    verbatim(`${occurrence.localStart.slice(11)}–${occurrence.localEnd.slice(11)}`),
  spanOf: ({ occurrence }) => verbatim(`${occurrence.localStart} – ${occurrence.localEnd}`),
  conflictsOf: ({ key }, { served }) =>
    (served.get(key)?.shared ?? []).map(({ set }) => message("{0} has another configuration", set.name)),
  notesOf: (window, { pairs }) =>
    (pairs?.pairsOf(window) ?? []).map(({ there }) => message("also {0}", there)),
};

export function inputOf(snapshot: Snapshot, over: Partial<ReportInput> = {}): ReportInput {
  return {
    snapshot,
    viewState: "ready",
    upcoming: () => upcomingAfter(snapshot, { now, zone }),
    now,
    wording,
    portal: true,
    pairs: false,
    ...over,
  };
}

export function reportOf(snapshot: Snapshot, over: Partial<ReportInput> = {}): FleetReport {
  return atOnce(new ReportMaker().make(inputOf(snapshot, over)));
}

/** The fleet with another record in place of each that `change` answers one for. */
export function changed(
  snapshot: Snapshot,
  change: (record: ScaleSetRecord) => Partial<ScaleSetRecord> | undefined,
): Snapshot {
  const scaleSets = new Map(
    [...snapshot.scaleSets].map(([key, record]) => {
      const other = change(record);
      return [key, other === undefined ? record : { ...record, ...other }] as const;
    }),
  );
  return { ...snapshot, scaleSets };
}

/** The fleet with so many more of each configuration, with the same windows and without scale sets. */
export function withCopiedConfigurations(snapshot: Snapshot, copies: number): Snapshot {
  const copied = [...snapshot.configurations.values()].flatMap((record) =>
    [...Array(copies).keys()].map((copy) => ({ ...record, id: `${record.id}-${copy}`, scaleSets: [] })),
  );
  const more = copied.map((record) => [idKey(record.id), record] as const);
  return { ...snapshot, configurations: new Map([...snapshot.configurations, ...more]) };
}

/** Names that would break out of wherever they are put without care. */
export const hostileNames = [
  `</script><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `=HYPERLINK("https://evil.example","x")`,
  `+1`,
  `-1+1`,
  `@SUM(A1)`,
  `a|b\`c\`d`,
  `[x](command:scaleSetMaintenance.refresh)`,
  `line\nbreak, "quoted"`,
  `__proto__`,
];
