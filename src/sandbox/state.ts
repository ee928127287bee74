import { Agenda } from "./agenda.ts";
import type { Instance } from "./compute/instance.ts";
import type { Order, Upgrade } from "./compute/upgrade.ts";
import { Denials } from "./control/denials.ts";
import { subscriptionOf } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { Operation } from "./operation.ts";
import { Shelf } from "./shelf.ts";
import type { Account, SandboxSubscription, Tenant } from "./tenancy.ts";

/** A resource that is there. `body` is what GET and lists answer; a malformed one may hold anything. */
export interface Stored {
  readonly subscriptionId: string;
  /** Key of its resource group. */
  readonly groupKey: string;
  readonly body: JsonObject;
}

/** A scale set's assignment to a configuration. */
export interface Assignment {
  readonly subscriptionId: string;
  readonly groupKey: string;
  /** Id of the resource that is assigned, in its own casing. */
  readonly scopeId: string;
  readonly name: string;
  /** As it was sent. */
  readonly configurationId: string;
  /** What else was sent, such as a filter. */
  readonly more: JsonObject;
  readonly systemData: JsonObject;
}

/** One version of an image in an Azure Compute Gallery. */
export interface GalleryVersion {
  readonly name: string;
  readonly published: number;
  readonly excludeFromLatest: boolean;
  readonly regions: readonly {
    readonly name: string;
    /** Left out when this region looks for the latest version. */
    readonly excluded: boolean;
    readonly replicated: boolean;
  }[];
}

/** Everything that the sandbox holds. Keys are lower-cased ids. */
export interface State {
  readonly accounts: readonly [Account, ...Account[]];
  /** Whom the sandbox's own token stands for. */
  readonly caller: Account;
  readonly tenants: readonly Tenant[];
  readonly subscriptions: ReadonlyMap<string, SandboxSubscription>;
  readonly groups: Shelf<JsonObject>;
  readonly scaleSets: Shelf<Stored>;
  readonly configurations: Shelf<Stored>;
  readonly assignments: Shelf<Assignment>;
  /** What the instances of a scale set are like, as far as anybody has looked. */
  readonly instances: Map<string, readonly Instance[]>;
  /** Rolling upgrades per scale set, the newest first. */
  readonly upgrades: Map<string, readonly Upgrade[]>;
  /** How tests want the next upgrades of a scale set to go; `*` for all of them. */
  readonly orders: Map<string, Order>;
  /** When the fleet was made: the images that are there then are those of the months before. */
  readonly builtAt: number;
  /** Versions of platform images that were published since, the newest first. */
  readonly published: Map<string, readonly string[]>;
  /** Gallery images → their versions, the newest first. */
  readonly galleries: Map<string, readonly GalleryVersion[]>;
  readonly loadBalancers: Map<string, Stored>;
  /** Whether images were published that may be rolled out. */
  readonly rollout: { published: boolean };
  readonly agenda: Agenda;
  /**
   * `<subscription>/<namespace>`, lower-cased → registration state, and the instant when Registering becomes Registered. What is not in it
   * is registered.
   */
  readonly registrations: Map<string, { readonly state: string; readonly registeredAt?: number }>;
  /** Configurations deleted lately → when. Their names are refused until the back end has cleaned up. */
  readonly deletedConfigurations: Map<string, number>;
  readonly operations: Map<string, Operation>;
  readonly denials: Denials;
  /** How long a long-running operation takes. */
  readonly operationSeconds: number;
}

/** Makes an Azure with a fleet in it: the same each time for the same instant. */
export type BuildFleet = (now: number, operationSeconds: number) => State;

/** An Azure with nothing in its subscriptions. */
export function emptyState({
  accounts,
  subscriptions,
  now,
  operationSeconds,
}: {
  /** The first is whom the sandbox's own token stands for. */
  readonly accounts: readonly [Account, ...Account[]];
  readonly subscriptions: readonly SandboxSubscription[];
  readonly now: number;
  readonly operationSeconds: number;
}): State {
  const [caller] = accounts;
  return {
    accounts,
    caller,
    tenants: caller.tenants,
    subscriptions: new Map(subscriptions.map((one) => [one.subscriptionId, one])),
    groups: new Shelf((_, key) => subscriptionOf(key)),
    scaleSets: new Shelf((one) => one.subscriptionId),
    configurations: new Shelf((one) => one.subscriptionId),
    assignments: new Shelf((one) => one.subscriptionId),
    instances: new Map(),
    upgrades: new Map(),
    orders: new Map(),
    builtAt: now,
    published: new Map(),
    galleries: new Map(),
    loadBalancers: new Map(),
    rollout: { published: false },
    agenda: new Agenda(),
    registrations: new Map(),
    deletedConfigurations: new Map(),
    operations: new Map(),
    denials: new Denials(),
    operationSeconds,
  };
}

/** Applies everything whose time has come: operations, registrations of providers. */
export function settle(state: State, now: number): void {
  for (const [key, { registeredAt }] of state.registrations) {
    if (registeredAt !== undefined && registeredAt <= now)
      state.registrations.set(key, { state: "Registered" });
  }
  for (const operation of state.operations.values()) {
    if (operation.outcome !== undefined || operation.end > now) continue;
    operation.outcome = { status: "Succeeded" };
    operation.finish(operation.end);
  }
}

export const assignmentId = ({ scopeId, name }: Pick<Assignment, "scopeId" | "name">): string =>
  `${scopeId}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;
