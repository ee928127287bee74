import { durationOf } from "./clock.ts";
import { refuse } from "./errors.ts";
import { at, type JsonObject } from "./json.ts";

/** What `PUT /sandbox/conditions` sets: circumstances that Azure may impose for longer than a request. */
export interface Conditions {
  /** Every write needs a token that was issued after multi-factor authentication. */
  readonly strongWrites: boolean;
  /** How long Resource Graph takes to know of a change, in milliseconds. */
  readonly graphLag: number;
}

export const fair: Conditions = { strongWrites: false, graphLag: 0 };

/** `{"strongWrites": boolean, "graphLag": "PT60S"}`; what is absent is as it is in fair weather. */
export function conditionsOf(body: JsonObject): Conditions {
  const strongWrites = at(body, "strongWrites") ?? fair.strongWrites;
  const lag = at(body, "graphLag") ?? "PT0S";
  const graphLag = typeof lag === "string" ? durationOf(lag) : undefined;
  if (typeof strongWrites === "boolean" && graphLag !== undefined) return { strongWrites, graphLag };
  throw refuse(
    400,
    "SandboxControlInvalid",
    'The conditions take {"strongWrites": boolean, "graphLag": "PT60S"}.',
  );
}
