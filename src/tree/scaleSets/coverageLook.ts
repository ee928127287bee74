import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Icon } from "../view.ts";

/** A state's icon: each state has a shape of its own, so that none is told by colour alone. */
export function stateIcon(state: CoverageState): Icon {
  const icons: Record<CoverageState, Icon> = {
    unknown: { id: "question", color: "descriptionForeground" },
    broken: { id: "error", color: "list.errorForeground" },
    blocked: { id: "circle-slash", color: "list.errorForeground" },
    uncontrolled: { id: "warning", color: "list.warningForeground" },
    idle: { id: "debug-pause", color: "charts.blue" },
    unmanaged: { id: "circle-large-outline", color: "descriptionForeground" },
    controlled: { id: "pass-filled", color: "testing.iconPassed" },
  };
  return icons[state];
}

export function stateName(state: CoverageState): Message {
  const names: Record<CoverageState, Message> = {
    unknown: message("Can't tell"),
    broken: message("Broken"),
    blocked: message("Blocked"),
    uncontrolled: message("Uncontrolled"),
    idle: message("Idle"),
    unmanaged: message("Unmanaged"),
    controlled: message("Controlled"),
  };
  return names[state];
}
