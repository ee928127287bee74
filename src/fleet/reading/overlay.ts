import { isDeepStrictEqual } from "node:util";
import {
  assignmentId,
  idKey,
  isAssignmentId,
  nameOf,
  parseId,
  subscriptionOf,
} from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { assignmentName, configurationIdOf } from "../../core/associations/link.ts";
import { minuteMs } from "../../core/milliseconds.ts";
import { objectAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { isSettled, provisioningStateOf } from "../../core/resources/provisioning.ts";
import type { ReadBack } from "./readBack.ts";

/**
 * What direct reads of Azure showed, laid over the lists that may not show it yet: Resource Graph lags by up to a minute, and a list that was
 * asked for before a write may arrive after it.
 */
export interface Overlay {
  /** Configurations and scale sets. */
  readonly resources: ReadonlyMap<IdKey, LaidResource>;
  /** By the scale set's id. */
  readonly assignments: ReadonlyMap<IdKey, LaidAssignments>;
}

interface Laid {
  /** When it was read: an ISO instant. */
  readonly at: string;
  /** Whether the reading that is under way may have asked before it was. */
  readonly isInReading: boolean;
  /** Whether it replaces another that Graph had not shown yet: its row may then be like this one because it is older than both. */
  readonly isAgain: boolean;
}

export interface LaidResource extends Laid {
  readonly id: string;
  /** Undefined where it is not there. */
  readonly resource: JsonObject | undefined;
  /** What lists said of it before. */
  readonly before: JsonObject | undefined;
}

export interface LaidAssignments extends Laid {
  /** All that the set has; undefined where only changes are known. */
  readonly all: readonly JsonObject[] | undefined;
  /** By lower-cased name, those that came or differ, and undefined for those that went. */
  readonly changes: ReadonlyMap<string, JsonObject | undefined>;
}

/** For how long Resource Graph is waited for, and how long it is known to lag at most. */
const maxLaidMs = 10 * minuteMs;
const maxLagMs = 2 * minuteMs;

/** How a read-back is laid. */
export interface Laying {
  readonly at: string;
  readonly isInReading: boolean;
  /** What is known of a configuration or scale set. */
  listed(key: IdKey): JsonObject | undefined;
}

/** The overlay with one more. */
export function lay(overlay: Overlay, readBack: ReadBack, { at, isInReading, listed }: Laying): Overlay {
  if (readBack.kind === "assignments") {
    const key = idKey(readBack.scaleSetId);
    const laid = { at, isInReading, isAgain: overlay.assignments.has(key) };
    const entry = { ...laid, all: readBack.assignments, changes: new Map() };
    return { ...overlay, assignments: new Map(overlay.assignments).set(key, entry) };
  }
  const { id, resource } = readBack;
  const scaleSetId = isAssignmentId(id) ? parseId(id)?.scope : undefined;
  if (scaleSetId === undefined) {
    const key = idKey(id);
    const last = overlay.resources.get(key);
    const before = last === undefined ? listed(key) : last.before;
    const laid = { at, isInReading, isAgain: last !== undefined, id, resource, before };
    return { ...overlay, resources: new Map(overlay.resources).set(key, laid) };
  }
  const before = overlay.assignments.get(idKey(scaleSetId));
  const changes = new Map(before?.changes).set(nameOf(id).toLowerCase(), resource);
  const laid = { at, isInReading, isAgain: before !== undefined, all: before?.all, changes };
  return { ...overlay, assignments: new Map(overlay.assignments).set(idKey(scaleSetId), laid) };
}

/** The overlay as a reading begins that no read so far is part of. */
export function asReadingBegins({ resources, assignments }: Overlay, now: string): Overlay {
  const still = <L extends Laid>(all: ReadonlyMap<IdKey, L>) =>
    new Map(
      [...all]
        .filter(([, laid]) => isLaid(laid, now))
        .map(([key, laid]) => [key, { ...laid, isInReading: false }] as const),
    );
  return { resources: still(resources), assignments: still(assignments) };
}

export function isLaid({ at }: Laid, now: string): boolean {
  return Date.parse(now) - Date.parse(at) < maxLaidMs;
}

/** How many ids are looked at again after one reading. */
const maxLooks = 200;

/**
 * Ids of what Resource Graph's answers of a reading did not show as it was read directly: either it has not caught up yet, or somebody else has
 * changed it since, which only another direct read tells. Of a set's assignments the id of one that need not be there.
 * @param subscriptions the lower-cased ids of those that were read: of others no answer could have shown it
 */
export function stillLaid(
  { resources, assignments }: Overlay,
  subscriptions: Pick<ReadonlySet<string>, "has">,
  now: string,
): readonly string[] {
  const isAwaited = ([key, laid]: readonly [IdKey, Laid]) =>
    isLaid(laid, now) && subscriptions.has(subscriptionOf(key));
  const resourceIds = [...resources].filter(isAwaited).map(([, { id }]) => id);
  const assignmentIds = [...assignments].filter(isAwaited).map(([key]) => assignmentId(key, "any"));
  return [...resourceIds, ...assignmentIds].slice(0, maxLooks);
}

/** Whether Resource Graph has caught up with a resource: its row shows the same in everything that it has. */
export function hasCaughtUp(laid: LaidResource, row: JsonObject | undefined, now: string): boolean {
  if (!mayBeTaken(laid, now)) return false;
  if (row === undefined || laid.resource === undefined) return row === laid.resource;
  // A query leaves out what the resource has not, so an older row may lack just what was written.
  if (isDeepStrictEqual(row, laid.before)) return false;
  const whole = ended(laid.resource, row);
  const compared = ["properties", "tags", "sku"] as const;
  return compared.every((member) => !(member in row) || shows(row[member], whole[member]));
}

/** A scale set that Azure still worked on when it was read, as it is once that has ended, where its row says so. */
function ended(read: JsonObject, row: JsonObject): JsonObject {
  if (isSettled(read) || !isSettled(row)) return read;
  const provisioningState = provisioningStateOf(row);
  return { ...read, properties: { ...objectAt(read, "properties"), provisioningState } };
}

/** The same of a set's assignments. */
export function haveCaughtUp(laid: LaidAssignments, row: readonly JsonObject[], now: string): boolean {
  if (!mayBeTaken(laid, now)) return false;
  const [shown, expected] = [targetsOf(row), targetsOf(assignmentsOver(laid, row))];
  return shown.size === expected.size && [...shown].every((one) => expected.has(one));
}

function mayBeTaken(laid: Laid, now: string): boolean {
  return !laid.isAgain || Date.parse(now) - Date.parse(laid.at) >= maxLagMs;
}

/** What a set has, given what a list says. */
export function assignmentsOver(
  { all, changes }: LaidAssignments,
  listed: readonly JsonObject[],
): readonly JsonObject[] {
  const others = (all ?? listed).filter((assignment) => !changes.has(assignmentName(assignment)));
  return [...others, ...[...changes.values()].filter((assignment) => assignment !== undefined)];
}

function targetsOf(assignments: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(
    assignments.map((one) => `${assignmentName(one)} ${configurationIdOf(one)?.toLowerCase() ?? ""}`),
  );
}

/**
 * Whether a row's value is that of the whole resource, as far as the row goes: a query has null for what the resource has not, and leaves
 * members out. Resource Graph writes ids and words in casings of its own.
 */
function shows(row: unknown, whole: unknown): boolean {
  if (row === null || row === undefined) return whole === null || whole === undefined;
  if (Array.isArray(row)) {
    if (!Array.isArray(whole)) return row.length === 0 && whole === undefined;
    return row.length === whole.length && row.every((item, index) => shows(item, whole[index]));
  }
  if (typeof row === "object") {
    if (typeof whole !== "object" || whole === null)
      return Object.keys(row).length === 0 && whole === undefined;
    const [shown, all] = [row as JsonObject, whole as JsonObject];
    return Object.keys(shown).every((key) => shows(shown[key], all[key]));
  }
  if (typeof row === "string" && typeof whole === "string") return row.toLowerCase() === whole.toLowerCase();
  return row === whole;
}
