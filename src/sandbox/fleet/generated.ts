import { dayMs } from "../clock.ts";
import { keyOf } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { type BuildFleet, emptyState, type GalleryVersion, type State } from "../state.ts";
import type { Tenant } from "../tenancy.ts";
import { megan } from "./contoso.ts";
import { addAssignment, addGroup, addMalformed, addScaleSet, storedIn } from "./builder.ts";
import { configurationBody } from "./configuration.ts";
import { feasible, type PlannedAssignment, plannedAssignments } from "./generated/assignments.ts";
import { type PlannedConfiguration, plannedConfigurations } from "./generated/configurations.ts";
import { type Estate, estatesOf, type FleetSize, regions, tenantsOf } from "./generated/estate.ts";
import {
  galleryImageOf,
  kindsOf,
  malformedBodies,
  type PlannedScaleSet,
  plannedScaleSets,
} from "./generated/scaleSets.ts";
import { spread } from "./generated/random.ts";
import { addPast } from "./past.ts";
import { scaleSetId } from "./scaleSet.ts";

export type { FleetSize } from "./generated/estate.ts";

/** The largest that this extension is to be quick with. */
export const largeFleet: FleetSize = {
  seed: 1,
  tenants: 3,
  subscriptions: 1200,
  scaleSets: 10_000,
  configurations: 1000,
  assignments: 10_000,
};

/** One in so many rows of scale sets is malformed, and comes on top of them. */
const rowsPerMalformed = 1000;

/** How many sets have had upgrades already. */
const setsWithPast = 30;

/** What is to be in a fleet, and where each scale set is meant to stand. */
export interface FleetPlan {
  readonly tenants: readonly Tenant[];
  /** The subscriptions, each with its tenant. */
  readonly estates: readonly Estate[];
  readonly configurations: readonly PlannedConfiguration[];
  readonly scaleSets: readonly PlannedScaleSet[];
  readonly assignments: readonly PlannedAssignment[];
  readonly malformed: readonly { readonly subscriptionId: string; readonly body: JsonObject }[];
}

export function fleetPlan(size: FleetSize): FleetPlan {
  const tenants = tenantsOf(size);
  const estates = estatesOf(size, tenants);
  const configurations = plannedConfigurations(size, estates);
  const wanted = kindsOf(size);
  // Where each set will be does not depend on its kind, and which kinds can be had depends on where it is.
  const tenantOf = plannedScaleSets(size, estates, wanted).map(({ tenantId }) => tenantId);
  const scaleSets = plannedScaleSets(size, estates, feasible(size, tenantOf, wanted, configurations));
  const malformed = spread(Math.floor(size.scaleSets / rowsPerMalformed), estates.length, [1, 0, 0]).flatMap(
    (count, index) => estates.slice(index, index + 1).flatMap((estate) => Array<Estate>(count).fill(estate)),
  );
  return {
    tenants,
    estates,
    configurations,
    scaleSets,
    assignments: plannedAssignments(size, scaleSets, configurations),
    malformed: malformed.map((estate, number) => ({
      subscriptionId: estate.subscription.subscriptionId,
      body: malformedBodies(estate, number),
    })),
  };
}

/** Builds fleets of that size: the same one each time for the same instant. All of its tenants are those of one account. */
export function generatedFleet(size: FleetSize): BuildFleet {
  const plan = fleetPlan(size);
  return (now, operationSeconds) => {
    const [home, ...others] = plan.tenants;
    if (home === undefined) throw new Error("A fleet needs a tenant");
    const state: State = {
      ...emptyState({
        accounts: [{ ...megan, tenants: [home, ...others] }],
        subscriptions: plan.estates.map(({ subscription }) => subscription),
        now,
        operationSeconds,
      }),
      galleries: galleriesOf(plan, now),
    };
    for (const planned of plan.configurations) addConfiguration(state, planned, now);
    for (const { subscriptionId, seed } of plan.scaleSets) {
      addGroup(state, subscriptionId, seed.group, seed.location);
      addScaleSet(state, subscriptionId, seed, now);
    }
    for (const { group, ...planned } of plan.assignments) addAssignment(state, group, planned, now);
    for (const { subscriptionId, body } of plan.malformed) {
      addGroup(state, subscriptionId, "rg-imports", "westeurope");
      addMalformed(state, subscriptionId, "rg-imports", body);
    }
    const controlled = plan.scaleSets.filter(
      ({ kind, seed }) => kind === "controlled" && seed.flexible !== true,
    );
    for (const { seed, subscriptionId } of controlled.slice(0, setsWithPast)) {
      addPast(state, keyOf(scaleSetId(seed, subscriptionId)), {
        ...seed,
        history: ["Completed", "Faulted", "Completed"],
      });
    }
    return state;
  };
}

function addConfiguration(
  state: State,
  { kind, subscriptionId, group, model }: PlannedConfiguration,
  now: number,
): void {
  addGroup(state, subscriptionId, group, model.location);
  const key = keyOf(model.id);
  state.configurations.set(key, storedIn(subscriptionId, group, configurationBody(model, now)));
  if (kind === "denied") {
    state.denials.add({ scope: key, action: "Microsoft.Maintenance/maintenanceConfigurations/read" });
  }
}

/** Each tenant's own image, in all regions. */
function galleriesOf({ tenants, estates }: FleetPlan, now: number): Map<string, readonly GalleryVersion[]> {
  const homes = tenants.flatMap(
    ({ tenantId }) => estates.find(({ subscription }) => subscription.tenantId === tenantId) ?? [],
  );
  const versions = ["2.1.0", "2.0.4", "1.9.12"].map((name, index): GalleryVersion => ({
    name,
    published: now - (5 + index * 30) * dayMs,
    excludeFromLatest: false,
    regions: [...new Set(regions)].map((region) => ({ name: region, excluded: false, replicated: true })),
  }));
  return new Map(homes.map((home) => [keyOf(galleryImageOf(home)), versions]));
}
