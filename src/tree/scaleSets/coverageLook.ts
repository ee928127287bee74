import type { Coverage } from "../../core/associations/coverage.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import type { Icon } from "../view.ts";

/** A state's icon: each state has a shape of its own, so that none depends on colour alone. */
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

/** The icon of a scale set: one that another service manages asks for nothing, whatever its state. */
export function coverageIcon({ state, managedBy }: Pick<Coverage, "state" | "managedBy">): Icon {
  return managedBy === undefined ? stateIcon(state) : managedIcon;
}

export const managedIcon: Icon = { id: "lock", color: "descriptionForeground" };
