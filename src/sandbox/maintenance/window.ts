import { dayMs } from "../clock.ts";
import { refuse, refuseOddly } from "../http/errors.ts";
import { at, isObject, type Json, type JsonObject, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import { isSkipped } from "./wallClock.ts";
import { windowsZones } from "./zones.ts";

/** Minutes: shortest and longest window of each scope that has such a rule. */
const durations: Readonly<Record<string, readonly [number, number]>> = {
  osimage: [300, 24 * 60],
  host: [120, 24 * 60],
  inguestpatch: [90, 235],
};

const scopes = ["Host", "Resource", "OSImage", "Extension", "InGuestPatch", "SQLDB", "SQLManagedInstance"];

const weekdays = "(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday)";
// A blank behind the comma was recorded in a list of configurations (`week Monday, Tuesday`).
const days = `${weekdays}(?:, ?${weekdays})*`;
const dates = String.raw`day-?\d{1,2}(?:, ?day-?\d{1,2})*`;
const recurrence = new RegExp(
  String.raw`^(?:\d*days?|\d*hours?|\d*weeks?(?: ${days})?|\d*months? (?:${dates}|(?:first|second|third|fourth|last) ${weekdays}(?: offset-?[0-6])?))$`,
  "i",
);

/** Milliseconds of `YYYY-MM-DD hh:mm` (seconds allowed), read as if it were UTC. */
function readTime(text: string, field: string): number {
  const [, date = "", minute = "", second = ":00"] =
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(:[0-5]\d)?$/.exec(text.trim()) ?? [];
  const time = new Date(`${date}T${minute}${second}Z`);
  // Of a day that there is not, such as the 31st of June, it makes another one.
  const isDate = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(`${date}T${minute}`);
  if (!isDate) throw ours.window(`${field} '${text}' is not a date in the format YYYY-MM-DD hh:mm.`);
  return time.getTime();
}

function checkDuration(scope: string, duration: string | undefined): void {
  if (duration === undefined) return;
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(duration) ?? [];
  if (hours === undefined) throw ours.window(`Duration '${duration}' is not in the format HH:mm.`);
  const length = Number(hours) * 60 + Number(minutes);
  const limits = durations[scope.toLowerCase()];
  if (limits === undefined || (length >= limits[0] && length <= limits[1])) return;
  const [shortest, longest] = limits.map(
    (limit) => `${String(Math.floor(limit / 60)).padStart(2, "0")}:${String(limit % 60).padStart(2, "0")}`,
  );
  throw ours.window(`Duration '${duration}' must be between ${shortest} and ${longest} for scope ${scope}.`);
}

function checkRecurrence(recurEvery: string | undefined): void {
  if (recurEvery === undefined || recurrence.test(recurEvery.trim())) return;
  if (/^\d*months?$/i.test(recurEvery.trim())) {
    // The capitals are the service's own: hashicorp/terraform-provider-azurerm #29738.
    throw refuseOddly(400, {
      Error: {
        Code: "InvalidMaintenanceWindow",
        Message:
          "Invalid maintenance window. Error: Monthly maintenance window is missing day of month or week of month.",
      },
    });
  }
  throw ours.window(`RecurEvery '${recurEvery}' is not a recurrence.`);
}

/**
 * Dates are checked when they are new: a window keeps a start that has passed meanwhile. "Today" is meant in the
 * window's zone; one day of grace covers every zone.
 */
function checkDates(window: JsonObject, before: Json | undefined, now: number): void {
  const start = textAt(window, "startDateTime");
  if (start === undefined || start === "") {
    throw refuse(
      400,
      "InvalidMaintenanceWindow",
      "Invalid maintenance window. Error: StartDateTime is not set for maintenance window.",
    );
  }
  const startTime = readTime(start, "StartDateTime");
  const zone = textAt(window, "timeZone") ?? "";
  // Azure was seen to refuse such a start, or not to answer at all (hashicorp/terraform-provider-azurerm #32918): a fault does the latter.
  const isKept = start === textAt(before, "startDateTime") && zone === textAt(before, "timeZone");
  if (!isKept && windowsZones.has(zone) && isSkipped(startTime, zone)) {
    throw ours.window(`StartDateTime '${start}' is an invalid time in time zone '${zone}'.`);
  }
  if (start !== textAt(before, "startDateTime") && startTime < Math.floor(now / dayMs) * dayMs - dayMs) {
    throw ours.window(`StartDateTime '${start}' must be the current date or a future date.`);
  }
  const expiry = textAt(window, "expirationDateTime");
  if (expiry === undefined) return;
  const expiryTime = readTime(expiry, "ExpirationDateTime");
  if (expiry !== textAt(before, "expirationDateTime") && expiryTime < now - dayMs) {
    throw ours.window(`ExpirationDateTime '${expiry}' must be a future date.`);
  }
  if (expiryTime <= startTime) {
    throw ours.window(`ExpirationDateTime '${expiry}' must be after StartDateTime '${start}'.`);
  }
}

function checkScope(scope: Json | undefined): string {
  if (scope === "Resource") {
    // Seen without a code and cut off after "Maintenan": the end is ours. Azure/azure-rest-api-specs #34327.
    throw refuseOddly(400, {
      Message: "Given Maintenance Subscope is not supported for Maintenance Scope Resource.",
    });
  }
  if (typeof scope !== "string" || !scopes.some((known) => known.toLowerCase() === scope.toLowerCase())) {
    throw refuse(400, "", "Maintenance Scope provided is invalid");
  }
  return scope;
}

/** Refuses the properties of a configuration that Azure would refuse. `before` is what it replaces. */
export function checkProperties(properties: JsonObject, before: JsonObject, now: number): void {
  const scope = checkScope(properties["maintenanceScope"]);
  if (textAt(properties, "visibility")?.toLowerCase() === "public") {
    throw refuse(
      400,
      "BadRequest",
      "Public Maintenance Configurations feature is not enabled for subscription.",
    );
  }
  const window = at(properties, "maintenanceWindow");
  if (window === undefined) return;
  if (!isObject(window)) throw ours.window("The maintenance window is not an object.");
  const odd = Object.entries(window).find(([, value]) => value !== null && typeof value !== "string");
  if (odd !== undefined) throw ours.window(`${odd[0]} is not a text.`);
  checkDates(window, at(before, "maintenanceWindow"), now);
  checkDuration(scope, textAt(window, "duration"));
  const zone = textAt(window, "timeZone");
  if (zone !== undefined && !windowsZones.has(zone)) {
    throw ours.window(`TimeZone '${zone}' is not a Windows time zone.`);
  }
  checkRecurrence(textAt(window, "recurEvery"));
}
