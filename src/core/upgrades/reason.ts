import type { Coverage } from "../associations/coverage.ts";
import type { EligibilityFacts } from "../eligibility/facts.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";

/** One part of the answer to "why did it not upgrade". */
export interface Reason {
  /**
   * `running`, an upgrade is under way; `current`, there is nothing to upgrade to; `off`, upgrades are off; `blocked`, Azure refuses;
   * `failed`, the last attempt; `behind`, what runs; `waiting`, for an approval; `windows`, when upgrades may run; `open`, they may at
   * any hour; `risk`, what may hold one up; `unknown`, what could not be told; `note`, how Azure goes about it.
   */
  readonly kind:
    | "running"
    | "current"
    | "off"
    | "blocked"
    | "failed"
    | "behind"
    | "waiting"
    | "windows"
    | "open"
    | "risk"
    | "unknown"
    | "note";
  readonly message: Message;
  /** What to do about it. */
  readonly next?: Message;
  /** Azure's own words, with its code, whole. */
  readonly azureMessage?: Message;
  /** The rule that says so. */
  readonly rule?: string;
}

/** What the reasons are worked out from. */
export interface UpgradeSituation {
  readonly scaleSet: JsonObject;
  readonly facts: EligibilityFacts;
  readonly coverage: Coverage;
  /** ISO instant. */
  readonly now: string;
}
