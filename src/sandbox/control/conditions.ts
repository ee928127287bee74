import { durationOf } from "../clock.ts";
import { refuseOrder } from "../http/errors.ts";
import type { JsonObject } from "../json.ts";

/** What `PUT /sandbox/conditions` sets: circumstances that Azure may impose for longer than a request. */
export interface Conditions {
  /** Every write needs a token that was issued after multi-factor authentication. */
  readonly strongWrites: boolean;
  /** How long Resource Graph takes to know of a change. */
  readonly graphLagMs: number;
  /** How long after a request its answer leaves, by the real clock; later only where it is not ready. */
  readonly latencyMs: number;
  /** Whether who asks too often is throttled: by Resource Manager's buckets, and by Resource Graph's quota. */
  readonly quotas: boolean;
}

/** Conditions as they are ordered: what is absent is as it is in fair weather. */
export interface ConditionsOrder extends JsonObject {
  readonly strongWrites?: boolean;
  /** An ISO 8601 duration, as is the latency. */
  readonly graphLag?: string;
  readonly latency?: string;
  readonly quotas?: boolean;
}

/** Throws a refusal that says what an order takes. */
export function conditionsOf(order: JsonObject): Conditions {
  const { strongWrites = false, graphLag = "PT0S", latency = "PT0S", quotas = false } = order;
  const [graphLagMs, latencyMs] = [graphLag, latency].map((text) =>
    typeof text === "string" ? durationOf(text) : undefined,
  );
  const isComplete = graphLagMs !== undefined && latencyMs !== undefined;
  if (isComplete && typeof strongWrites === "boolean" && typeof quotas === "boolean") {
    return { strongWrites, graphLagMs, latencyMs, quotas };
  }
  throw refuseOrder(
    'Use {"strongWrites": boolean, "graphLag": "PT60S", "latency": "PT0.08S", "quotas": boolean}.',
  );
}
