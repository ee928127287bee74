import { blockers } from "../../core/eligibility/rule.ts";
import { memo, onceFor } from "../../core/memo.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { atOnce, inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { sortedInPieces } from "../../core/pieces.ts";
import { isObject, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { regionKey } from "../../core/resources/regions.ts";
import { automaticUpgradesOf, serviceFabricClusterOf } from "../../core/resources/scaleSet.ts";
import { agendaOf } from "../../core/windows/agenda.ts";
import type { Agenda, AgendaClock, AgendaWindow } from "../../core/windows/agenda.ts";
import { isOsImage } from "../../core/windows/window.ts";
import { compare } from "./compare.ts";
import { configurationsNamedBy } from "./configurations.ts";
import { pairedRegions } from "../reading/pairedRegions.ts";
import type { PairedRegions } from "../reading/pairedRegions.ts";
import { sharedClusters } from "../reading/sharedClusters.ts";
import type { SharedClusters } from "../reading/sharedClusters.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "./snapshot.ts";

export type UpcomingWindow = AgendaWindow<IdKey>;

/** What the next 14 days bring to the fleet. */
export interface Upcoming {
  readonly agenda: Agenda<IdKey>;
  /** Of every OSImage configuration, by its key. */
  readonly served: ReadonlyMap<IdKey, Served>;
  /** Only where they were asked for. */
  readonly pairs?: PairedRegions<IdKey>;
  readonly clusters: SharedClusters<IdKey, ScaleSetRecord>;
  /** OSImage configurations without a window in these days, by name. */
  readonly quiet: readonly ConfigurationRecord[];
  /** Whether schedules or associations are still being read or worked out. */
  readonly isLoading: boolean;
  /** Scale sets whose associations could not be read: they may be upgraded in any of the windows. */
  readonly unread: readonly ScaleSetRecord[];
}

/** A configuration with its scale sets, by what becomes of them in its windows. */
export interface Served {
  readonly record: ConfigurationRecord;
  readonly upgrading: readonly ScaleSetRecord[];
  /** The set's coverage says why. */
  readonly staying: readonly ScaleSetRecord[];
  /** Nobody but Azure can tell: something could not be read, or two configurations compete. */
  readonly unclear: readonly ScaleSetRecord[];
  /** Keys of the regions in which scale sets upgrade, where paired regions were asked for. */
  readonly regions: ReadonlySet<string>;
  /** The Service Fabric node types that upgrade, by their cluster. */
  readonly nodeTypes: ReadonlyMap<string, readonly ScaleSetRecord[]>;
  /** Sets that have other OSImage configurations too, with the keys of these. */
  readonly shared: readonly { readonly set: ScaleSetRecord; readonly others: readonly IdKey[] }[];
}

/** The agenda of the fleet with what makes a window worth a second look. */
export function upcomingOf(snapshot: Snapshot, clock: AgendaClock): Upcoming {
  return atOnce(upcomingAfter(snapshot, clock));
}

/** What was worked out before, and of what. */
export interface UpcomingBefore {
  readonly snapshot: Snapshot;
  readonly clock: AgendaClock;
  readonly upcoming: Upcoming;
}

/** The same in slices, with the pairs of regions where these are wanted. What differs in nothing from `last` stays the same object. */
export function* upcomingAfter(
  snapshot: Snapshot,
  clock: AgendaClock,
  last?: UpcomingBefore,
  wantsPairs = false,
): Sliced<Upcoming> {
  // Without pairs no regions are kept that they could be found by.
  const before = (last?.upcoming.pairs !== undefined) === wantsPairs ? last : undefined;
  const was = before?.upcoming;
  const areSame = (...names: readonly (keyof Snapshot)[]) =>
    before !== undefined && names.every((name) => before.snapshot[name] === snapshot[name]);
  const records = yield* osImageRecords(snapshot, before, areSame("configurations"));
  const served =
    was !== undefined && areSame("configurations", "scaleSets", "referenced")
      ? was.served
      : yield* servedIn(records, snapshot, before, wantsPairs);
  const areScheduledAlike =
    was?.served.size === served.size &&
    records.every(([key, { schedule }]) => was.served.get(key)?.record.schedule === schedule);
  const agenda =
    areScheduledAlike && before?.clock === clock
      ? was.agenda
      : asBefore(
          was?.agenda,
          yield* agendaOf(
            records.map(([key, { schedule }]) => [key, schedule?.next ?? []] as const),
            clock,
          ),
        );
  yield;
  const windows = windowsIn(agenda);
  const areServedAlike = (members: (one: Served) => unknown) =>
    was?.agenda === agenda &&
    (was.served === served ||
      [...served].every(([key, one]) => {
        const other = was.served.get(key);
        return other !== undefined && members(other) === members(one);
      }));
  const arePairedAlike = () => areSame("regions") && areServedAlike(({ regions }) => regions);
  const pairs = !wantsPairs
    ? undefined
    : was?.pairs !== undefined && arePairedAlike()
      ? was.pairs
      : yield* pairedRegions(windows, (key) => served.get(key)?.regions ?? noRegions, snapshot.regions);
  yield;
  const clusters =
    was !== undefined && areServedAlike(({ nodeTypes }) => nodeTypes)
      ? was.clusters
      : yield* sharedClusters(windows, (key) => served.get(key)?.nodeTypes ?? noNodeTypes);
  yield;
  const busy = new Set(windows.map(({ key }) => key));
  const unknown = yield* withoutAssignments(snapshot.scaleSets);
  return {
    agenda,
    served,
    ...(pairs !== undefined && { pairs }),
    clusters,
    quiet: records.flatMap(([key, record]) =>
      record.schedule !== undefined && !busy.has(key) ? [record] : [],
    ),
    isLoading:
      snapshot.loading ||
      records.some(([, { schedule }]) => schedule === undefined) ||
      unknown.some(({ assignments }) => "unknown" in assignments && assignments.unknown === "loading"),
    unread: unknown.filter(
      ({ assignments }) => "unknown" in assignments && assignments.unknown !== "loading",
    ),
  };
}

function windowsIn({ open, days }: Agenda<IdKey>): readonly UpcomingWindow[] {
  return [...open, ...[...days.values()].flat()];
}

/** The agenda before where it has the same windows on the same days. */
function asBefore(before: Agenda<IdKey> | undefined, agenda: Agenda<IdKey>): Agenda<IdKey> {
  if (before?.open.length !== agenda.open.length || before.days.size !== agenda.days.size) return agenda;
  const were = windowsIn(before);
  const areSame = windowsIn(agenda).every(
    ({ key, occurrence }, index) => were[index]?.key === key && were[index].occurrence === occurrence,
  );
  const areDaysSame = [...agenda.days].every(([day, { length }]) => before.days.get(day)?.length === length);
  return areSame && areDaysSame && windowsIn(agenda).length === were.length ? before : agenda;
}

type Entry = readonly [key: IdKey, record: ConfigurationRecord];

/** By name. */
function* osImageRecords(
  { configurations }: Snapshot,
  before: UpcomingBefore | undefined,
  areSame: boolean,
): Sliced<readonly Entry[]> {
  if (before !== undefined && areSame)
    return [...before.upcoming.served].map(([key, { record }]) => [key, record] as const);
  const records: Entry[] = [];
  yield* inPieces(configurations, ([key, record]) => {
    if (isOsImage(record.resource)) records.push([key, record]);
  });
  return yield* sortedInPieces(records, ([, a], [, b]) => compare(a.name, b.name));
}

function* servedIn(
  records: readonly Entry[],
  snapshot: Snapshot,
  before: UpcomingBefore | undefined,
  wantsPairs: boolean,
): Sliced<ReadonlyMap<IdKey, Served>> {
  const served = new Map<IdKey, Served>();
  // Which other configurations of a set open windows follows from all of them.
  const areSameScopes =
    before?.upcoming.served.size === records.length &&
    records.every(([key]) => before.upcoming.served.has(key)) &&
    referencedOsImage(before.snapshot) === referencedOsImage(snapshot);
  yield* inPieces(
    records,
    ([key, record]) => {
      const was = before?.upcoming.served.get(key);
      const isSame =
        areSameScopes &&
        was?.record.scaleSets === record.scaleSets &&
        record.scaleSets.every((set) => before?.snapshot.scaleSets.get(set) === snapshot.scaleSets.get(set));
      if (was !== undefined && isSame) served.set(key, was.record === record ? was : { ...was, record });
      else served.set(key, servedBy(key, record, snapshot, was, wantsPairs));
    },
    8,
  );
  return served;
}

/** Keys of those configurations for OS images that no list has. */
function referencedOsImage({ referenced }: Snapshot): string {
  return [...referenced]
    .flatMap(([key, known]) => (known.state === "found" && isOsImage(known.resource) ? key : []))
    .sort()
    .join("\n");
}

function* withoutAssignments(scaleSets: Snapshot["scaleSets"]): Sliced<readonly ScaleSetRecord[]> {
  const unknown: ScaleSetRecord[] = [];
  yield* inPieces(scaleSets.values(), (set) => {
    if ("unknown" in set.assignments) unknown.push(set);
  });
  return unknown;
}

const noRegions: ReadonlySet<string> = new Set();
const noNodeTypes: ReadonlyMap<string, never> = new Map<string, never>();

function servedBy(
  key: IdKey,
  record: ConfigurationRecord,
  snapshot: Snapshot,
  was: Served | undefined,
  wantsPairs: boolean,
): Served {
  const sets = record.scaleSets.map((set) => snapshot.scaleSets.get(set)).filter((set) => set !== undefined);
  const by = Map.groupBy(sets, fateOf);
  const upgrading = by.get("upgrading") ?? [];
  const regions = wantsPairs ? regionsOf(upgrading) : noRegions;
  const nodeTypes = Map.groupBy(
    upgrading.filter(({ resource }) => clusterOf(resource) !== ""),
    ({ resource }) => clusterOf(resource),
  );
  return {
    record,
    upgrading,
    staying: by.get("staying") ?? [],
    unclear: by.get("unclear") ?? [],
    regions:
      was?.regions.size === regions.size && [...was.regions].every((region) => regions.has(region))
        ? was.regions
        : regions,
    nodeTypes: nodeTypes.size === 0 ? noNodeTypes : nodeTypes,
    shared: sets.flatMap((set) => {
      const named = configurationsNamedBy(set.assignments);
      // Most sets have no other.
      if (named.length < 2) return [];
      const others = osImageConfigurationsOf(named, snapshot).filter((other) => other !== key);
      return others.length > 0 ? [{ set, others }] : [];
    }),
  };
}

function regionsOf(sets: readonly ScaleSetRecord[]): ReadonlySet<string> {
  return new Set(sets.map(({ resource }) => keyOfRegion(textAt(resource, "location") ?? "")));
}

/** Empty for a set that is no node type. Thousands of sets share few models. */
const clusterIn = onceFor((properties: JsonObject) => serviceFabricClusterOf({ properties }) ?? "");
const clusterOf = ({ properties }: JsonObject) => (isObject(properties) ? clusterIn(properties) : "");
const keyOfRegion = memo(regionKey);

/** What becomes of a set in the windows of a configuration that it is associated with. */
export type Fate = "upgrading" | "staying" | "unclear";

export function fateOf(set: ScaleSetRecord): Fate {
  const { state } = set.coverage;
  if (state === "controlled") return "upgrading";
  if (state === "unknown") return "unclear";
  // It is another configuration, or a rule that this one breaks, that makes it broken. Findings are worked out each time they are asked for.
  const wouldUpgrade = () => automaticUpgradesOf(set.resource) && blockers(set.findings).length === 0;
  return state === "broken" && wouldUpgrade() ? "unclear" : "staying";
}

function osImageConfigurationsOf(named: readonly IdKey[], snapshot: Snapshot): readonly IdKey[] {
  return [...new Set(named)].filter((key) => {
    const listed = snapshot.configurations.get(key)?.resource;
    const referenced = snapshot.referenced.get(key);
    const resource = listed ?? (referenced?.state === "found" ? referenced.resource : undefined);
    return resource !== undefined && isOsImage(resource);
  });
}
