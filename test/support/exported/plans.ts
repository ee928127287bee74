import { createConfiguration } from "../../../src/core/plans/kinds/createConfiguration.ts";
import { deleteConfiguration } from "../../../src/core/plans/kinds/deleteConfiguration.ts";
import { dissociate } from "../../../src/core/plans/kinds/dissociate.ts";
import type { ChangeKind } from "../../../src/core/plans/kinds/kinds.ts";
import {
  editedConfiguration,
  updateConfiguration,
} from "../../../src/core/plans/kinds/updateConfiguration.ts";
import type { Change, Plan } from "../../../src/core/plans/plan.ts";
import { planOf } from "../../../src/core/plans/planNeeds.ts";
import {
  associate,
  createResourceGroup,
  moveInReverse,
  setAutomaticUpgrades,
} from "../../../src/core/plans/plans.ts";
import { registerProvider, withRegistrations } from "../../../src/core/plans/registration.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  repairs,
  setUpgradePolicy,
  startUpgrade,
  updateInstances,
} from "../../../src/core/plans/upgradePlans.ts";
import { change } from "../../../src/core/plans/change.ts";
import { configurationIdOf } from "../../../src/core/associations/link.ts";
import { configurationId, resourceGroupId, sameId, subscriptionOf } from "../../../src/core/resources/ids.ts";
import { objectAt, textAt, type JsonObject } from "../../../src/core/resources/json.ts";
import { isRunning } from "../../../src/core/upgrades/upgrade.ts";
import { message, verbatim } from "../../../src/core/text/message.ts";
import { hostileTexts } from "./hostile.ts";
import type { HeldSet, Holdings } from "./holdings.ts";

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a plan wants of a scale set, a configuration or a subscription. */
const wishes = {
  create: (dice) => [createConfiguration(dice.newConfiguration(), dice.configurationBody())],
  createInNewGroup: (dice) => {
    const { id } = dice.pick(dice.registered);
    const group = resourceGroupId(subscriptionOf(id), dice.name("rg-new-(x)"));
    const configuration = configurationId(subscriptionOf(id), dice.lastName, dice.name("mc"));
    return [
      createResourceGroup(group, "westeurope"),
      createConfiguration(configuration, dice.configurationBody()),
    ];
  },
  edit: (dice) => {
    const found = dice.pick(dice.holdings.configurations);
    const edits = { window: { duration: "07:30" }, tags: { owner: dice.hostile() } };
    return [updateConfiguration(found, editedConfiguration(found, edits))];
  },
  delete: (dice) => {
    const found = dice.pick(dice.holdings.configurations);
    const id = textAt(found, "id") ?? "";
    const all = dice.holdings.sets.flatMap(({ assignments }) => assignments);
    const own = all.filter((assignment) => sameId(configurationIdOf(assignment) ?? "", id));
    const sets = dice.holdings.sets.filter(({ assignments }) => assignments.some((one) => own.includes(one)));
    return [
      deleteConfiguration(
        found,
        own,
        sets.map((set) => set.id),
      ),
    ];
  },
  associate: (dice) => dice.associated(dice.set(() => true)),
  move: (dice) => {
    const set = dice.set(({ assignments }) => assignments.length > 0);
    const wanted = { id: textAt(dice.pick(dice.holdings.configurations), "id") ?? "" };
    return moveInReverse(set, wanted, set.assignments, () => "OSImage", { oneByOne: true }).changes;
  },
  remove: (dice) => dice.set(({ assignments }) => assignments.length > 0).assignments.map(dissociate),
  enable: (dice) =>
    setAutomaticUpgrades(
      dice.set(() => true),
      true,
      { oneByOne: true, tryAnyway: true },
    ).changes,
  disable: (dice) =>
    setAutomaticUpgrades(
      dice.set(() => true),
      false,
      { oneByOne: true },
    ).changes,
  policy: (dice) => [
    setUpgradePolicy(
      dice.set(() => true),
      {
        ...(dice.random() < 0.3 && { mode: "Automatic" }),
        rollingUpgradePolicy: {
          maxBatchInstancePercent: 20 + Math.floor(dice.random() * 10),
          maxUnhealthyInstancePercent: 30,
          ...(dice.random() < 0.5 && { pauseTimeBetweenBatches: "PT2M" }),
          ...(dice.random() < 0.3 && { prioritizeUnhealthyInstances: true }),
        },
      },
    ),
  ],
  image: (dice) =>
    repairs(
      dice.set(() => true),
      { imageLatest: true },
    ),
  updates: (dice) => {
    const set = dice.set(({ resource }) => objectAt(resource, ...windows) !== undefined);
    const before = objectAt(set.resource, ...windows) ?? {};
    const body = (value: JsonObject): JsonObject => ({
      properties: { virtualMachineProfile: { osProfile: { windowsConfiguration: value } } },
    });
    const title = message("Turn Windows Update off on scale set {0}", set.id);
    const was = before["enableAutomaticUpdates"];
    const off = body({ enableAutomaticUpdates: false });
    return [
      change("setAutomaticUpdates", set.id, title, {
        before: body({ enableAutomaticUpdates: was }),
        after: off,
      }),
    ];
  },
  patching: (dice) => {
    const set = dice.set(() => true);
    const patchMode = objectAt(set.resource, ...windows) === undefined ? "ImageDefault" : "Manual";
    return repairs(set, { patchMode, automaticUpdatesOff: true });
  },
  health: (dice) =>
    repairs(
      dice.set(() => true),
      { healthExtension: { protocol: "http", port: 8080, path: `/${dice.hostile()}` } },
    ),
  instances: (dice) => {
    const set = dice.set(({ instances }) => instances.length > 0);
    const ids = set.instances.slice(0, 2).map((instance) => textAt(instance, "instanceId") ?? "");
    return [updateInstances(set, dice.random() < 0.5 ? ["*"] : ids)];
  },
  start: (dice) => {
    const set = dice.set(() => true);
    return [startUpgrade({ ...set, upgrade: set.latest ?? {} })];
  },
  cancel: (dice) => {
    const set = dice.pick(dice.holdings.sets.filter((one) => isRunning(one.latest) && !isDeferred(one)));
    return [cancelUpgrade({ ...set, ...(set.latest && { upgrade: set.latest }) })];
  },
  approve: (dice) => {
    const set = dice.pick(dice.holdings.sets.filter((one) => isRunning(one.latest) && isDeferred(one)));
    return [approveUpgrade({ ...set, ...(set.latest && { upgrade: set.latest }) })];
  },
  register: (dice) => {
    const { id } = dice.pick(dice.holdings.subscriptions);
    return [registerProvider(subscriptionOf(id), dice.hostile())];
  },
} satisfies Record<string, (dice: Dice) => readonly Change[]>;

