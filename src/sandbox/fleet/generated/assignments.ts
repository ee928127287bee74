import { configurationId } from "../configuration.ts";
import { scaleSetId } from "../scaleSet.ts";
import type { ConfigurationKind, PlannedConfiguration } from "./configurations.ts";
import type { FleetSize } from "./estate.ts";
import { type Kind, type KindName, kinds } from "./kinds.ts";
import { Random } from "./random.ts";
import type { PlannedScaleSet } from "./scaleSets.ts";

export interface PlannedAssignment {
  readonly subscriptionId: string;
  /** Name of its resource group. */
  readonly group: string;
  /** Id of the scale set, which may be deleted. */
  readonly scopeId: string;
  readonly name: string;
  readonly configurationId: string;
}

/** Of all assignments those of scale sets that were deleted, and those that are there a second time under another name. */
const [dangling, doubled] = [0.006, 0.004];

type Stock = ReadonlyMap<string, readonly PlannedConfiguration[]>;

/** Each tenant's configurations of each kind: an assignment never leaves its tenant. */
function stockOf(configurations: readonly PlannedConfiguration[]): Stock {
  return Map.groupBy(configurations, ({ tenantId, kind }) => `${tenantId} ${kind}`);
}

const wantedBy = (name: KindName): readonly (ConfigurationKind | "deleted")[] =>
  (kinds[name] as Kind).assigned ?? [];

/** What a set becomes that gets no assignment. */
function without(name: KindName): KindName {
  return (kinds[name] as Kind).upgrades === true ? "uncontrolled" : "unmanaged";
}

/**
 * The sets' kinds as far as they can be had: a set stays unassigned where its tenant has no configuration of that kind, or where all
 * assignments are given away.
 */
export function feasible(
  size: FleetSize,
  tenantOf: readonly string[],
  wanted: readonly KindName[],
  configurations: readonly PlannedConfiguration[],
): readonly KindName[] {
  const stock = stockOf(configurations);
  let left = size.assignments;
  return wanted.map((name, index) => {
    const needs = wantedBy(name);
    const there = needs.every(
      (kind) => kind === "deleted" || (stock.get(`${tenantOf[index]} ${kind}`)?.length ?? 0) >= needs.length,
    );
    if (!there || needs.length > left) return without(name);
    left -= needs.length;
    return name;
  });
}

/** As many assignments as asked for: first those that the sets' states ask for, then such as change no state. */
export function plannedAssignments(
  size: FleetSize,
  sets: readonly PlannedScaleSet[],
  configurations: readonly PlannedConfiguration[],
): readonly PlannedAssignment[] {
  const random = new Random(size.seed * 7 + 5);
  const stock = stockOf(configurations);
  const found = sets.flatMap((set) => {
    const chosen = new Set<PlannedConfiguration>();
    return wantedBy(set.kind).map((kind) => {
      if (kind === "deleted") return assignment(set, deletedConfiguration(random, set));
      const choice = (stock.get(`${set.tenantId} ${kind}`) ?? []).filter((one) => !chosen.has(one));
      const configuration = random.pick(choice);
      chosen.add(configuration);
      return assignment(set, configuration.model);
    });
  });
  return [...found, ...harmless(random, size, sets, stock, found)];
}

function harmless(
  random: Random,
  size: FleetSize,
  sets: readonly PlannedScaleSet[],
  stock: Stock,
  needed: readonly PlannedAssignment[],
): readonly PlannedAssignment[] {
  const missing = size.assignments - needed.length;
  const ofDeleted = Math.min(missing, Math.round(size.assignments * dangling));
  const twice = Math.min(missing - ofDeleted, Math.round(size.assignments * doubled));
  const added = random
    .shuffled(needed)
    .slice(0, twice)
    .map((one): PlannedAssignment => ({ ...one, name: `${one.name}-copy` }));
  // Configurations for something else than OS images, on sets that the user may change.
  const others = random.shuffled(sets.filter(({ kind }) => (kinds[kind] as Kind).managed !== true));
  for (let round = 0; round < 3 && added.length < missing - ofDeleted; round++) {
    for (const set of others) {
      const choice = [
        ...(stock.get(`${set.tenantId} guest`) ?? []),
        ...(stock.get(`${set.tenantId} host`) ?? []),
      ];
      const configuration = choice[(random.between(0, 9) * 3 + round) % Math.max(1, choice.length)];
      if (configuration === undefined || added.length >= missing - ofDeleted) continue;
      added.push({ ...assignment(set, configuration.model), name: `${configuration.model.name}-${round}` });
    }
  }
  for (let number = 0; added.length < missing && sets.length > 0; number++) {
    added.push(ofDeletedSet(random.pick(sets), number, stock));
  }
  return added;
}

function assignment(
  { subscriptionId, seed }: PlannedScaleSet,
  { id, name }: { readonly id: string; readonly name: string },
): PlannedAssignment {
  return {
    subscriptionId,
    group: seed.group,
    scopeId: scaleSetId(seed, subscriptionId),
    name,
    configurationId: id,
  };
}

function deletedConfiguration(random: Random, { subscriptionId, seed }: PlannedScaleSet) {
  const name = `mc-retired-${random.between(1, 40)}`;
  return { name, id: configurationId(subscriptionId, seed.group, name) };
}

/** An assignment whose scale set was deleted: its group is still there. */
function ofDeletedSet(neighbour: PlannedScaleSet, number: number, stock: Stock): PlannedAssignment {
  const deleted = {
    ...neighbour,
    seed: { ...neighbour.seed, name: `vmss-retired-${String(number).padStart(4, "0")}` },
  };
  const [usable] = stock.get(`${neighbour.tenantId} usable`) ?? [];
  return assignment(deleted, usable?.model ?? deletedConfiguration(new Random(number), neighbour));
}
