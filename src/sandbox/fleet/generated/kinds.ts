import type { ScaleSetSeed } from "../scaleSet.ts";
import type { ConfigurationKind } from "./configurations.ts";

/** The state that the generator intends for a scale set. */
export type IntendedState =
  | "unknown"
  | "broken"
  | "blocked"
  | "uncontrolled"
  | "idle"
  | "unmanaged"
  | "controlled";

/** A kind of scale set, and what share of all is of it. */
export interface Kind {
  readonly share: number;
  readonly state: IntendedState;
  /** Automatic upgrades; sometimes or never set where absent. */
  readonly upgrades?: true;
  /** The configurations that it is assigned to; `deleted` is one that no longer exists. */
  readonly assigned?: readonly (ConfigurationKind | "deleted")[];
  /** What is wrong with the model. */
  readonly flaw?: Partial<ScaleSetSeed>;
  /** Whether another service owns it. */
  readonly managed?: true;
}

export const kinds = {
  controlled: { share: 0.504, state: "controlled", upgrades: true, assigned: ["usable"] },
  controlledOddly: { share: 0.05, state: "controlled", upgrades: true, assigned: ["odd"] },
  idle: { share: 0.08, state: "idle", assigned: ["usable"] },
  uncontrolled: { share: 0.12, state: "uncontrolled", upgrades: true },
  unmanaged: { share: 0.09, state: "unmanaged" },
  managed: { share: 0.04, state: "unmanaged", managed: true },
  managedUncontrolled: { share: 0.01, state: "uncontrolled", upgrades: true, managed: true },
  pinned: {
    share: 0.02,
    state: "blocked",
    assigned: ["usable"],
    flaw: { image: "ubuntu22", version: "22.04.202509030" },
  },
  sick: { share: 0.015, state: "blocked", assigned: ["usable"], flaw: { health: "none" } },
  twiceHealthy: { share: 0.005, state: "blocked", assigned: ["usable"], flaw: { health: "both" } },
  patchedUnscheduled: {
    share: 0.01,
    state: "blocked",
    upgrades: true,
    flaw: { patchMode: "AutomaticByPlatform" },
  },
  patchedByPlatform: {
    share: 0.01,
    state: "blocked",
    upgrades: true,
    assigned: ["usable"],
    flaw: { patchMode: "AutomaticByPlatform" },
  },
  deleted: { share: 0.01, state: "broken", upgrades: true, assigned: ["deleted"] },
  expired: { share: 0.007, state: "broken", upgrades: true, assigned: ["expired"] },
  windowless: { share: 0.004, state: "broken", assigned: ["windowless"] },
  tooShort: { share: 0.002, state: "broken", upgrades: true, assigned: ["tooShort"] },
  monthWithoutDay: { share: 0.002, state: "broken", upgrades: true, assigned: ["monthWithoutDay"] },
  twice: { share: 0.006, state: "broken", upgrades: true, assigned: ["usable", "usable"] },
  unreadable: { share: 0.008, state: "unknown", upgrades: true, assigned: ["unreadable"] },
  denied: { share: 0.007, state: "unknown", upgrades: true, assigned: ["denied"] },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;
