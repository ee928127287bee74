import type { JsonObject } from "../../json.ts";
import { configurationId, type ConfigurationModel } from "../configuration.ts";
import type { Estate, FleetSize } from "./estate.ts";
import { Random, shareOut, spread } from "./random.ts";

/** What a configuration is like, and how many of all are. */
const shares = {
  /** Of scope OSImage, with windows to come. */
  usable: 0.78,
  /** The same, written in forms that tools and Microsoft's own pages use. */
  odd: 0.04,
  expired: 0.03,
  windowless: 0.02,
  tooShort: 0.01,
  monthWithoutDay: 0.01,
  /** With a window in words that nobody understands. */
  unreadable: 0.02,
  /** The caller may not read it. */
  denied: 0.015,
  guest: 0.055,
  host: 0.01,
  /** Of a scope that is not in the contract's list. */
  foreign: 0.01,
} as const;

export type ConfigurationKind = keyof typeof shares;

export interface PlannedConfiguration {
  readonly kind: ConfigurationKind;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly group: string;
  readonly model: ConfigurationModel;
}

/** How many of 20 subscriptions hold configurations: most leave that to a few. */
const weights = [3, 0, 0, 1, 0, 6, 0, 0, 2, 0, 0, 1, 0, 0, 9, 0, 0, 1, 0, 2];

const zones =
  `UTC|W. Europe Standard Time|Pacific Standard Time|GMT Standard Time|Eastern Standard Time|Central Standard Time|
Romance Standard Time|India Standard Time|Singapore Standard Time|AUS Eastern Standard Time|Tokyo Standard Time|
FLE Standard Time|Cen. Australia Standard Time|Korea Standard Time|E. South America Standard Time|Arabian Standard Time|
South Africa Standard Time|Central European Standard Time|Mountain Standard Time|New Zealand Standard Time`
    .split("|")
    .map((zone) => zone.trim());

const oddRecurrences = [
  "day",
  "1Day",
  "2days",
  "1Week Monday",
  "Week Saturday,Sunday",
  "Month Fourth Monday",
  "3Days",
];
const unreadableWindows: readonly JsonObject[] = [
  { recurEvery: "Fortnight" },
  { recurEvery: "Every other Tuesday" },
  { timeZone: "CET" },
  { duration: "five hours" },
  { startDateTime: "01/03/2026 10 PM" },
];

export function plannedConfigurations(
  size: FleetSize,
  estates: readonly Estate[],
): readonly PlannedConfiguration[] {
  const random = new Random(size.seed * 7 + 2);
  const counts = spread(size.configurations, estates.length, weights);
  const tenants = [...new Set(estates.map(({ subscription }) => subscription.tenantId))];
  let number = 0;
  return tenants.flatMap((tenantId) => {
    const homes = estates.flatMap((estate, index) =>
      estate.subscription.tenantId === tenantId ? Array<Estate>(counts[index] ?? 0).fill(estate) : [],
    );
    const kinds = random.shuffled(shareOut(homes.length, shares));
    return homes.map((estate, index) => planned(random, estate, kinds[index] ?? "usable", ++number));
  });
}

function planned(
  random: Random,
  estate: Estate,
  kind: ConfigurationKind,
  number: number,
): PlannedConfiguration {
  const { subscriptionId, tenantId } = estate.subscription;
  const group = "rg-maintenance";
  const purpose =
    kind === "guest"
      ? "guest"
      : kind === "host"
        ? "host"
        : random.pick(["nightly", "early", "late", "weekend"]);
  const name = `mc-${estate.team.toLowerCase()}-${estate.environment}-${purpose}-${String(number).padStart(4, "0")}`;
  const model: ConfigurationModel = {
    id: configurationId(subscriptionId, group, name),
    name,
    location: estate.region,
    tags: { environment: estate.environment, team: estate.team },
    start: [
      -random.between(10, 900),
      `${String(random.between(0, 23)).padStart(2, "0")}:${random.pick(["00", "15", "30"])}`,
    ],
    properties: propertiesOf(random, kind),
    ...windowOf(random, kind),
  };
  return { kind, tenantId, subscriptionId, group, model };
}

function propertiesOf(random: Random, kind: ConfigurationKind): JsonObject {
  if (kind === "host") return { maintenanceScope: "Host" };
  if (kind === "foreign") return { maintenanceScope: random.pick(["All", "Extension", "SQLDB"]) };
  if (kind !== "guest") return { maintenanceScope: "OSImage" };
  return {
    maintenanceScope: "InGuestPatch",
    extensionProperties: { InGuestPatchMode: "User" },
    installPatches: {
      rebootSetting: "IfRequired",
      linuxParameters: { classificationsToInclude: ["Critical", "Security"] },
    },
  };
}

function windowOf(random: Random, kind: ConfigurationKind): Pick<ConfigurationModel, "window" | "expiry"> {
  const usual = {
    duration: random.pick(["05:00", "05:00", "05:30", "06:00", "08:00"]),
    timeZone: random.pick(zones),
    recurEvery: "Day",
  };
  switch (kind) {
    case "windowless":
      return { window: undefined };
    case "expired":
      return { window: usual, expiry: [-random.between(1, 9), "22:00"] };
    case "tooShort":
      return { window: { ...usual, duration: random.pick(["01:30", "04:00", "04:55"]) } };
    case "monthWithoutDay":
      return { window: { ...usual, recurEvery: "Month" } };
    case "odd":
      return { window: { ...usual, recurEvery: random.pick(oddRecurrences) } };
    case "unreadable":
      return { window: { ...usual, ...random.pick(unreadableWindows) } };
    case "guest":
      return { window: { ...usual, duration: "03:30", recurEvery: "1Week Sunday" } };
    default:
      return {
        window: usual,
        ...(random.chance(0.2) && { expiry: [random.between(40, 900), "23:00"] as const }),
      };
  }
}
