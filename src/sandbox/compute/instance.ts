import type { JsonObject } from "../json.ts";

export type Health = "healthy" | "unhealthy" | "unknown";

/** A virtual machine of a scale set. */
export interface Instance {
  readonly id: string;
  readonly zone: string | undefined;
  /** The exact version of the image that it runs; undefined where the sandbox does not have the image. */
  readonly version: string | undefined;
  /** What its health source would tell. */
  readonly health: Health;
  /** Whether nothing that is done to the scale set may reach it (`protectionPolicy.protectFromScaleSetActions`). */
  readonly isProtected: boolean;
  /** The part of the scale set's model that was last applied to it: the very object while it is the latest. */
  readonly profile: JsonObject;
}
