import type { Change } from "../../core/plans/plan.ts";
import { isObject, objectAt } from "../../core/resources/json.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import { bool, hashtable, literal } from "./quoting.ts";

/** How a parameter is written for a value; undefined where the cmdlet doesn't take that value. */
type Parameter = (value: Json) => string | undefined;

const text =
  (name: string, isTaken: (value: string) => boolean = () => true): Parameter =>
  (value) =>
    typeof value === "string" && value !== "" && isTaken(value) ? `-${name} ${literal(value)}` : undefined;
const truth =
  (name: string): Parameter =>
  (value) =>
    typeof value === "boolean" ? `-${name} ${bool(value)}` : undefined;
const whole =
  (name: string): Parameter =>
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) ? `-${name} ${value}` : undefined;

/** Parameters by the member that they set; a body with another member is sent as it is. */
type Parameters = { readonly [member: string]: Parameter | Parameters };

const ofVmss: Parameters = {
  properties: {
    upgradePolicy: {
      mode: text("UpgradePolicyMode", (mode) => /^(Automatic|Manual|Rolling)$/.test(mode)),
      automaticOSUpgradePolicy: {
        enableAutomaticOSUpgrade: truth("AutomaticOSUpgrade"),
        disableAutomaticRollback: truth("DisableAutoRollback"),
      },
      rollingUpgradePolicy: {
        maxBatchInstancePercent: whole("MaxBatchInstancePercent"),
        maxUnhealthyInstancePercent: whole("MaxUnhealthyInstancePercent"),
        maxUnhealthyUpgradedInstancePercent: whole("MaxUnhealthyUpgradedInstancePercent"),
        pauseTimeBetweenBatches: text("PauseTimeBetweenBatches"),
      },
    },
    virtualMachineProfile: {
      storageProfile: {
        imageReference: {
          publisher: text("ImageReferencePublisher"),
          offer: text("ImageReferenceOffer"),
          sku: text("ImageReferenceSku"),
          version: text("ImageReferenceVersion"),
          id: text("ImageReferenceId"),
          sharedGalleryImageId: text("SharedGalleryImageId"),
        },
      },
      osProfile: { windowsConfiguration: { enableAutomaticUpdates: truth("EnableAutomaticUpdate") } },
    },
  },
};

const ofConfiguration: Parameters = {
  location: text("Location"),
  tags: (tags) => {
    if (!isObject(tags)) return undefined;
    const entries = Object.entries(tags).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
    const table = entries.length === Object.keys(tags).length ? hashtable(entries) : undefined;
    return table && entries.length > 0 ? `-Tag ${table}` : undefined;
  },
  properties: {
    maintenanceScope: text("MaintenanceScope"),
    visibility: text("Visibility"),
    maintenanceWindow: {
      startDateTime: text("StartDateTime"),
      expirationDateTime: text("ExpirationDateTime"),
      // The cmdlet sends hours and minutes of less than a day, whatever it is given.
      duration: text("Duration", (duration) => /^([01]\d|2[0-3]):[0-5]\d$/.test(duration)),
      timeZone: text("Timezone"),
      recurEvery: text("RecurEvery"),
    },
  },
};

/** What Update-AzVmss takes to PATCH exactly the body of a change; undefined where it can't. */
export function updateVmss({ kind, after = {} }: Change): readonly string[] | undefined {
  return kind === "addHealthExtension" ? undefined : parametersFor(after, ofVmss);
}

/** What New-AzMaintenanceConfiguration takes to PUT exactly a body; undefined where it can't. */
export function newConfiguration(body: JsonObject): readonly string[] | undefined {
  // Without a duration the cmdlet sends one of no length.
  if (objectAt(body, "properties", "maintenanceWindow")?.["duration"] === undefined) return undefined;
  return body["location"] === undefined ? undefined : parametersFor(body, ofConfiguration);
}

function parametersFor(body: JsonObject, known: Parameters): readonly string[] | undefined {
  const found: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    const written = parameter === undefined ? undefined : writtenBy(parameter, value);
    if (written === undefined) return undefined;
    found.push(...written);
  }
  return found.length === 0 ? undefined : found;
}

function writtenBy(parameter: Parameter | Parameters, value: Json): readonly string[] | undefined {
  if (typeof parameter !== "function") return isObject(value) ? parametersFor(value, parameter) : undefined;
  const written = parameter(value);
  return written === undefined ? undefined : [written];
}
