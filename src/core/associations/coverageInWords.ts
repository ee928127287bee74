import { shortServiceName } from "../resources/managedBy.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { CoverageState } from "./coverageStates.ts";

/** The label of a coverage state, wherever one is shown. */
export function stateName(state: CoverageState): Message {
  const names: Record<CoverageState, Message> = {
    unknown: message("Unknown"),
    broken: message("Broken schedule"),
    blocked: message("Blocked"),
    uncontrolled: message("No window"),
    idle: message("Upgrades off"),
    unmanaged: message("Not set up"),
    controlled: message("Scheduled"),
  };
  return names[state];
}

/** What the label stands for, in one sentence. */
export function stateMeaning(state: CoverageState): Message {
  const meanings: Record<CoverageState, Message> = {
    unknown: message("Couldn't be determined"),
    broken: message("Its configuration was deleted, has expired, has no window, or it has two"),
    blocked: message("Something must be fixed before Azure can upgrade it"),
    uncontrolled: message("Upgrades are on and can start at any time"),
    idle: message("It has a window, but automatic OS upgrades are off"),
    unmanaged: message("No window, and automatic OS upgrades are off"),
    controlled: message("Upgrades run in its maintenance window"),
  };
  return meanings[state];
}

/** The state of a scale set, or who manages it where that is another service: there its state asks for nothing. */
export function coverageName({
  state,
  managedBy,
}: {
  readonly state: CoverageState;
  readonly managedBy?: string | null;
}): Message {
  return typeof managedBy === "string" ? managedByName(managedBy) : stateName(state);
}

/** "Managed by AKS". */
export function managedByName(service: string): Message {
  return message("Managed by {0}", shortServiceName(service));
}
