import type { InventoryEvent } from "../../azure/contracts.ts";
import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { FleetStoreOptions } from "../storeOptions.ts";

/** Takes all events as they arrive; answers why they ended early, if they did. */
export async function takeAll(
  events: AsyncIterable<InventoryEvent>,
  signal: AbortSignal,
  { problemOf, log }: Pick<FleetStoreOptions, "problemOf" | "log">,
  take: (event: InventoryEvent) => void,
): Promise<Problem | undefined> {
  try {
    for await (const event of events) {
      signal.throwIfAborted();
      take(event);
    }
    signal.throwIfAborted();
    return undefined;
  } catch (error) {
    if (signal.aborted) return { kind: "cancelled", summary: message("Refresh cancelled.") };
    log.error(`Reading the fleet ended early: ${String(error)}`);
    return problemOf(error);
  }
}
