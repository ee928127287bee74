import { coverageName } from "../../core/associations/coverageInWords.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { capacityOf, orchestrationModeOf } from "../../core/resources/scaleSet.ts";
import { jsonList } from "../../core/text/jsonList.ts";
import { isoInZone, isoWithClock } from "../../core/text/zonedTime.ts";
import type { Sliced } from "../../core/slices.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import { readWindow } from "../../core/windows/window.ts";
import { mappedInPieces, sortedInPieces } from "../../core/pieces.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { knownConfiguration } from "../configurations.ts";
import type { PlainWording } from "../wording.ts";
import type { Images, Need, Row, Totals, View } from "./contract.ts";
import type { ReportInput } from "./fleetReport.ts";
import { needsOf } from "./needs.ts";
import { imagesOf, nameOfConfiguration, namesOf, totalsOf } from "./overview.ts";
import { rowOf } from "./rows.ts";
import { isFiltered, orderOf, shownBy } from "./table.ts";
import type { ReportWording } from "./wording.ts";

/** What is exported: of the fleet as a whole, and the sets that a view shows, in its order. */
export interface Exported {
  readonly snapshot: Snapshot;
  /** ISO instant. */
  readonly now: string;
  readonly wording: ReportWording;
  readonly view: View;
  readonly totals: Totals;
  readonly needs: readonly Need[];
  readonly images: Images;
  readonly sets: readonly ExportedSet[];
}

export function* exportedOf(
  { snapshot, now, wording }: Pick<ReportInput, "snapshot" | "now" | "wording">,
  view: View,
): Sliced<Exported> {
  const rows = yield* shownRows(snapshot, view, wording);
  const sets = (yield* mappedInPieces(rows, (row) => exportedSet(row, snapshot, now))).flat();
  return {
    snapshot,
    now,
    wording,
    view,
    totals: yield* totalsOf(snapshot, wording),
    needs: yield* needsOf(snapshot, wording.say),
    images: yield* imagesOf(snapshot, wording.say),
    sets,
  };
}

/** A text piece by piece: as one it may have tens of megabytes. */
export type Parts = Generator<string, void, void>;

/** The rows that a view shows, in its order. */
export function* shownRows(
  snapshot: Snapshot,
  view: View,
  { say, locale }: Pick<PlainWording, "say" | "locale">,
): Sliced<readonly Row[]> {
  const all = yield* mappedInPieces(snapshot.scaleSets.values(), (record) => rowOf(record, snapshot, say));
  const rows = all.filter(shownBy(view));
  const names = yield* namesOf(rows, snapshot, locale);
  return yield* sortedInPieces(rows, orderOf(view.sort, names, locale));
}

/** What a member of an exported set is made of. */
interface Source {
  readonly row: Row;
  readonly record: ScaleSetRecord;
  readonly snapshot: Snapshot;
  readonly now: string;
}

/**
 * The members of a scale set as a record for other programs, which are the columns of a table too. What is not known is empty in a table and
 * null in JSON. `state` is one of `unknown`, `broken`, `blocked`, `uncontrolled`, `idle`, `unmanaged`, `controlled`; `reasons` and
 * `imageVersions` are in the user's language.
 */
const members = {
  scaleSet: ({ row }: Source) => row.name,
  resourceGroup: ({ row }: Source) => row.resourceGroup,
  subscription: ({ row, snapshot }: Source) =>
    snapshot.subscriptions.get(row.subscription)?.subscription.displayName ?? "",
  subscriptionId: ({ row }: Source) => row.subscription,
  region: ({ row }: Source) => row.region,
  state: ({ row }: Source) => row.state,
  reasons: ({ row }: Source) => row.why,
  needsAttention: ({ record }: Source) => record.coverage.needsAttention,
  /** The service that owns the set, which is in none of the counts of the user's own. */
  managedBy: ({ row }: Source) => row.managedBy ?? null,
  configurations: ({ row, snapshot }: Source) =>
    row.configurations.map((key) => nameOfConfiguration(key, snapshot)),
  /** The next window of any of them: ISO instants with the offset of the configuration's time zone, and the name that Azure has for that. */
  nextWindow: (source: Source) => windowTimeOf(source, "start"),
  nextWindowEnd: (source: Source) => windowTimeOf(source, "end"),
  nextWindowTimeZone: ({ row, snapshot, now }: Source) => nextWindowOf(row, snapshot, now)?.zone ?? null,
  automaticOsUpgrades: ({ row }: Source) => row.upgradesOn,
  orchestrationMode: ({ record }: Source) => orchestrationModeOf(record.resource),
  instances: ({ record }: Source) => capacityOf(record.resource) ?? null,
  image: ({ row }: Source) => row.image,
  imageVersions: ({ row }: Source) => row.freshness,
  /** 0 for the newest image. */
  daysBehind: ({ record }: Source) => daysBehindOf(record.freshness),
  scaleSetId: ({ row }: Source) => row.id,
  tenantId: ({ row, snapshot }: Source) => throughOf(row, snapshot)?.tenantId ?? null,
  /** Through which it is read; null in the sandbox. */
  account: ({ row, snapshot }: Source) => throughOf(row, snapshot)?.account?.label ?? null,
};

