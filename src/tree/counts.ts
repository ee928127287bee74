import { message } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import type { ScaleSetRecord } from "../fleet/snapshot/snapshot.ts";
import type { TooltipLine } from "./view.ts";

/** "1 scale set", "4 scale sets". */
export function countOf(scaleSets: readonly unknown[]): Message {
  return scaleSets.length === 1 ? message("1 scale set") : message("{0} scale sets", scaleSets.length);
}

export function attentionOf(sets: readonly ScaleSetRecord[]): Message | undefined {
  const count = sets.filter(({ coverage }) => coverage.needsAttention).length;
  if (count === 0) return undefined;
  return count === 1 ? message("1 needs attention") : message("{0} need attention", count);
}

/** Of those whose instances Azure was asked about; the others are not counted as anything. */
export function behindOf(sets: readonly ScaleSetRecord[]): Message | undefined {
  const count = sets.filter(({ freshness }) => freshness?.state === "behind").length;
  return count === 0 ? undefined : message("{0} behind the latest image", count);
}

export function checkedLine(sets: readonly ScaleSetRecord[]): readonly TooltipLine[] {
  const checked = sets.filter(({ freshness }) => freshness !== undefined);
  if (checked.length === 0) return [];
  const current = checked.filter(({ freshness }) => freshness?.state === "current").length;
  const behind = checked.filter(({ freshness }) => freshness?.state === "behind").length;
  const text = message(
    "Image versions of {0} of {1} scale sets were checked: {2} run the latest image, {3} are behind, of {4} it can't be told.",
    checked.length,
    sets.length,
    current,
    behind,
    checked.length - current - behind,
  );
  return [{ text }];
}
