import { memo } from "../memo.ts";
import { nameOf } from "../resources/ids.ts";
import { textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { ScheduleFacts } from "../windows/types.ts";
import { isOsImage } from "../windows/window.ts";

/** A configuration as the fleet knows it; `schedule` is undefined until it has been worked out. */
export interface KnownConfiguration {
  readonly resource: JsonObject;
  readonly schedule: ScheduleFacts | undefined;
}

/** `missing` only when a direct GET said that it is gone; one that is merely not in the fleet is `unknown`. */
export type ConfigurationOf = (id: string) => KnownConfiguration | "missing" | "unknown";

/** What an assignment gives its scale set. */
export type Link =
  /** It can't be told, for this reason. `brief`: the same in a few words. */
  | { readonly state: "unknown"; readonly reason: Message; readonly brief: Message }
  /** No window will open because of it, for this reason. `osImage`: of an OSImage configuration that is there. */
  | {
      readonly state: "broken";
      readonly name: string;
      readonly osImage: boolean;
      readonly reason: Message;
      readonly brief: Message;
    }
  /** The windows of an OSImage configuration. */
  | { readonly state: "valid"; readonly name: string; readonly osImage: true }
  /** A configuration for something else than OS images. */
  | { readonly state: "otherScope" };

/** The configuration that an assignment is for, in the casing it came in; undefined where it does not say. */
export function configurationIdOf(assignment: JsonObject): string | undefined {
  return textAt(assignment, "properties", "maintenanceConfigurationId");
}

/** The lower-cased name of an assignment: from its id where it has none of its own. */
export function assignmentName(assignment: JsonObject): string {
  return (textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "")).toLowerCase();
}

/** What an assignment to the configuration of this id gives. */
export function linkTo(id: string, configurationOf: ConfigurationOf): Link {
  const name = nameIn(id);
  const known = configurationOf(id);
  if (known === "unknown") {
    return {
      state: "unknown",
      reason: message("Its configuration {0} couldn't be read.", name),
      brief: message("configuration couldn't be read"),
    };
  }
  if (known === "missing") {
    return {
      state: "broken",
      name,
      osImage: false,
      reason: message("Its configuration {0} was deleted.", name),
      brief: message("configuration was deleted"),
    };
  }
  return isOsImage(known.resource) ? osImageLink(name, known.schedule) : { state: "otherScope" };
}

/** Thousands of assignments are for few configurations. */
const nameIn = memo(nameOf);

function osImageLink(name: string, schedule: ScheduleFacts | undefined): Link {
  if (schedule === undefined) {
    return {
      state: "unknown",
      reason: message("The windows of {0} are still being calculated.", name),
      brief: message("windows not calculated yet"),
    };
  }
  if (schedule.unreadable !== undefined) {
    return {
      state: "unknown",
      reason: message("The schedule of {0} couldn't be read. {1}", name, schedule.unreadable),
      brief: message("schedule couldn't be read"),
    };
  }
  const problem = schedule.problems.find(({ severity }) => severity === "block");
  if (problem !== undefined) {
    const reason = message("Its configuration {0} has no valid window. {1}", name, problem.message);
    const brief =
      problem.rule === "expired" ? message("configuration has expired") : message("window isn't valid");
    return { state: "broken", name, osImage: true, reason, brief };
  }
  if (schedule.next.length === 0) {
    return {
      state: "broken",
      name,
      osImage: true,
      reason: message("Its configuration {0} has no more windows.", name),
      brief: message("no more windows"),
    };
  }
  return { state: "valid", name, osImage: true };
}