export type ExportedSet = { readonly [K in keyof typeof members]: ReturnType<(typeof members)[K]> };

export const exportedColumns = Object.keys(members) as readonly (keyof ExportedSet)[];

/** Those that the page shows come first, in its order, and the image last. */
const firstColumns = [
  "scaleSet",
  "stateLabel",
  "reasons",
  "configurations",
  "imageVersions",
  "region",
  "subscription",
  "resourceGroup",
] as const;

export const tableColumns: readonly (keyof ExportedSet | "stateLabel")[] = [
  ...firstColumns,
  ...exportedColumns.filter((name) => name !== "image" && !firstColumns.some((first) => first === name)),
  "image",
];

function exportedSet(row: Row, snapshot: Snapshot, now: string): readonly ExportedSet[] {
  const record = snapshot.scaleSets.get(idKey(row.id));
  if (record === undefined) return [];
  const source = { row, record, snapshot, now };
  const entries = exportedColumns.map((name) => [name, members[name](source)] as const);
  return [Object.fromEntries(entries) as ExportedSet];
}

function daysBehindOf(freshness: ScaleSetRecord["freshness"]): number | null {
  return freshness === undefined || freshness.state === "unknown" ? null : (freshness.daysBehind ?? null);
}

interface NextWindow {
  readonly window: Occurrence;
  readonly zone: string;
}

function nextWindowOf({ configurations }: Row, snapshot: Snapshot, now: string): NextWindow | undefined {
  const windows = configurations.flatMap((key): readonly NextWindow[] => {
    const known = knownConfiguration(key as IdKey, snapshot);
    const window = known?.schedule?.next.find(({ end }) => Date.parse(end) > Date.parse(now));
    return window === undefined ? [] : [{ window, zone: zoneNameOf(known?.resource) }];
  });
  return windows.toSorted((a, b) => Date.parse(a.window.start) - Date.parse(b.window.start))[0];
}

function zoneNameOf(configuration: JsonObject | undefined): string {
  return (configuration && readWindow(configuration).timeZone) ?? "UTC";
}

function windowTimeOf({ row, snapshot, now }: Source, side: "start" | "end"): string | null {
  const next = nextWindowOf(row, snapshot, now);
  if (next === undefined) return null;
  const { start, end, localStart, localEnd } = next.window;
  return side === "start" ? isoWithClock(start, localStart) : isoWithClock(end, localEnd);
}

function throughOf({ subscription }: Row, { subscriptions }: Snapshot) {
  return subscriptions.get(subscription)?.subscription.through;
}

/** The rows of a table for spreadsheets: headings first. It has the label of a state next to its id. */
export function* reportTable({
  sets,
  wording,
}: Exported): Generator<readonly (string | number)[], void, void> {
  yield tableColumns;
  for (const set of sets) {
    const label = wording.say(coverageName(set));
    yield tableColumns.map((column) => (column === "stateLabel" ? label : cellOf(set[column])));
  }
}

function cellOf(value: ExportedSet[keyof ExportedSet]): string | number {
  if (value === null) return "";
  if (typeof value === "object") return value.join("; ");
  return typeof value === "boolean" ? String(value) : value;
}

/**
 * The report as a JSON document. `version` is that of its shape: members may be added without a new one. `filter` is what the sets were
 * filtered by, null for all of them; the counts and needs are of the whole fleet in any case.
 */
export function* reportJson(exported: Exported): Parts {
  const { snapshot, now, wording, view, totals, needs, images, sets } = exported;
  const { sort: _, ...filter } = view;
  const { states, own, others } = totals;
  const { worst: _worst, ...counts } = images;
  const document = {
    kind: "scaleSetMaintenance.fleetReport",
    version: 1,
    madeAt: isoInZone(now, wording.zone),
    timeZone: wording.zone,
    origin: snapshot.origin,
    isComplete: !snapshot.loading && snapshot.problem === undefined,
    filter: isFiltered(view) ? filter : null,
    totals: {
      own,
      states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
      ofOtherServices: Object.fromEntries(others.map(({ service, count }) => [service, count])),
    },
    images: counts,
    needs: needs.map(({ name, count, meaning }) => ({ name, count, meaning })),
    scaleSets: [],
  };
  // Its list of sets, which comes last, is left open for them.
  yield JSON.stringify(document, undefined, 2).replace(/\[\]\n\}$/, "");
  yield* jsonList(sets, "  ");
  yield "\n}\n";
}
