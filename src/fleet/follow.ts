import { isScaleSetSettled } from "../core/scaleSet.ts";
import { isRunning } from "../core/upgrade.ts";
import type { FleetStore } from "./store.ts";

/** How often, in milliseconds, and how many scale sets at a time are looked at. */
const interval = 15_000;
const width = 20;

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
  const underWay = () =>
    [...store.snapshot.scaleSets.values()].filter(
      ({ resource, upgrade }) => !isScaleSetSettled(resource) && !isRunning(upgrade),
    );
  const look = async () => {
    await Promise.all(
      underWay()
        .slice(0, width)
        .map(({ id }) => store.lookAgain(id)),
    );
    timer = undefined;
    lookSoon();
  };
  const lookSoon = () => {
    if (isDisposed || timer !== undefined || underWay().length === 0) return;
    // `lookAgain` never rejects.
    timer = setTimeout(() => void look(), interval);
  };
  const listening = store.onDidChange(lookSoon);
  lookSoon();
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      listening.dispose();
    },
  };
}
