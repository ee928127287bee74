import type { Account } from "./fleet/accounts.ts";
import type { JsonObject } from "./json.ts";

export interface SandboxSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly tenantId: string;
}

export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string;
}

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

/** One of Azure's promises to be done later; settled by the first request that comes after `end`. */
export interface Operation {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** Key of the resource whose GET is the operation's result. */
  readonly resultKey: string;
  settled: boolean;
  /** Applied to the state once the time has come. */
  readonly finish: () => void;
}

/** Actions that the caller has not been granted on a scope and below it. */
export interface Denial {
  /** A resource's key, or that of a group or subscription. */
  readonly scope: string;
  /** Such as `Microsoft.Maintenance/configurationAssignments/write`; `*` stands for any text at its end. */
  readonly action: string;
}

/** Everything that the sandbox holds. Keys are lower-cased ids. */
export interface State {
  readonly caller: Account;
  readonly tenants: readonly Tenant[];
  readonly subscriptions: ReadonlyMap<string, SandboxSubscription>;
  readonly groups: Map<string, JsonObject>;
  readonly scaleSets: Map<string, Stored>;
  readonly configurations: Map<string, Stored>;
  readonly assignments: Map<string, Assignment>;
  /** OS upgrade history items per scale set, the newest first. */
  readonly upgrades: Map<string, readonly JsonObject[]>;
  /** `<subscription>/<namespace>`, lower-cased → registration state, and the instant when Registering becomes Registered. */
  readonly registrations: Map<string, { readonly state: string; readonly registeredAt?: number }>;
  /** Configurations deleted lately → when. Their names are refused until the back end has cleaned up. */
  readonly deletedConfigurations: Map<string, number>;
  readonly operations: Map<string, Operation>;
  readonly denials: Denial[];
  /** How long a long-running operation takes. */
  readonly operationSeconds: number;
}

/** Applies everything whose time has come: operations, registrations of providers. */
export function settle(state: State, now: number): void {
  for (const [key, { registeredAt }] of state.registrations) {
    if (registeredAt !== undefined && registeredAt <= now)
      state.registrations.set(key, { state: "Registered" });
  }
  for (const operation of state.operations.values()) {
    if (operation.settled || operation.end > now) continue;
    operation.settled = true;
    operation.finish();
  }
}

/** What the caller has not been granted on `scope`. */
export function denialsOn({ denials }: Pick<State, "denials">, scope: string): readonly Denial[] {
  const where = `${scope.toLowerCase()}/`;
  return denials.filter((denial) => where.startsWith(`${denial.scope}/`));
}

/** Whether the caller may do `action` on `scope`. */
export function allowed(state: Pick<State, "denials">, action: string, scope: string): boolean {
  const wanted = action.toLowerCase();
  return !denialsOn(state, scope).some((denial) => {
    const denied = denial.action.toLowerCase();
    return denied.endsWith("*") ? wanted.startsWith(denied.slice(0, -1)) : wanted === denied;
  });
}

export const assignmentId = ({ scopeId, name }: Pick<Assignment, "scopeId" | "name">): string =>
  `${scopeId}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;
