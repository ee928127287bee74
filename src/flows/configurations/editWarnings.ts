import { nameOf } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";
import { checkSchedule } from "../../core/windows/rules.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import type { FlowContext } from "../engine/context.ts";
import { dependantsOf, namesOf } from "./dependants.ts";
import { nextWindows } from "../schedule/windowRows.ts";

/** What there is to say against a change of a configuration: `before` as it was read, `after` as it will be sent. */
export function editWarnings(
  context: FlowContext,
  before: JsonObject,
  after: JsonObject,
): readonly Message[] {
  return [...scheduleWarnings(context, before, after), ...windowWarnings(context, before, after)];
}

/** What the rules say of the configuration as it will be. */
function scheduleWarnings({ now }: FlowContext, before: JsonObject, after: JsonObject): readonly Message[] {
  return checkSchedule(after, { now: now(), before }).map((problem) => problem.message);
}

/** What the change takes away from the scale sets: the window that is open now, or every window. */
function windowWarnings(
  { now, snapshot }: FlowContext,
  before: JsonObject,
  after: JsonObject,
): readonly Message[] {
  const moment = now();
  const id = textAt(before, "id") ?? "";
  const [old, coming] = [nextWindows(before, moment), nextWindows(after, moment)];
  const isOpen = (one: Occurrence) => Date.parse(one.start) <= Date.parse(moment);
  const open = old.find(isOpen);
  const warnings: Message[] = [];
  if (open !== undefined && !coming.some(isOpen)) {
    const warning = message(
      "A window of {0} is open until {1}. With the new schedule, none is open now: upgrades that haven't started may wait for the next one.",
      nameOf(id),
      open.localEnd,
    );
    warnings.push(warning);
  }
  if (old.length > 0 && coming.length === 0) {
    const { sets } = dependantsOf(snapshot(), id);
    warnings.push(
      sets.length === 0
        ? message("No window opens with this schedule")
        : message("No window opens for {0} with this schedule.", namesOf(sets)),
    );
  }
  return warnings;
}
