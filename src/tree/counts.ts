import { onceFor } from "../core/memo.ts";
import { message } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import type { ScaleSetRecord } from "../fleet/snapshot/snapshot.ts";
import type { TooltipLine } from "./view.ts";

/** "1 scale set", "4 scale sets". */
export function countOf({ length }: { readonly length: number }): Message {
  return length === 1 ? message("1 scale set") : message("{0} scale sets", length);
}

/** How scale sets stand, in numbers. */
interface Tally {
  readonly needAttention: number;
  /** Of those whose instances Azure was asked about. */
  readonly checked: number;
  readonly current: number;
  readonly behind: number;
}

/** Counted once for a list: groups stay the same objects for as long as nothing of them differs. */
const tallyOf = onceFor((sets: readonly ScaleSetRecord[]): Tally => {
  let [needAttention, checked, current, behind] = [0, 0, 0, 0];
  for (const { coverage, freshness } of sets) {
    if (coverage.needsAttention) needAttention += 1;
    if (freshness !== undefined) checked += 1;
    if (freshness?.state === "current") current += 1;
    if (freshness?.state === "behind") behind += 1;
  }
  return { needAttention, checked, current, behind };
});

export function attentionOf(sets: readonly ScaleSetRecord[]): Message | undefined {
  const { needAttention: count } = tallyOf(sets);
  return count === 0 ? undefined : message("{0} to fix", count);
}

/** Counts only scale sets whose image versions were checked. */
export function behindOf(sets: readonly ScaleSetRecord[]): Message | undefined {
  const { behind } = tallyOf(sets);
  return behind === 0 ? undefined : message("{0} behind the latest image", behind);
}

export function checkedLine(sets: readonly ScaleSetRecord[]): readonly TooltipLine[] {
  const { checked, current, behind } = tallyOf(sets);
  if (checked === 0) return [];
  const text = message(
    "Image versions checked on {0} of {1} scale sets: {2} latest, {3} behind, {4} unknown",
    checked,
    sets.length,
    current,
    behind,
    checked - current - behind,
  );
  return [{ text }];
}
