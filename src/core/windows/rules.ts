import { parseId } from "../resources/ids.ts";
import { objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import { problemsOf } from "../text/rule.ts";
import { durationRules } from "./rules/duration.ts";
import { editRules } from "./rules/edit.ts";
import { expiryRules } from "./rules/expiry.ts";
import type { ScheduleInput, ScheduleRule } from "./rules/input.ts";
import { limitRules } from "./rules/limits.ts";
import type { Counts } from "./rules/limits.ts";
import { nameRules } from "./rules/name.ts";
import { recurrenceRules } from "./rules/recurrence.ts";
import { sources } from "./rules/sources.ts";
import { startRules } from "./rules/start.ts";
import { zoneRules } from "./rules/zone.ts";
import type { WindowProblem } from "./types.ts";
import { osImageScope, readWindow, scopeOf } from "./window.ts";
import type { WindowFields } from "./window.ts";

const scopeRule: ScheduleRule = {
  id: "scope",
  severity: "block",
  sources: [sources.scopes],
  check: ({ scope }) => {
    if (scope?.toLowerCase() === osImageScope.toLowerCase()) return undefined;
    return scope === undefined
      ? message("The configuration has no scope. OS image upgrades need scope OSImage.")
      : message("The scope is “{0}”. OS image upgrades need scope OSImage.", scope);
  },
};

const windowRule: ScheduleRule = {
  id: "window-missing",
  severity: "block",
  sources: [sources.overview],
  check: ({ window }) =>
    window === undefined
      ? message("The configuration has no maintenance window. Set start, time zone, duration and recurrence.")
      : undefined,
};

/** Every rule for the window of a maintenance configuration of scope OSImage, in the order in which problems are told. */
export const scheduleRules: readonly ScheduleRule[] = [
  scopeRule,
  ...nameRules,
  windowRule,
  ...startRules,
  ...zoneRules,
  ...durationRules,
  ...recurrenceRules,
  ...expiryRules,
  ...editRules,
  ...limitRules,
];

export interface ScheduleContext extends Counts {
  /** ISO instant. */
  readonly now: string;
  /** Names of the other configurations in the group. */
  readonly taken?: readonly string[];
  /** True for a configuration that Azure has already: rules for what is about to be written are left out. */
  readonly existing?: boolean;
  /** The configuration as Azure has it, where it is edited. */
  readonly before?: JsonObject;
}

/**
 * What is wrong with a configuration, as ARM returns it or as it would be sent. One of another scope has that one problem:
 * the other rules are for OSImage.
 */
export function checkSchedule(
  configuration: JsonObject,
  { existing, ...context }: ScheduleContext,
): readonly WindowProblem[] {
  const scope = scopeOf(configuration);
  const input: ScheduleInput = {
    ...context,
    scope,
    window: objectAt(configuration, "properties", "maintenanceWindow") && readWindow(configuration),
    name: textAt(configuration, "name"),
    resourceGroup: parseId(textAt(configuration, "id") ?? "")?.resourceGroup,
  };
  const otherScope = problemsOf([scopeRule], input);
  if (otherScope.length > 0) return otherScope;
  return problemsOf(
    existing === true ? scheduleRules.filter((rule) => rule.onlyWhenWriting !== true) : scheduleRules,
    input,
  );
}

/** Checks the name of a new configuration. `taken`: names of the configurations in the group. */
export function checkName(
  name: string,
  { resourceGroup, taken }: { readonly resourceGroup: string; readonly taken: readonly string[] },
): readonly WindowProblem[] {
  return problemsOf(nameRules, { ...nothing, name, resourceGroup, taken });
}

/** `zone`: Windows id; without one only the form is checked. `now`: ISO instant. */
export function checkStart(text: string, zone: string | undefined, now: string): readonly WindowProblem[] {
  return problemsOf(startRules, { ...nothing, now, window: fields({ startDateTime: text, timeZone: zone }) });
}

export function checkTimeZone(windowsId: string): readonly WindowProblem[] {
  return problemsOf(zoneRules, { ...nothing, window: fields({ timeZone: windowsId }) });
}

/** `recurrence`, where it is known already, adds the check of the one against the other. */
export function checkDuration(text: string, recurrence?: string): readonly WindowProblem[] {
  // Empty text is a malformed duration here: only a configuration made elsewhere may go without one.
  const window = { ...fields({ recurEvery: recurrence }), duration: text };
  return problemsOf(durationRules, { ...nothing, window });
}

/** `duration`, where it is known already, adds the check of the one against the other. */
export function checkRecurrence(text: string, duration?: string): readonly WindowProblem[] {
  return problemsOf([...recurrenceRules, ...durationRules.filter(({ id }) => id === "duration-recurrence")], {
    ...nothing,
    window: fields({ recurEvery: text, duration }),
  });
}

/** An empty `text` means that the configuration does not expire. `start`: as entered. `zone`: Windows id. `now`: ISO instant. */
export function checkExpiry(
  text: string,
  start: string,
  zone: string,
  now: string,
): readonly WindowProblem[] {
  const window = fields({ expirationDateTime: text, startDateTime: start, timeZone: zone });
  return problemsOf(expiryRules, { ...nothing, now, window });
}

const nothing: ScheduleInput = { now: "", scope: undefined, window: undefined };

/** The fields that a step knows; empty text is a field that is not there. */
function fields(known: { readonly [K in keyof WindowFields]?: WindowFields[K] | undefined }): WindowFields {
  const field = (name: keyof WindowFields) => (known[name]?.trim() === "" ? undefined : known[name]);
  return {
    startDateTime: field("startDateTime"),
    expirationDateTime: field("expirationDateTime"),
    duration: field("duration"),
    timeZone: field("timeZone"),
    recurEvery: field("recurEvery"),
  };
}
