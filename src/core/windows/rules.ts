import type { JsonObject } from "../json.ts";
import { problemsOf } from "../rule.ts";
import type { Rule } from "../rule.ts";
import type { WindowProblem } from "./types.ts";
import { isOsImage, readWindow, scopeOf } from "./window.ts";
import type { WindowFields } from "./window.ts";

/** What the schedule rules look at; a rule whose part is absent does not speak. */
export interface ScheduleInput {
  readonly scope?: string | undefined;
  readonly window?: WindowFields;
  readonly now: string;
}

/** Every rule for a maintenance configuration of scope OSImage. */
export const scheduleRules: readonly Rule<ScheduleInput>[] = [];

export interface ScheduleContext {
  /** ISO instant. */
  readonly now: string;
  /** Names of the other configurations in the group. */
  readonly taken?: readonly string[];
  /** True for a configuration that Azure has already: rules for what is about to be written are left out. */
  readonly existing?: boolean;
}

/** What is wrong with a configuration, as ARM returns it or as it would be sent. */
export function checkSchedule(configuration: JsonObject, context: ScheduleContext): readonly WindowProblem[] {
  if (!isOsImage(configuration)) return [];
  return problemsOf(scheduleRules, {
    scope: scopeOf(configuration),
    window: readWindow(configuration),
    now: context.now,
  });
}

/** `taken`: names of the configurations in the group. */
export function checkName(
  _name: string,
  _where: { readonly resourceGroup: string; readonly taken: readonly string[] },
): readonly WindowProblem[] {
  return [];
}

/** `zone`: Windows id, where it is known already; `now`: ISO instant. */
export function checkStart(_text: string, _zone: string | undefined, _now: string): readonly WindowProblem[] {
  return [];
}

export function checkDuration(_text: string): readonly WindowProblem[] {
  return [];
}

/** An empty `text` means that the configuration does not expire. */
export function checkExpiry(
  _text: string,
  _start: string,
  _zone: string,
  _now: string,
): readonly WindowProblem[] {
  return [];
}

export function checkRecurrence(_text: string, _duration?: string): readonly WindowProblem[] {
  return [];
}

export function checkTimeZone(_windowsId: string): readonly WindowProblem[] {
  return [];
}
