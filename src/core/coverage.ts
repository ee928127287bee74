import type { Finding } from "./eligibility/rule.ts";
import type { JsonObject } from "./json.ts";
import { message } from "./message.ts";
import type { Message } from "./message.ts";
import { managedByOf } from "./scaleSet.ts";
import type { ScheduleFacts } from "./windows/types.ts";

/** Whether the user is in control of a scale set's OS upgrades; exactly one per set. Worst first. */
export type CoverageState =
  "unknown" | "broken" | "blocked" | "uncontrolled" | "idle" | "unmanaged" | "controlled";

export interface Coverage {
  readonly state: CoverageState;
  /** Why it is in that state, one line each, the most important first. */
  readonly reasons: readonly Message[];
  /** The service that owns the set (AKS, Service Fabric…), when it is not the user's own to change. */
  readonly managedBy?: string;
  readonly needsAttention: boolean;
}

/** A configuration as the fleet knows it; `schedule` is undefined until it has been worked out. */
export interface KnownConfiguration {
  readonly resource: JsonObject;
  readonly schedule: ScheduleFacts | undefined;
}

export interface CoverageInput {
  readonly scaleSet: JsonObject;
  /** The set's assignments as Azure returned them, or why they are not known ("reading them failed: …"). */
  readonly assignments: { readonly known: readonly JsonObject[] } | { readonly unknown: Message };
  /** `missing` only when a direct GET said that it is gone; one that is merely not in the fleet is `unknown`. */
  readonly configurationOf: (id: string) => KnownConfiguration | "missing" | "unknown";
  readonly findings: readonly Finding[];
}

export function coverageOf({ scaleSet }: CoverageInput): Coverage {
  const managedBy = managedByOf(scaleSet);
  return {
    state: "unknown",
    reasons: [message("Not worked out yet.")],
    ...(managedBy === undefined ? {} : { managedBy }),
    needsAttention: false,
  };
}
