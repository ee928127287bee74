import { resourceId } from "../../ids.ts";
import type { Json, JsonObject } from "../../json.ts";
import type { ScaleSetSeed } from "../scaleSet.ts";
import { type Estate, type FleetSize, regions } from "./estate.ts";
import { type Kind, type KindName, kinds } from "./kinds.ts";
import { marksOf } from "./managed.ts";
import { Random, shareOut, spread } from "./random.ts";

export interface PlannedScaleSet {
  readonly kind: KindName;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly seed: ScaleSetSeed;
}

/** How many of the sets each of 20 subscriptions has: some have none, and none has very many. */
const weights = [7, 12, 3, 17, 0, 9, 1, 14, 5, 18, 0, 11, 2, 16, 8, 4, 13, 6, 15, 10];

const apps =
  `web api checkout search orders payments ledger reporting transcode archive gateway worker cache batch identity
  broker telemetry ingest scoring pricing catalog inventory shipping billing mail chat video maps ads feed`.split(
    /\s+/,
  );
const longNames = [
  "telemetry-ingestion-and-aggregation-collectors",
  "customer-facing-recommendation-engine-workers",
];

const images = [
  "ubuntu22",
  "ubuntu22",
  "ubuntu22",
  "ubuntu20",
  "azureLinux",
  "windows2022",
  "windows2022",
  "windows2019",
  "sql2022",
];
const isWindows = (image: string): boolean => /^(windows|sql)/.test(image);
const modes = ["Manual", "Manual", "Automatic", "Rolling"] as const;
const sizes = [
  "Standard_D2s_v5",
  "Standard_D4s_v5",
  "Standard_D8s_v5",
  "Standard_E8s_v5",
  "Standard_F16s_v2",
];

/** The image that a tenant builds for itself, in its first subscription. */
export const galleryImageOf = ({ subscription }: Estate): string =>
  `${resourceId(subscription.subscriptionId, "rg-images", "Microsoft.Compute/galleries", "galPlatform")}/images/base-linux`;

/** The kinds of all sets, in any order. */
export function kindsOf(size: FleetSize): KindName[] {
  const shares = Object.fromEntries(Object.entries(kinds).map(([name, { share }]) => [name, share]));
  return new Random(size.seed * 7 + 3).shuffled(shareOut(size.scaleSets, shares as Record<KindName, number>));
}

export function plannedScaleSets(
  size: FleetSize,
  estates: readonly Estate[],
  kindOf: readonly KindName[],
): readonly PlannedScaleSet[] {
  const random = new Random(size.seed * 7 + 4);
  const counts = spread(size.scaleSets, estates.length, weights);
  let number = 0;
  return estates.flatMap((estate, index) => {
    const { tenantId, subscriptionId } = estate.subscription;
    const home = estates.find(({ subscription }) => subscription.tenantId === tenantId) ?? estate;
    const own = Array.from({ length: 1 + Math.ceil((counts[index] ?? 0) / 5) }, () => random.pick(apps));
    return Array.from({ length: counts[index] ?? 0 }, (): PlannedScaleSet => {
      const kind = kindOf[number] ?? "unmanaged";
      const seed = seedOf(random, estate, kinds[kind], random.pick(own), galleryImageOf(home), ++number);
      return { kind, tenantId, subscriptionId, seed };
    });
  });
}

function seedOf(
  random: Random,
  estate: Estate,
  kind: Kind,
  app: string,
  gallery: string,
  number: number,
): ScaleSetSeed {
  const image = random.chance(0.08) ? gallery : random.pick(images);
  const flexible = kind.flaw === undefined && kind.managed === undefined && random.chance(0.05);
  const suffix = `${estate.environment}-${String(number).padStart(5, "0")}`;
  const group = `rg-${app}-${estate.environment}`;
  const seed: ScaleSetSeed = {
    name: random.chance(0.01)
      ? `vmss-${random.pick(longNames)}-${String(number).padStart(5, "0")}`
      : `vmss-${app}-${suffix}`,
    // Azure gives groups back in the casing that each client wrote.
    group: random.chance(0.04) ? group.toUpperCase() : group,
    location: random.chance(0.85) ? estate.region : random.pick(regions),
    image,
    health: !flexible && random.chance(0.25) ? "probe" : "extension",
    capacity: random.between(1, 40),
    size: random.pick(sizes),
    mode: random.pick(modes),
    flexible,
    age: random.between(20, 900),
    tags: tagsOf(random, estate, app),
    ...upgradesOf(random, kind),
    ...kind.flaw,
    ...(kind.managed === true && {
      ...marksOf(estate, number),
      // Services look after their machines themselves.
      ...(kind.upgrades !== true && { health: "none" as const }),
    }),
  };
  // Only Linux has a mode that lets the platform patch it without more ado.
  return kind.flaw?.patchMode !== undefined && isWindows(seed.image) ? { ...seed, image: "ubuntu22" } : seed;
}

/** Upgrades that are off were switched off, or never set. */
function upgradesOf(random: Random, { upgrades }: Kind): Pick<ScaleSetSeed, "upgrades"> {
  if (upgrades === true) return { upgrades };
  return random.chance(0.5) ? { upgrades: false } : {};
}

function tagsOf(random: Random, estate: Estate, app: string): JsonObject {
  return {
    environment: estate.environment,
    team: estate.team,
    ...(random.chance(0.6) && { application: app }),
    ...(random.chance(0.05) && { "wave (ü)": random.pick(["1", "2", ""]) }),
  };
}

/** Rows of a list that are not what a scale set should be, of the kinds that Azure has been seen to return. */
export function malformedBodies({ subscription }: Estate, number: number): JsonObject {
  const type = "Microsoft.Compute/virtualMachineScaleSets";
  const id = `/subscriptions/${subscription.subscriptionId}/resourceGroups/rg-imports/providers/${type}/`;
  const bodies: readonly Readonly<Record<string, Json>>[] = [
    { id, type, location: "westeurope", properties: null },
    { id: `${id}vmss-import-${number}`, type, location: "westeurope", properties: {} },
    { id: 20_261_100 + number, name: `vmss-import-${number}`, type, location: "westeurope", properties: {} },
  ];
  return bodies[number % bodies.length] ?? {};
}
