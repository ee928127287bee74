import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { capacityOf, orchestrationModeOf } from "../../core/resources/scaleSet.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { PlainWording } from "../wording.ts";
import type { Names, Row, View } from "./contract.ts";
import type { ReportInput } from "./fleetReport.ts";
import { needsOf } from "./needs.ts";
import { imagesOf, namesOf, totalsOf } from "./overview.ts";
import { rowOf } from "./rows.ts";
import { isFiltered, shownBy, Sorter } from "./table.ts";

/** What is exported: of the fleet as a whole, and the rows that a view shows. */
export interface Exported extends ReportInput {
  readonly view: View;
  readonly rows: readonly Row[];
}

/** The rows that a view shows, in its order. */
export function shownRows(
  snapshot: Snapshot,
  view: View,
  { say, locale }: Pick<PlainWording, "say" | "locale">,
): readonly Row[] {
  const rows = [...snapshot.scaleSets.values()].map((record) => rowOf(record, snapshot, say));
  const names = namesFor(rows, snapshot, locale);
  return new Sorter(rows, names, locale).sorted(rows.filter(shownBy(view)), view.sort);
}

function namesFor(rows: readonly Row[], snapshot: Snapshot, locale: string): Omit<Names, "states"> {
  return namesOf(
    rows,
    snapshot,
    (key) => snapshot.configurations.get(key as IdKey)?.name ?? nameOf(key),
    locale,
  );
}

/**
 * A scale set as a record for other programs. What is not known is empty in a table and null in JSON. `state` is one of `unknown`, `broken`,
 * `blocked`, `uncontrolled`, `idle`, `unmanaged`, `controlled`; `reasons` and `imageVersions` are in the user's language.
 */
export interface ExportedSet {
  readonly scaleSet: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly subscriptionId: string;
  readonly region: string;
  readonly state: Row["state"];
  readonly reasons: string;
  readonly needsAttention: boolean;
  /** The service that owns the set, which is in none of the counts of the user's own. */
  readonly managedBy: string | null;
  readonly configurations: readonly string[];
  /** ISO instant of the next window of any of them. */
  readonly nextWindow: string | null;
  readonly automaticOsUpgrades: boolean;
  readonly orchestrationMode: string;
  readonly instances: number | null;
  readonly image: string;
  readonly imageVersions: string;
  /** 0 for the newest image. */
  readonly daysBehind: number | null;
  readonly scaleSetId: string;
}

export const exportedColumns: readonly (keyof ExportedSet)[] = [
  "scaleSet",
  "resourceGroup",
  "subscription",
  "subscriptionId",
  "region",
  "state",
  "reasons",
  "needsAttention",
  "managedBy",
  "configurations",
  "nextWindow",
  "automaticOsUpgrades",
  "orchestrationMode",
  "instances",
  "image",
  "imageVersions",
  "daysBehind",
  "scaleSetId",
];

export function exportedSets({ rows, snapshot, now }: Exported): readonly ExportedSet[] {
  return rows.flatMap((row): readonly ExportedSet[] => {
    const record = snapshot.scaleSets.get(idKey(row.id));
    if (record === undefined) return [];
    const subscription = snapshot.subscriptions.get(row.subscription)?.subscription.displayName ?? "";
    return [
      {
        scaleSet: row.name,
        resourceGroup: row.resourceGroup,
        subscription,
        subscriptionId: row.subscription,
        region: row.region,
        state: row.state,
        reasons: row.why,
        needsAttention: record.coverage.needsAttention,
        managedBy: row.managedBy ?? null,
        configurations: row.configurations.map(
          (key) => snapshot.configurations.get(key as IdKey)?.name ?? nameOf(key),
        ),
        nextWindow: nextWindowOf(row, snapshot, now) ?? null,
        automaticOsUpgrades: row.upgradesOn,
        orchestrationMode: orchestrationModeOf(record.resource),
        instances: capacityOf(record.resource) ?? null,
        image: row.image,
        imageVersions: row.freshness,
        daysBehind: daysBehindOf(record.freshness),
        scaleSetId: row.id,
      },
    ];
  });
}

type Freshness = NonNullable<ReturnType<Snapshot["scaleSets"]["get"]>>["freshness"];

function daysBehindOf(freshness: Freshness): number | null {
  return freshness === undefined || freshness.state === "unknown" ? null : (freshness.daysBehind ?? null);
}

function nextWindowOf({ configurations }: Row, snapshot: Snapshot, now: string): string | undefined {
  const starts = configurations.flatMap((key) => {
    const referenced = snapshot.referenced.get(key as IdKey);
    const schedule =
      snapshot.configurations.get(key as IdKey)?.schedule ??
      (referenced?.state === "found" ? referenced.schedule : undefined);
    return schedule?.next.find(({ end }) => Date.parse(end) > Date.parse(now))?.start ?? [];
  });
  return starts.sort()[0];
}

/** The rows of a table for spreadsheets: headings first. */
export function reportTable(exported: Exported): readonly (readonly (string | number)[])[] {
  const rows = exportedSets(exported).map((set) => exportedColumns.map((column) => cellOf(set[column])));
  return [exportedColumns, ...rows];
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
export function reportJson(exported: Exported): string {
  const { snapshot, now, view, wording } = exported;
  const { sort: _, ...filter } = view;
  const { states, own, others } = totalsOf(snapshot, wording);
  const { worst: _worst, ...images } = imagesOf(snapshot, wording.say);
  const document = {
    kind: "scaleSetMaintenance.fleetReport",
    version: 1,
    madeAt: now,
    origin: snapshot.origin,
    isComplete: !snapshot.loading && snapshot.problem === undefined,
    filter: isFiltered(view) ? filter : null,
    totals: {
      own,
      states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
      ofOtherServices: Object.fromEntries(others.map(({ service, count }) => [service, count])),
    },
    images,
    needs: needsOf(snapshot, wording.say).map(({ name, count, meaning }) => ({ name, count, meaning })),
    scaleSets: exportedSets(exported),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
