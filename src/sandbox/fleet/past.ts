import { dayMs, minuteMs } from "../clock.ts";
import { bodyOf, instancesOf, targetVersion } from "../compute/instances.ts";
import { imageReferenceOf, profileOf, rollingPolicyOf } from "../compute/model.ts";
import { platformImageOf, platformVersions } from "../compute/newestImage.ts";
import { newUpgrade, type Upgrade, usual } from "../compute/upgrade.ts";
import { upgradeError } from "../compute/upgradeErrors.ts";
import { textAt } from "../json.ts";
import type { State } from "../state.ts";
import type { Instance } from "../compute/instance.ts";
import type { FleetSeed } from "./contosoScaleSets.ts";

/** The version that was the newest so many months ago. */
function versionBack(state: State, key: string, back: number): string | undefined {
  const platform = platformImageOf(imageReferenceOf(profileOf(bodyOf(state, key))));
  if (platform !== undefined) return platformVersions(state, platform)[back];
  const all = [...state.galleries.values()][0]?.filter((one) => !one.excludeFromLatest) ?? [];
  return all[back]?.name;
}

/** One past upgrade by the platform, about a month apart from the next: all went well, or the first batches did not and were rolled back. */
function pastUpgrade(state: State, key: string, outcome: "Completed" | "Faulted", back: number): Upgrade {
  const body = bodyOf(state, key);
  const ids = instancesOf(state, key).map(({ id }) => id);
  const start = state.builtAt - (back * 30 + 4) * dayMs;
  const elapsedMs = ids.length * 6 * minuteMs;
  const failed = outcome === "Faulted" ? ids.slice(0, Math.ceil(ids.length / 4)) : [];
  const good = outcome === "Faulted" ? Math.floor(ids.length / 5) : ids.length;
  const successful = ids.slice(failed.length, failed.length + good);
  const pending = ids.slice(failed.length + good);
  const policy = rollingPolicyOf(body);
  const percent = (failed.length / Math.max(1, failed.length + good)) * 100;
  const limit = policy.maxUnhealthyUpgradedInstancePercent;
  const code = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade";
  const situation = { set: textAt(body, "name") ?? "", ids: failed, percent, limit, elapsedMs };
  const target = { version: versionBack(state, key, back), reference: imageReferenceOf(profileOf(body)) };
  const beginning = newUpgrade(
    {
      key,
      startedBy: "Platform",
      kind: "os",
      target,
      policy,
      restores: true,
      deferred: false,
      inWindows: true,
      start,
      pending,
      before: new Map(),
    },
    usual,
  );
  return {
    ...beginning,
    code: outcome,
    end: start + elapsedMs,
    successful,
    failed,
    restored: failed.length,
    error: failed.length === 0 ? undefined : upgradeError(code, situation),
  };
}

/** Gives a set its past: the upgrades that it had, and the instances with the images and the health that these left. */
export function addPast(
  state: State,
  key: string,
  { history, running = [0], unhealthy = [] }: FleetSeed,
): void {
  const newest = targetVersion(state, key);
  const instances = instancesOf(state, key).map((instance, index): Instance => {
    const back = running[index % running.length] ?? 0;
    return {
      ...instance,
      version: back === 0 ? newest : (versionBack(state, key, back) ?? newest),
      health: unhealthy.includes(index) ? "unhealthy" : "healthy",
    };
  });
  state.instances.set(key, instances);
  const upgrades = history?.map((outcome, back) => pastUpgrade(state, key, outcome, back));
  if (upgrades !== undefined) state.upgrades.set(key, upgrades);
}
