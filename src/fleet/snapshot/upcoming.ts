import { blockers } from "../../core/eligibility/rule.ts";
import { onceFor } from "../../core/memo.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
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
  readonly pairs: PairedRegions<IdKey>;
  readonly clusters: SharedClusters<IdKey, ScaleSetRecord>;
  /** OSImage configurations without a window in these days, by name. */
  readonly quiet: readonly ConfigurationRecord[];
  /** Whether schedules or associations are still being read or worked out. */
  readonly isLoading: boolean;
  /** Scale sets whose associations could not be read: they may be upgraded in any of the windows. */
  readonly untold: readonly ScaleSetRecord[];
}

/** A configuration with its scale sets, by what becomes of them in its windows. */
export interface Served {
  readonly record: ConfigurationRecord;
  readonly upgrading: readonly ScaleSetRecord[];
  /** The set's coverage says why. */
  readonly staying: readonly ScaleSetRecord[];
  /** Nobody but Azure can tell: something could not be read, or two configurations compete. */
  readonly unclear: readonly ScaleSetRecord[];
  /** Keys of the regions in which scale sets upgrade. */
  readonly regions: ReadonlySet<string>;
  /** The Service Fabric node types that upgrade, by their cluster. */
  readonly nodeTypes: ReadonlyMap<string, readonly ScaleSetRecord[]>;
  /** Sets that have other OSImage configurations too, with the keys of these. */
  readonly shared: readonly { readonly set: ScaleSetRecord; readonly others: readonly IdKey[] }[];
}

/** The agenda of the fleet with what makes a window worth a second look. */
export function upcomingOf(snapshot: Snapshot, clock: AgendaClock): Upcoming {
  const records = [...snapshot.configurations]
    .filter(([, { resource }]) => isOsImage(resource))
    .sort(([, a], [, b]) => compare(a.name, b.name));
  const served = new Map(records.map(([key, record]) => [key, servedBy(key, record, snapshot)]));
  const agenda = agendaOf(
    records.map(([key, { schedule }]) => [key, schedule?.next ?? []] as const),
    clock,
  );
  const windows = [...agenda.open, ...[...agenda.days.values()].flat()];
  const busy = new Set(windows.map(({ key }) => key));
  const regionsOf = (key: IdKey) => served.get(key)?.regions ?? noRegions;
  const sets = [...snapshot.scaleSets.values()];
  return {
    agenda,
    served,
    pairs: pairedRegions(windows, regionsOf, snapshot.regions),
    clusters: sharedClusters(windows, (key) => served.get(key)?.nodeTypes ?? noNodeTypes),
    quiet: records.flatMap(([key, record]) =>
      record.schedule !== undefined && !busy.has(key) ? [record] : [],
    ),
    isLoading:
      snapshot.loading ||
      records.some(([, { schedule }]) => schedule === undefined) ||
      sets.some(({ assignments }) => "unknown" in assignments && assignments.unknown === "loading"),
    untold: sets.filter(({ assignments }) => "unknown" in assignments && assignments.unknown !== "loading"),
  };
}

const noRegions: ReadonlySet<string> = new Set();
const noNodeTypes: ReadonlyMap<string, never> = new Map<string, never>();

function servedBy(key: IdKey, record: ConfigurationRecord, snapshot: Snapshot): Served {
  const sets = record.scaleSets.map((set) => snapshot.scaleSets.get(set)).filter((set) => set !== undefined);
  const by = Map.groupBy(sets, fateOf);
  const upgrading = by.get("upgrading") ?? [];
  return {
    record,
    upgrading,
    staying: by.get("staying") ?? [],
    unclear: by.get("unclear") ?? [],
    regions: new Set(upgrading.map(({ resource }) => regionKey(textAt(resource, "location") ?? ""))),
    nodeTypes: Map.groupBy(
      upgrading.filter(({ resource }) => clusterOf(resource) !== ""),
      ({ resource }) => clusterOf(resource),
    ),
    shared: sets.flatMap((set) => {
      const others = osImageConfigurationsOf(set, snapshot).filter((other) => other !== key);
      return others.length > 0 ? [{ set, others }] : [];
    }),
  };
}

/** Empty for a set that is no node type. */
const clusterOf = onceFor((scaleSet: JsonObject) => serviceFabricClusterOf(scaleSet) ?? "");

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

function osImageConfigurationsOf({ assignments }: ScaleSetRecord, snapshot: Snapshot): readonly IdKey[] {
  return [...new Set(configurationsNamedBy(assignments))].filter((key) => {
    const listed = snapshot.configurations.get(key)?.resource;
    const referenced = snapshot.referenced.get(key);
    const resource = listed ?? (referenced?.state === "found" ? referenced.resource : undefined);
    return resource !== undefined && isOsImage(resource);
  });
}
