import { minuteMs } from "../../core/milliseconds.ts";
import { coverageStates } from "../../core/associations/coverageStates.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { joined, message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Summary } from "../../fleet/snapshot/summary.ts";
import { countOf } from "../counts.ts";
import { ago } from "../times.ts";
import type { Clock } from "../view.ts";

/**
 * "11 to fix, 3 broken schedule": how many need attention and how many of them are worst; "2 of 5 to fix" of what a filter lets through.
 * Short, so that it fits on one line above a narrow tree.
 */
export function summaryInWords(summary: Summary, isFiltered: boolean): Message {
  const { states, needAttention, count } = summary;
  const [worst] = coverageStates.flatMap((state) => kindInWords(state, states.get(state) ?? 0));
  if (worst === undefined) {
    const unknown = states.get("unknown") ?? 0;
    const rest = unknown === 0 ? message("nothing to fix") : message("{0} unknown", unknown);
    return joined(", ", [countOf({ length: count }), rest]);
  }
  return isFiltered
    ? message("{0} of {1} to fix", needAttention, count)
    : message("{0} to fix, {1}", needAttention, worst);
}

/** Of the states that ask for something. */
function kindInWords(state: CoverageState, count: number): readonly Message[] {
  if (count === 0) return [];
  switch (state) {
    case "broken":
      return [message("{0} broken schedule", count)];
    case "blocked":
      return [message("{0} blocked", count)];
    case "uncontrolled":
      return [message("{0} no window", count)];
    case "idle":
      return [message("{0} upgrades off", count)];
    default:
      return [];
  }
}

/** How long what was just read needs no age. */
const freshMs = 10 * minuteMs;

/** "Last refreshed 25 minutes ago" of what is older than ten minutes, and of whatever an earlier window has read. */
export function ageInWords(
  { savedAt, readAt }: Pick<Snapshot, "savedAt" | "readAt">,
  clock: Pick<Clock, "now" | "locale">,
): Message | undefined {
  const at = savedAt ?? readAt;
  if (at === undefined) return undefined;
  const isFresh = Date.parse(clock.now) - Date.parse(at) <= freshMs;
  return isFresh && savedAt === undefined ? undefined : message("Last refreshed {0}", ago(at, clock));
}
