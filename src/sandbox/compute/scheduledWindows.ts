/** The maintenance windows in which the platform may upgrade a scale set. */
import { dayMs, minuteMs } from "../clock.ts";
import { keyOf } from "../ids.ts";
import { objectAt, textAt } from "../json.ts";
import { opennessOf } from "../maintenance/openWindow.ts";
import type { State } from "../state.ts";
import { same } from "./model.ts";

/** How finely windows are looked for. */
const stepMs = 10 * minuteMs;

/** The windows of the OS image configurations that a set is assigned to; a configuration that is gone has none. */
function windowsOf(state: State, key: string) {
  const { subscriptionId = "" } = state.scaleSets.get(key) ?? {};
  return [...state.assignments.of(subscriptionId).values()]
    .filter(({ scopeId }) => keyOf(scopeId) === key)
    .map(({ configurationId }) =>
      objectAt(state.configurations.get(keyOf(configurationId))?.body, "properties"),
    )
    .filter((properties) => same(textAt(properties, "maintenanceScope") ?? "OSImage", "OSImage"))
    .map((properties) => opennessOf(objectAt(properties, "maintenanceWindow")));
}

/** Whether a batch may begin at an instant: in any of the set's windows, and at any time where no configuration says otherwise. */
export function isWithinWindows(state: State, key: string, instant: number): boolean {
  const windows = windowsOf(state, key);
  return windows.length === 0 || windows.some((isOpen) => isOpen(instant));
}

/** The instants at which windows are looked at: the given one, then each full step. */
const after = (instant: number): number => (Math.floor(instant / stepMs) + 1) * stepMs;

/**
 * The first instant from `from` to `until` at which the platform may upgrade a set; with `closedAt`, the end of an attempt that its window
 * cut short, only in a window that opens after it. Ours: where none closes any more (the set is assigned to nothing by now, or its windows
 * follow each other without a break), it goes on a day later.
 */
export function opening(
  state: State,
  key: string,
  from: number,
  until: number,
  closedAt?: number,
): number | undefined {
  const windows = windowsOf(state, key);
  const isOpen = (instant: number): boolean => windows.length === 0 || windows.some((one) => one(instant));
  let instant = closedAt ?? from;
  if (closedAt !== undefined) {
    const latest = closedAt + dayMs;
    while (instant < latest && instant <= until && isOpen(instant))
      instant = Math.min(after(instant), latest);
  }
  instant = Math.max(instant, from);
  while (instant <= until && !isOpen(instant)) instant = after(instant);
  return instant <= until ? instant : undefined;
}
