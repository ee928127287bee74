/** What a run is made of: a fleet, a wish of the user's, and what comes in between. All of it is data. */
import fc from "fast-check";
import { readFaults, writeFaults, type Disturbance, type OthersWrite } from "./world/disturbances.ts";

export interface Scenario {
  readonly fleet: FleetPlan;
  readonly wish: Wish;
  readonly disturbances: readonly Disturbance[];
  /** What the user does with the plan once it has ended. */
  readonly afterwards: FollowUp | undefined;
}

export interface FleetPlan {
  readonly scaleSets: readonly ScaleSetPlan[];
  readonly configurations: readonly string[];
  readonly associations: readonly AssociationPlan[];
  /** How long Azure works on a changed scale set. */
  readonly operationMs: number;
}

export interface ScaleSetPlan {
  readonly name: string;
  readonly enabled: boolean;
  readonly system: "Linux" | "Windows";
  readonly isPinned: boolean;
  readonly isUpgrading: boolean;
}

export interface AssociationPlan {
  readonly scaleSet: string;
  /** The name of the assignment. */
  readonly as: string;
  readonly configuration: string;
}

export const wishes = [
  "setUp",
  "associate",
  "move",
  "remove",
  "enable",
  "disable",
  "setUpAnew",
  "createConfiguration",
  "editConfiguration",
  "deleteConfiguration",
  "editPolicy",
  "startUpgrade",
  "cancelUpgrade",
  "cleanUp",
] as const;

export interface Wish {
  readonly flow: (typeof wishes)[number];
  readonly scaleSets: readonly string[];
  readonly configuration: string;
  /** What the user chooses where she is asked, in order: the first that is offered, the second, and so on. */
  readonly choices: readonly number[];
}

export interface FollowUp {
  readonly what: "undo" | "retry";
  readonly disturbances: readonly Disturbance[];
  readonly choices: readonly number[];
}

const scaleSets = ["web", "db"] as const;
const configurations = ["nightly", "weekly", "fresh"] as const;

const scaleSet = fc.oneof(
  { weight: 3, arbitrary: fc.constant("web") },
  { weight: 1, arbitrary: fc.constant("db") },
);
const configuration = fc.constantFrom(...configurations);

const othersWrite: fc.Arbitrary<OthersWrite> = fc.oneof(
  fc.record({ act: fc.constant("associate" as const), scaleSet, configuration, as: configuration }),
  fc.record({
    act: fc.constant("repoint" as const),
    scaleSet,
    nth: fc.nat({ max: 1 }),
    configuration,
  }),
  fc.record({ act: fc.constant("unassociate" as const), scaleSet, nth: fc.nat({ max: 1 }) }),
  fc.record({
    act: fc.constantFrom("deleteConfiguration" as const, "putConfiguration" as const),
    configuration,
  }),
  fc.record({
    act: fc.constantFrom(
      "disable" as const,
      "enable" as const,
      "policy" as const,
      "mode" as const,
      "image" as const,
      "tag" as const,
    ),
    scaleSet,
  }),
  fc.record({ act: fc.constantFrom("platformUpgrade" as const, "cancelUpgrade" as const), scaleSet }),
);

const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("others" as const),
      request: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 14 })),
      moment: fc.constantFrom("before" as const, "after" as const),
      write: othersWrite,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      write: fc.oneof(fc.nat({ max: 1 }), fc.nat({ max: 4 })),
      fault: fc.constantFrom(...writeFaults),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      read: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 10 })),
      fault: fc.constantFrom(...readFaults),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("unreadable" as const),
      request: fc.nat({ max: 4 }),
      scaleSet,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("lag" as const), ms: fc.constantFrom(5_000, 20_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("closed" as const), sent: fc.integer({ min: 1, max: 3 }) }),
  },
);

const choices = fc.array(fc.nat({ max: 3 }), { maxLength: 6 });

const fleet: fc.Arbitrary<FleetPlan> = fc
  .record({
    scaleSets: fc.array(
      fc.record({
        enabled: fc.boolean(),
        system: fc.constantFrom("Linux" as const, "Windows" as const),
        isPinned: fc.nat({ max: 4 }).map((one) => one === 4),
        isUpgrading: fc.nat({ max: 3 }).map((one) => one === 3),
      }),
      { minLength: 1, maxLength: scaleSets.length },
    ),
    configurations: fc.integer({ min: 1, max: 2 }),
    associations: fc.array(
      fc.record({ set: fc.nat({ max: 1 }), as: fc.nat({ max: 1 }), to: fc.nat({ max: 4 }) }),
      { maxLength: 3 },
    ),
    operationMs: fc.constantFrom(0, 0, 1500),
  })
  .map(({ scaleSets: sets, configurations: count, associations, operationMs }) => ({
    scaleSets: sets.map((set, index) => ({ name: scaleSets[index] ?? "", ...set })),
    configurations: configurations.slice(0, count),
    // Most lead where their name says; some, to what is gone.
    associations: associations.flatMap(({ set, as, to }) => {
      const name = configurations[as % count];
      const configuration = to === 4 ? "gone" : to > 1 ? name : configurations[to % count];
      const scaleSet = sets[set] && scaleSets[set];
      return scaleSet && name && configuration ? [{ scaleSet, as: name, configuration }] : [];
    }),
    operationMs,
  }));

const wish: fc.Arbitrary<Wish> = fc.record({
  flow: fc.constantFrom(...wishes),
  scaleSets: fc.subarray([...scaleSets], { minLength: 1 }),
  configuration: fc.constantFrom("nightly", "weekly"),
  choices,
});

const followUp: fc.Arbitrary<FollowUp> = fc.record({
  what: fc.constantFrom("undo" as const, "retry" as const),
  disturbances: fc.array(disturbance, { maxLength: 2 }),
  choices,
});

export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    fleet,
    wish,
    disturbances: fc.array(disturbance, { maxLength: 3 }),
    afterwards: fc.option(followUp, { nil: undefined, freq: 2 }),
  })
  .map((scenario) => ({ ...scenario, wish: withKnown(scenario.fleet, scenario.wish) }));

/** A wish for what is there. */
function withKnown({ scaleSets: sets, configurations: known }: FleetPlan, made: Wish): Wish {
  const names = new Set(sets.map(({ name }) => name));
  const chosen = made.scaleSets.filter((name) => names.has(name));
  return {
    ...made,
    scaleSets: chosen.length > 0 ? chosen : scaleSets.slice(0, 1),
    configuration: known.includes(made.configuration) ? made.configuration : (known[0] ?? ""),
  };
}
