import type { Message } from "./message.ts";

/** Whether the user is in control of a scale set's OS upgrades; exactly one per set. Worst first. */
export type CoverageState = "unknown" | "broken" | "blocked" | "uncontrolled" | "idle" | "unmanaged" | "controlled";

export interface Coverage {
  readonly state: CoverageState;
  /** Why it is in that state, one line each, the most important first. */
  readonly reasons: readonly Message[];
  /** The service that owns the set (AKS, Service Fabric…), when it is not the user's own to change. */
  readonly managedBy?: string;
  readonly needsAttention: boolean;
}
