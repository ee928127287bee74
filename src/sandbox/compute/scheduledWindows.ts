/** The maintenance windows in which the platform may upgrade a scale set. */
import { dayMs } from "../clock.ts";
import { keyOf } from "../ids.ts";
import { type JsonObject, objectAt, textAt } from "../json.ts";
import { isOpen, openTimes } from "../maintenance/openWindow.ts";
import type { State } from "../state.ts";
import { same } from "./model.ts";

/** The windows of the OS image configurations that a set is assigned to; a configuration that is gone has none. */
function windowsOf(state: State, key: string): readonly JsonObject[] {
  const { subscriptionId = "" } = state.scaleSets.get(key) ?? {};
  return [...state.assignments.of(subscriptionId).values()]
    .filter(({ scopeId }) => keyOf(scopeId) === key)
    .map(({ configurationId }) =>
      objectAt(state.configurations.get(keyOf(configurationId))?.body, "properties"),
    )
    .filter((properties) => same(textAt(properties, "maintenanceScope") ?? "OSImage", "OSImage"))
    .map((properties) => objectAt(properties, "maintenanceWindow"));
}

/** Whether a batch may begin at an instant: in any of the set's windows, and at any time where no configuration says otherwise. */
export function isWithinWindows(state: State, key: string, instant: number): boolean {
  const windows = windowsOf(state, key);
  return windows.length === 0 || windows.some((window) => isOpen(window, instant));
}

/**
 * The first instant from `from` on at which the platform may upgrade a set, Infinity if there is none; with `closedAt`, the end of an attempt
 * that its window cut short, only in a window that opens after it. Ours: where the set is assigned to nothing by now, it goes on a day later.
 */
export function opening(state: State, key: string, from: number, closedAt?: number): number {
  const windows = windowsOf(state, key);
  if (windows.length === 0) return closedAt === undefined ? from : Math.max(from, closedAt + dayMs);
  const first = (window: JsonObject): number => {
    for (const { opens } of openTimes(window, from)) {
      if (closedAt === undefined || opens > closedAt) return Math.max(from, opens);
    }
    return Infinity;
  };
  return Math.min(...windows.map(first));
}
