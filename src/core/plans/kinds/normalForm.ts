import { sameId } from "../../resources/ids.ts";
import { secondsOf } from "../../resources/isoDuration.ts";
import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import { regionKey } from "../../resources/regions.ts";
import { lastDay, readWallClock, sinceEpoch } from "../../windows/calendar.ts";
import { readDuration } from "../../windows/duration.ts";
import { parseRecurrence } from "../../windows/recurrence.ts";

/**
 * Comparing what was written with what Azure answers. It answers in a form of its own: ids and tag names in lower case, regions with and
 * without blanks, durations and dates in other notations, members added, empty objects for absent ones (FACTS §9.2, §9.4, §9.6).
 */

/** Whether `actual` has all that `wanted` has; it may have more. */
export function holds(actual: Json | undefined, wanted: Json | undefined, name = ""): boolean {
  if (isObject(wanted)) {
    const has = memberOf(actual, name);
    return Object.entries(wanted).every(([member, value]) => holds(has(member), value, member));
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual)) return wanted.length === 0 && isNothing(actual);
    return (
      actual.length === wanted.length &&
      wanted.every((value: Json, index) => holds(actual[index] as Json | undefined, value))
    );
  }
  return sameValue(actual, wanted, name);
}

/**
 * Whether `actual` has none of what `before` has and `wanted` has not: what an edit takes away must be gone, be Azure's default, or have
 * another value, which `holds` then judges.
 */
export function lacks(
  actual: Json | undefined,
  before: Json | undefined,
  wanted: Json | undefined,
  name = "",
): boolean {
  if (!isObject(before)) return true;
  const [has, keeps] = [memberOf(actual, name), memberOf(wanted, name)];
  return Object.entries(before).every(([member, value]) => {
    const kept = keeps(member) ?? undefined;
    if (kept !== undefined) return lacks(has(member), value, kept, member);
    return isNothing(value) || isDefault(member, has(member)) || !holds(has(member), value, member);
  });
}

/** Whether two values are the same in all that either has. */
export function same(a: Json | undefined, b: Json | undefined, name = ""): boolean {
  return holds(a, b, name) && holds(b, a, name);
}

/** The members of `resource` that `shape` has; null is as good as absent. */
export function shapedLike(resource: JsonObject, shape: JsonObject): JsonObject {
  const members = Object.entries(shape).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    const value = resource[name] ?? undefined;
    if (value === undefined) return [];
    return [[name, isObject(inner) && isObject(value) ? shapedLike(value, inner) : value]];
  });
  return Object.fromEntries(members);
}

/** Names of tags compare without case; all other members are named as the contract has them. */
function memberOf(value: Json | undefined, name: string): (member: string) => Json | undefined {
  if (!isObject(value)) return () => undefined;
  if (name !== "tags") return (member) => value[member];
  const byName = new Map(Object.entries(value).map(([key, tag]) => [key.toLowerCase(), tag]));
  return (member) => byName.get(member.toLowerCase());
}

function sameValue(actual: Json | undefined, wanted: Json | undefined, name: string): boolean {
  if (isNothing(actual) || isNothing(wanted)) return isNothing(actual) && isNothing(wanted);
  if (typeof actual === "string" && typeof wanted === "string") return sameText(actual, wanted, name);
  return String(actual as unknown) === String(wanted as unknown);
}

function sameText(actual: string, wanted: string, name: string): boolean {
  if (actual === wanted) return true;
  if (wanted.startsWith("/")) return sameId(actual, wanted);
  const normal = forms[name];
  return normal !== undefined && normal(actual) === normal(wanted);
}

const lowered = (text: string) => text.trim().toLowerCase();
const date = (text: string) => {
  const clock = readWallClock(text);
  return typeof clock === "string" ? lowered(text) : sinceEpoch(clock);
};

/** One form for each member of which Azure has several. */
const forms: Readonly<Record<string, (text: string) => string | number>> = {
  location: regionKey,
  maintenanceScope: lowered,
  visibility: lowered,
  mode: lowered,
  patchMode: lowered,
  timeZone: lowered,
  startDateTime: date,
  expirationDateTime: date,
  duration: (text) => readDuration(text) ?? lowered(text),
  recurEvery: (text) => JSON.stringify(parseRecurrence(text)) ?? lowered(text),
  pauseTimeBetweenBatches: (text) => secondsOf(text) ?? lowered(text),
};

/** What Azure fills in where nothing was sent. */
function isDefault(name: string, value: Json | undefined): boolean {
  if (name !== "expirationDateTime" || typeof value !== "string") return false;
  const clock = readWallClock(value);
  return typeof clock !== "string" && clock.day === lastDay;
}

/** Azure answers with empty objects where nothing is there. */
function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && Object.values(value).every(isNothing));
}
