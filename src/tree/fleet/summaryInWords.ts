import { coverageStates } from "../../core/associations/coverageStates.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Summary } from "../../fleet/snapshot/summary.ts";

/** "3 broken", "7 uncontrolled", "412 controlled": worst first, and only what there is. */
export function summaryInWords({ states, owned }: Summary): readonly Message[] {
  const counts = coverageStates.flatMap((state) => {
    const count = states.get(state);
    return count === undefined ? [] : [countInState(state, count)];
  });
  if (owned === 0) return counts;
  return [...counts, owned === 1 ? message("1 of another service") : message("{0} of other services", owned)];
}

function countInState(state: CoverageState, count: number): Message {
  switch (state) {
    case "unknown":
      return message("{0} can't tell", count);
    case "broken":
      return message("{0} broken", count);
    case "blocked":
      return message("{0} blocked", count);
    case "uncontrolled":
      return message("{0} uncontrolled", count);
    case "idle":
      return message("{0} idle", count);
    case "unmanaged":
      return message("{0} unmanaged", count);
    case "controlled":
      return message("{0} controlled", count);
  }
}
