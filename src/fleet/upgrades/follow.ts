import type { IdKey } from "../../core/resources/ids.ts";
import { isSettled } from "../../core/resources/provisioning.ts";
import { isRunning } from "../../core/upgrades/upgrade.ts";
import type { ScaleSetRecord } from "../snapshot/snapshot.ts";
import type { FleetStore } from "../store.ts";

/** How often, and how many scale sets at a time are looked at. */
const pollIntervalMs = 15_000;
const maxParallelLooks = 20;

/**
 * Reads the scale sets again that Azure works on, until it no longer does: for a plan that nobody waits for any more, a window that was
 * closed meanwhile, or a change of someone else's. A rolling upgrade takes hours: where one is known to run, that is watched instead
 * (`UpgradeWatch`).
 */
export function followUnderWay(store: Pick<FleetStore, "snapshot" | "onDidChange" | "lookAgain">): {
  dispose(): void;
} {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;
  /** Those of the snapshot: a change is looked through, not the fleet. */
  const followed = new Map<string, ScaleSetRecord>();
  /** Whether the fleet is another. It is looked through when a look is due: what shows it first is not kept waiting. */
  let isOther = true;
  const note = (ids: Iterable<string>) => {
    for (const id of ids) {
      const record = store.snapshot.scaleSets.get(id as IdKey);
      if (record !== undefined && isUnderWay(record)) followed.set(id, record);
      else followed.delete(id);
    }
  };
  const look = async () => {
    if (isOther) note(store.snapshot.scaleSets.keys());
    isOther = false;
    await Promise.all([...followed.values()].slice(0, maxParallelLooks).map(({ id }) => store.lookAgain(id)));
    timer = undefined;
    lookSoon();
  };
  const lookSoon = () => {
    if (isDisposed || timer !== undefined || (followed.size === 0 && !isOther)) return;
    // `lookAgain` never rejects.
    timer = setTimeout(() => void look(), pollIntervalMs);
  };
  const listening = store.onDidChange(({ ids }) => {
    if (ids === "all") {
      followed.clear();
      isOther = true;
    } else note(ids);
    lookSoon();
  });
  lookSoon();
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

function isUnderWay({ resource, upgrade }: ScaleSetRecord): boolean {
  return !isSettled(resource) && !isRunning(upgrade);
}
