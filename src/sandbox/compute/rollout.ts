import { keyOf } from "../ids.ts";
import type { State } from "../state.ts";
import { bodyOf, instancesOf, targetVersion } from "./instances.ts";
import { upgradesOn } from "./model.ts";
import { progress } from "./batches.ts";
import { beginUpgrade, runningUpgrade } from "./rollingUpgrade.ts";
import { opening } from "./scheduledWindows.ts";
import { type Upgrade, windowClosed } from "./upgrade.ts";

/** Whether the platform's attempt ended because its windows had closed: it goes on in the next one. */
const isCutShort = ({ startedBy, error }: Upgrade): boolean =>
  startedBy === "Platform" && error?.["code"] === windowClosed;

/** Whether the platform has something to do for a set that it has not tried yet, or could not finish in a window. */
function isDue(state: State, key: string): boolean {
  if (!upgradesOn(bodyOf(state, key)) || runningUpgrade(state, key) !== undefined) return false;
  const version = targetVersion(state, key);
  if (version === undefined) return false;
  const tried = (state.upgrades.get(key) ?? []).some(
    (one) => one.startedBy === "Platform" && one.target.version === version && !isCutShort(one),
  );
  return !tried && instancesOf(state, key).some((one) => !one.isProtected && one.version !== version);
}

/** Starts the platform's own upgrades of a set, an attempt per window, until one runs, or none is left, or the next window is to come. */
function rollOut(state: State, key: string, from: number, now: number): void {
  while (isDue(state, key)) {
    const [last] = state.upgrades.get(key) ?? [];
    const closedAt = last !== undefined && isCutShort(last) ? last.end : undefined;
    const start = opening(state, key, Math.max(from, last?.end ?? from), closedAt);
    if (start > now) return state.agenda.add(key, start);
    const how = { kind: "os", startedBy: "Platform", inWindows: true } as const;
    progress(state, beginUpgrade(state, key, how, start), now);
  }
}

/**
 * Lets everything happen to the instances that is due: running upgrades go on, and the platform starts its own in each set's window.
 * It rolls out only what was published while the sandbox ran: what is older has been around already. As the service does it once
 * for a set, a failed attempt waits for the next version; one that its window cut short goes on in the next window.
 */
export function upgradeInstances(state: State, now: number): void {
  for (const [key, time] of state.agenda.takeDue(now)) {
    const running = runningUpgrade(state, key);
    if (running !== undefined) progress(state, running, now);
    if (state.rollout.published) rollOut(state, key, time, now);
  }
}

/** Has a set looked at again once its model or its windows change. */
export function watchSets(state: State, now: () => number): void {
  const { agenda, rollout, scaleSets, assignments, configurations } = state;
  scaleSets.watch((_, key) => agenda.add(key, now()));
  assignments.watch((_, key) =>
    agenda.add(key.replace(/\/providers\/microsoft\.maintenance\/.*$/, ""), now()),
  );
  configurations.watch((_, key) => {
    if (!rollout.published) return; // nothing waits for a window
    for (const { scopeId, configurationId } of assignments.values()) {
      if (keyOf(configurationId) === key) agenda.add(keyOf(scopeId), now());
    }
  });
}
