import type { Waits } from "../core/waits.ts";

/** Tells how many seconds are left to wait, at each change and once a second meanwhile; undefined when the waiting is over. */
export function countDown(waits: Waits, tell: (seconds: number | undefined) => void): { dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    clearTimeout(timer);
    const { endsAt } = waits;
    if (endsAt === undefined) return tell(undefined);
    timer = setTimeout(update, 1000);
    // It is not over before the pause says so.
    tell(Math.max(1, Math.ceil((endsAt - Date.now()) / 1000)));
  };
  const listening = waits.onDidChange(update);
  if (waits.endsAt !== undefined) update();
  return {
    dispose: () => {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}
