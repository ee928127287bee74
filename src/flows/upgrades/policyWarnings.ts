import { rollingPolicyOf } from "../../core/resources/rollingPolicy.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";

/** That the batches of a set are larger than what may be unhealthy, which a batch counts as; nothing where they are not. */
export function batchBeyondHealth(name: string, scaleSet: JsonObject): readonly Message[] {
  const { maxBatchInstancePercent: batch, maxUnhealthyInstancePercent: unhealthy } =
    rollingPolicyOf(scaleSet);
  if (batch <= unhealthy) return [];
  return [
    message(
      "{0} would have batches of {1} % but allow only {2} % unhealthy instances. Azure may refuse this.",
      name,
      batch,
      unhealthy,
    ),
  ];
}
