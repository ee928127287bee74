import type { Coverage } from "../../core/associations/coverage.ts";
import { onceFor } from "../../core/memo.ts";
import { isObject, numberAt, objectAt, textAt } from "../../core/resources/json.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import { valueOf } from "../../core/resources/scaleSetModel.ts";
import type { ModelMember } from "../../core/resources/scaleSetModel.ts";
import type { Problem } from "../../core/text/problem.ts";
import { messageWithoutNames } from "../../core/text/withoutNames.ts";
import type { Occurrence, ScheduleFacts } from "../../core/windows/types.ts";

/**
 * What of a resource is saved: what the tree shows and rules look into. No user's name (`systemData`, an administrator's), no settings of
 * extensions, which may hold signed URLs, but those that tell a Service Fabric node type and how long an instance may take to report its
 * health, and no scripts.
 */
export function configurationProperties({ properties }: JsonObject): JsonObject {
  return members(properties, ["namespace", "maintenanceScope", "maintenanceWindow", "visibility"]);
}

/** What is saved of a member of a scale set's model: of what may hold secrets only what is known to hold none. */
export function worthOf(properties: JsonObject, member: ModelMember): Json {
  const value = valueOf(properties, member);
  if (member.mayHoldSecrets !== true) return value;
  return member.path.at(-1) === "extensions" && Array.isArray(value) ? extensionsOf(value) : null;
}

/** The same object for all sets that share theirs. */
const extensionsOf = onceFor((extensions: readonly Json[]): readonly Json[] => extensions.map(extensionOf));

function extensionOf(extension: Json): Json {
  if (!isObject(extension)) return {};
  const inner = objectAt(extension, "properties") ?? extension;
  const isFabric = textAt(inner, "publisher")?.toLowerCase() === "microsoft.azure.servicefabric";
  const clusterEndpoint = isFabric ? textAt(inner, "settings", "clusterEndpoint") : undefined;
  const durabilityLevel = textAt(inner, "settings", "durabilityLevel");
  const gracePeriod = numberAt(inner, "settings", "gracePeriod");
  const settings = {
    ...(clusterEndpoint !== undefined && { clusterEndpoint }),
    ...(durabilityLevel !== undefined && { durabilityLevel }),
    ...(gracePeriod !== undefined && { gracePeriod }),
  };
  const properties = {
    ...members(inner, ["publisher", "type", "typeHandlerVersion"]),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
  return { ...members(extension, ["name"]), properties };
}

function members(of: Json | undefined, names: readonly string[]): JsonObject {
  const found: Record<string, Json> = {};
  if (!isObject(of)) return found;
  for (const name of names) {
    const value = of[name];
    if (value !== undefined && value !== null) found[name] = value;
  }
  return found;
}

/** A problem in our own words, which name no one: what the service said may name the user. */
export function problemOf({ kind, summary, wayOut }: Problem): Problem {
  return {
    kind,
    summary: messageWithoutNames(summary),
    ...(wayOut && { wayOut: messageWithoutNames(wayOut) }),
  };
}

/** A coverage that names no one: why it is unknown may be a problem's summary. */
export function coverageOf(coverage: Coverage): Coverage {
  if (coverage.state !== "unknown") return coverage;
  return { ...coverage, reasons: coverage.reasons.map(messageWithoutNames) };
}

/** How many windows of a configuration are saved: that which may be open and the one after. */
const maxSavedWindows = 2;

/** A schedule with its next windows; it is known for no longer than these. */
export function scheduleOf(schedule: ScheduleFacts): ScheduleFacts {
  const beyond: Occurrence | undefined = schedule.next[maxSavedWindows];
  if (beyond === undefined) return schedule;
  return { ...schedule, next: schedule.next.slice(0, maxSavedWindows), knownUntil: beyond.start };
}
