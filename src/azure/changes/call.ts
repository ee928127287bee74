import type { JsonObject } from "../../core/resources/json.ts";
import type { Change } from "../../core/plans/plan.ts";
import type { Clients } from "../clients/clients.ts";
import type { Operation } from "../http/operations.ts";

/** What a call takes beside its change. */
export interface CallContext {
  readonly clients: Clients;
  /** Ends it before it is sent; a write that is under way is heard out. */
  readonly signal: AbortSignal;
  /** Of the scale set that is written, as it was read right before: Azure refuses the write where it has another one now. */
  readonly etag?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The REST call of a kind of change. The preview makes the same call over a transport that only records. */
export interface Call {
  /** Resolves when Azure has accepted it, to the operation that brings it about if there is one. */
  send(change: Change, context: CallContext): Promise<Operation | undefined>;
  /** Whether it is a DELETE, for which Resource Manager has buckets of their own. */
  readonly isDeletion?: boolean;
  /**
   * How long its operation is followed: to its end where absent, for some seconds where it lives as long as an upgrade, or, for a set in mode
   * Rolling, whose operation lasts a whole roll-out of the model, not at all.
   */
  readonly follows?: "firstSeconds" | "unlessRolling";
  /** How long a read may take to show it, in milliseconds, where that is longer than lists lag. */
  readonly showsWithinMs?: number;
}

export function bodyOf({ after = {} }: Change): JsonObject {
  return after;
}
