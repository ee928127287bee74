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
  const version = targetVersion(state, key);
  if (version === undefined || !upgradesOn(bodyOf(state, key))) return false;
  if (runningUpgrade(state, key) !== undefined) return false;
  const tried = (state.upgrades.get(key) ?? []).some(
    (one) => one.startedBy === "Platform" && one.target.version === version && !isCutShort(one),
  );
  return !tried && instancesOf(state, key).some((one) => !one.isProtected && one.version !== version);
}

/** Starts the platform's own upgrades of a set, an attempt per window, until one runs or nothing is left to do by `now`. */
function rollOut(state: State, key: string, from: number, now: number): void {
  while (isDue(state, key)) {
    const [last] = state.upgrades.get(key) ?? [];
    const closedAt = last !== undefined && isCutShort(last) ? last.end : undefined;
    const start = opening(state, key, Math.max(from, last?.end ?? from), now, closedAt);
    if (start === undefined) return;
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
  for (const upgrades of state.upgrades.values()) for (const one of upgrades) progress(state, one, now);
  const { rollout } = state;
  const from = rollout.lookedUntil;
  rollout.lookedUntil = now;
  if (!rollout.published) return;
  for (const key of state.scaleSets.keys()) rollOut(state, key, from, now);
}
