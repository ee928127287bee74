import { minuteMs } from "../clock.ts";
import { objectAt } from "../json.ts";
import { opennessOf } from "../maintenance/openWindow.ts";
import { keyOf } from "../ids.ts";
import type { State } from "../state.ts";
import { bodyOf, instancesOf, targetVersion } from "./instances.ts";
import { upgradesOn } from "./model.ts";
import { progress } from "./batches.ts";
import { beginUpgrade, runningUpgrade } from "./rollingUpgrade.ts";

/** How finely windows are looked for. */
const stepMs = 10 * minuteMs;

/** The windows of the configurations that a set is assigned to; one that is gone has none. */
function windowsOf(state: State, key: string) {
  const { subscriptionId = "" } = state.scaleSets.get(key) ?? {};
  return [...state.assignments.of(subscriptionId).values()]
    .filter(({ scopeId }) => keyOf(scopeId) === key)
    .map(({ configurationId }) => state.configurations.get(keyOf(configurationId))?.body)
    .map((configuration) => opennessOf(objectAt(configuration, "properties", "maintenanceWindow")));
}

/** The first instant from `from` to `until` at which the platform may upgrade a set: at any time where no configuration says otherwise. */
function opening(state: State, key: string, from: number, until: number): number | undefined {
  const windows = windowsOf(state, key);
  if (windows.length === 0) return from;
  for (let instant = from; instant <= until; instant = (Math.floor(instant / stepMs) + 1) * stepMs) {
    if (windows.some((isOpen) => isOpen(instant))) return instant;
  }
  return undefined;
}

/** Whether the platform has something to do for a set that it has not tried yet. */
function isDue(state: State, key: string): boolean {
  const version = targetVersion(state, key);
  if (version === undefined || !upgradesOn(bodyOf(state, key))) return false;
  if (runningUpgrade(state, key) !== undefined) return false;
  const tried = (state.upgrades.get(key) ?? []).some(
    ({ startedBy, target }) => startedBy === "Platform" && target.version === version,
  );
  return !tried && instancesOf(state, key).some((instance) => instance.version !== version);
}

/**
 * Lets everything happen to the instances that is due: running upgrades go on, and the platform starts its own in each set's window.
 * It rolls out only what was published while the sandbox ran: what is older has been around already. As the service does it once
 * for a set, a failed attempt waits for the next version.
 */
export function upgradeInstances(state: State, now: number): void {
  for (const upgrades of state.upgrades.values()) for (const one of upgrades) progress(state, one, now);
  const { rollout } = state;
  const from = rollout.lookedUntil;
  rollout.lookedUntil = now;
  if (!rollout.published) return;
  for (const key of state.scaleSets.keys()) {
    if (!isDue(state, key)) continue;
    const start = opening(state, key, from, now);
    if (start === undefined) continue;
    progress(state, beginUpgrade(state, key, { kind: "os", startedBy: "Platform" }, start), now);
  }
}