const windows = ["properties", "virtualMachineProfile", "osProfile", "windowsConfiguration"] as const;

function isDeferred({ resource }: HeldSet): boolean {
  const policy = objectAt(resource, "properties", "upgradePolicy", "automaticOSUpgradePolicy");
  return policy?.["osRollingUpgradeDeferral"] === true;
}

/** There is nothing in the world that a wish is about. */
class Nothing extends Error {}

/** Chance, and what it picks from. No scale set and no configuration is picked twice. */
class Dice {
  readonly random: () => number;
  readonly holdings: Holdings;
  readonly #picked = new Set<unknown>();
  #names = 0;
  lastName = "";

  constructor(seed: number, holdings: Holdings) {
    this.random = randomOf(seed);
    this.holdings = holdings;
  }

  get registered() {
    return this.holdings.subscriptions.filter(({ registration }) => registration === "Registered");
  }

  pick<T>(items: readonly T[]): T {
    const free = items.filter((item) => !this.#picked.has(item));
    const found = free[Math.floor(this.random() * free.length)];
    if (found === undefined) throw new Nothing();
    if (!this.holdings.subscriptions.includes(found as never)) this.#picked.add(found);
    return found;
  }

  set(is: (set: HeldSet) => boolean): HeldSet {
    // Whoever changes a set waits for its upgrade: a plan lets other changes go on meanwhile, and a script doesn't.
    return this.pick(this.holdings.sets.filter((set) => !isRunning(set.latest) && is(set)));
  }

  name(beginning: string): string {
    this.lastName = `${beginning}-${++this.#names}`;
    return this.lastName;
  }

  hostile(): string {
    return hostileTexts[Math.floor(this.random() * hostileTexts.length)] ?? "";
  }

  newConfiguration() {
    const group = textAt(this.pick(this.holdings.groups), "id") ?? "";
    const name = group.split("/")[4] ?? "";
    return configurationId(subscriptionOf(group), name, this.name("mc-it's"));
  }

  configurationBody(): JsonObject {
    const tags = { env: this.hostile(), "it's": this.hostile() };
    return {
      location: "westeurope",
      ...(this.random() < 0.7 && { tags }),
      properties: {
        maintenanceScope: "OSImage",
        visibility: "Custom",
        maintenanceWindow: {
          startDateTime: "2027-01-10 22:00",
          duration: "05:00",
          timeZone: "W. Europe Standard Time",
          recurEvery: "Day",
        },
      },
    };
  }

  associated(set: HeldSet): readonly Change[] {
    const wanted = { id: textAt(this.pick(this.holdings.configurations), "id") ?? "" };
    return associate(set, wanted, set.assignments, () => "OSImage", { oneByOne: true }).changes;
  }
}

const names = Object.keys(wishes) as (keyof typeof wishes)[];

/** A plan of some of what plans may do, the same for the same seed and holdings. The first wish goes round with the seeds. */
export function randomPlan(seed: number, holdings: Holdings): Plan {
  const dice = new Dice(seed, holdings);
  const wanted = [
    seed % names.length,
    ...Array.from({ length: 1 + (seed % 4) }, () => Math.floor(dice.random() * names.length)),
  ];
  const changes = wanted.flatMap((index) => {
    const name = names[index] ?? "create";
    try {
      return wishes[name](dice);
    } catch (error) {
      if (error instanceof Nothing) return [];
      throw error;
    }
  });
  const registrations = changes.filter(({ kind }) => kind === "registerProvider");
  const others = changes.filter(({ kind }) => kind !== "registerProvider");
  return withRegistrations(planOf(verbatim(`Plan ${seed}`), others), registrations);
}

export type KindsSeen = ReadonlySet<ChangeKind>;
