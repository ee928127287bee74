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
  /** Whether a changed model is brought to its instances batch by batch, for as long as Azure works on the set. */
  readonly isRolling: boolean;
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
  /** What another person writes before. */
  readonly meanwhile: OthersWrite | undefined;
  readonly disturbances: readonly Disturbance[];
  readonly choices: readonly number[];
}

const scaleSets = ["web", "db"] as const;
const configurations = ["nightly", "weekly", "fresh"] as const;

/** Most often one that is there. */
const scaleSet = fc.constantFrom("web", "web", "web", "db");
const configuration = fc.constantFrom("nightly", "weekly", "nightly", "weekly", "fresh");

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

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("others" as const),
      request: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 7 }), fc.nat({ max: 14 })),
      moment: fc.constantFrom("before" as const, "after" as const),
      write: othersWrite,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      write: fc.oneof(fc.constant(0), fc.nat({ max: 1 }), fc.nat({ max: 4 })),
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
    arbitrary: fc.record({
      kind: fc.constant("closed" as const),
      write: fc.nat({ max: 2 }),
      moment: fc.constantFrom("sending" as const, "answering" as const),
      meanwhile: maybe(othersWrite),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "refusesTwo" as const }) },
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
        isRolling: fc.nat({ max: 3 }).map((one) => one === 3),
      }),
      { minLength: 1, maxLength: scaleSets.length },
    ),
    configurations: fc.constantFrom(1, 2, 2),
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
  meanwhile: maybe(othersWrite),
  disturbances: fc.array(disturbance, { maxLength: 2 }),
  choices,
});

export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    fleet,
    wish,
    disturbances: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 7, arbitrary: fc.array(disturbance, { minLength: 1, maxLength: 4 }) },
    ),
    afterwards: maybe(followUp),
  })
  .map(fitted);

/** With a wish for what is there, and a fleet in which most wishes have something to do. */
function fitted(scenario: Scenario): Scenario {
  const { fleet: made, wish: asked } = scenario;
  const names = new Set(made.scaleSets.map(({ name }) => name));
  const chosen = asked.scaleSets.filter((name) => names.has(name));
  const [first = "web"] = chosen;
  const known = made.configurations;
  const configuration = known.includes(asked.configuration) ? asked.configuration : (known[0] ?? "");
  const own = { scaleSet: first, as: configuration, configuration };
  const isFirst = ({ scaleSet: name }: AssociationPlan) => name === first;
  const needsAssociation = asked.flow === "remove" || asked.flow === "move" || asked.flow === "disable";
  return {
    ...scenario,
    wish: { ...asked, scaleSets: chosen.length > 0 ? chosen : [first], configuration },
    fleet: {
      ...made,
      scaleSets: made.scaleSets.map((set) =>
        set.name === first ? { ...set, ...stateFor(asked.flow) } : set,
      ),
      associations:
        needsAssociation && !made.associations.some(isFirst)
          ? [...made.associations, own]
          : asked.flow === "cleanUp"
            ? [...made.associations, { scaleSet: first, as: "old", configuration: "gone" }]
            : made.associations,
    },
  };
}

/** How a set has to be for a wish to mean anything. */
function stateFor(flow: Wish["flow"]): Partial<ScaleSetPlan> {
  switch (flow) {
    case "enable":
      return { enabled: false };
    case "disable":
      return { enabled: true };
    case "startUpgrade":
      return { isUpgrading: false };
    case "cancelUpgrade":
      return { isUpgrading: true };
    default:
      return {};
  }
}
