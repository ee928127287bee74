import type { AccessToken, TokenCredential } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import type { EligibilityFacts } from "../core/eligibility/facts.ts";
import type { JsonObject } from "../core/resources/json.ts";
import type { Permission } from "../core/plans/roles.ts";
import type { Change, ChangeResult, Outcome, Plan, RequestPreview } from "../core/plans/plan.ts";
import type { Problem } from "../core/text/problem.ts";
import type { Waits } from "../core/waits.ts";

/** The Azure environment a connection speaks to. Nothing about an endpoint is written anywhere else. */
export interface Cloud {
  /** `AzureCloud`, `AzureUSGovernment`, `AzureChinaCloud`, or the user's own name for a custom one. */
  readonly name: string;
  /** Resource Manager, without a trailing slash. */
  readonly endpoint: string;
  readonly scopes: readonly string[];
  /** Portal, without a trailing slash; absent where there is none (the sandbox). */
  readonly portalUrl?: string;
}

export interface Subscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** The tenant that owns it. */
  readonly tenantId: string;
  readonly through: Through;
  /**
   * As Azure says it, where it is not `Enabled`: `Warned`, `PastDue`, `Disabled` or `Deleted`
   * (https://learn.microsoft.com/rest/api/resources/subscriptions/list#subscriptionstate).
   */
  readonly state?: string;
}

/** Through whom a subscription was reached. */
export interface Through {
  /** Another than the owner where the subscription is delegated. */
  readonly tenantId: string;
  readonly tenantName: string;
  /** Absent in the sandbox. */
  readonly account?: AccountName;
}

/** An account of the user's, by what VS Code knows it and by what she does. */
export interface AccountName {
  readonly id: string;
  /** Usually an address. */
  readonly label: string;
}

/** A way into an Azure: a real one through the user's accounts, or the sandbox. */
export interface Connection {
  readonly origin: "azure" | "sandbox";
  readonly cloud: Cloud;
  /** The transport; absent for the default one. */
  readonly httpClient?: HttpClient;
  /** The accounts through which tenants and subscriptions are listed. Throws AzureError where VS Code does not tell them. */
  accounts(): Promise<readonly AccountAccess[]>;
}

/** One account, with the ways into its tenants. */
export interface AccountAccess {
  /** Absent in the sandbox. */
  readonly name?: AccountName;
  /** Into no tenant in particular: good for listing the account's tenants. */
  readonly home: TenantAccess;
  /** The tenant that `home` leads into, where it is known: what is in that one can be listed while the tenants still are. Never rejects. */
  homeTenantId?(): Promise<string | undefined>;
  into(tenantId: string, displayName: string): TenantAccess;
}

/** The connection through the accounts that the user has in VS Code. */
export interface AccountsConnection extends Connection {
  readonly origin: "azure";
  /** Whether VS Code has a session of any account, asked without prompting. */
  isSignedIn(): Promise<boolean>;
  /**
   * Asks the user to sign in: to an account of her choice, or where one is named to that one, in its tenant where one is named.
   * False when she declines.
   */
  signIn(where?: { readonly account: AccountName; readonly tenantId?: string }): Promise<boolean>;
  /** Called when the set of accounts has changed: soon after the last of a burst of session events, and only on a real change. */
  onDidChangeAccounts(listener: () => void): { dispose(): void };
  dispose(): void;
}

/** What signs the requests of one account in one tenant. */
export interface TenantAccess {
  /** Asks for a token at each use; never keeps one. */
  readonly credential: TokenCredential;
  /** Absent where nobody can be asked for more than `credential` gives (the sandbox's one token). */
  readonly answerChallenge?: AnswerChallenge;
}

/**
 * Asks for the token that a challenge demands, in the tenant of its `TenantAccess`. `wwwAuthenticate` is the header of Azure's 401 as it
 * came (`Bearer …, error="insufficient_claims", claims="…"`). The user is prompted only where `prompt` is true; undefined when she
 * declined or was not to be asked. The pipeline sees to it that calls that are challenged at the same time prompt once.
 */
export type AnswerChallenge = (
  wwwAuthenticate: string,
  options: { readonly prompt: boolean },
) => Promise<AccessToken | undefined>;

/**
 * What an inventory run yields, as it arrives, in any order. What a subscription has comes by Resource Graph, in pages over many
 * subscriptions and at last `listed`; or by ARM's lists, each part once. A part that comes by neither is `failed`.
 */
export type InventoryEvent =
  | { readonly kind: "subscriptions"; readonly subscriptions: readonly Subscription[] }
  | (UnreachedTenant & { readonly kind: "tenantFailed"; readonly problem: Problem })
  /**
   * A page of Resource Graph: rows of any number of subscriptions. They are there; what no page has named is known to be absent only once
   * its subscription is `listed`.
   */
  | {
      readonly kind: "page";
      readonly rows: readonly GraphRow[];
      readonly danglingAssociations: readonly GraphDangling[];
    }
  /** Every page of these subscriptions has come: what none of them had is not there, as far as the caller may read. */
  | { readonly kind: "listed"; readonly subscriptionIds: readonly string[] }
  /** Resource Graph refused a tenant, so that its subscriptions are read by ARM's lists. */
  | (UnreachedTenant & { readonly kind: "graphRefused"; readonly problem: Problem })
  /** Resource Graph failed for now, so that these subscriptions are read by ARM's lists. What pages of them have come is replaced by those. */
  | { readonly kind: "graphFailed"; readonly subscriptionIds: readonly string[]; readonly problem: Problem }
  | Listed<"configurations">
  | Listed<"scaleSets">
  /**
   * Assignments per scale set, keyed by the set's lower-cased id as it was asked for (responses may lack `resourceId`).
   * A set that is absent from `byScaleSet` has none; a set in `failed` could not be read.
   */
  | {
      readonly kind: "assignments";
      readonly subscriptionId: string;
      readonly byScaleSet: ReadonlyMap<string, readonly JsonObject[]>;
      readonly failed: ReadonlyMap<string, Problem>;
    }
  | {
      readonly kind: "failed";
      readonly subscriptionId: string;
      readonly part: "configurations" | "scaleSets" | "assignments";
      readonly problem: Problem;
    };

/** A resource as Resource Graph has it: in ARM's own shape, with only the members that this extension uses. */
export interface GraphRow {
  readonly subscriptionId: string;
  readonly part: "configurations" | "scaleSets";
  readonly resource: unknown;
  /** Of a scale set: its assignments, none where it has none that the caller may read. */
  readonly assignments: readonly JsonObject[];
}

/** Assignments of a scale set that Resource Graph does not have. */
export interface GraphDangling {
  readonly subscriptionId: string;
  /** As the assignments name it. */
  readonly scaleSetId: string;
  readonly assignments: readonly JsonObject[];
}

/** A tenant whose subscriptions could not be listed through an account. */
export interface UnreachedTenant {
  /** Absent where the account's tenants could not be listed either. */
  readonly tenantId?: string;
  /** Of the tenant, else of the account, else of the cloud. */
  readonly displayName: string;
  /** Absent in the sandbox, and where not even the accounts could be told. */
  readonly account?: AccountName;
}

export interface Listed<K extends "configurations" | "scaleSets"> {
  readonly kind: K;
  readonly subscriptionId: string;
  /** The resources as they came on the wire, malformed ones included. */
  readonly resources: readonly unknown[];
}

export interface ApplyOptions {
  readonly signal: AbortSignal;
  /**
   * Called right before a change is sent: it is sent once what this returns has resolved, unless the signal was aborted meanwhile. Where it
   * rejects, the change fails unsent.
   */
  onStarted?(change: Change): void | Promise<void>;
  /** Called when a change waits for Azure to end its work on the change's scale set; it can be left and continued later. */
  onWaiting?(change: Change): void;
  /** Called once per change, as soon as its outcome is known; the outcome includes the read-back. */
  onOutcome?(result: ChangeResult): void;
}

/** The eligibility facts of a scale set, each read apart: one that could not be is told, and the others are there. */
export interface EligibilityAnswer {
  /** Without `configurations`, which the fleet knows. */
  readonly facts: EligibilityFacts;
  /** Why a fact is missing. */
  readonly unread: Readonly<Partial<Record<keyof EligibilityFacts, Problem>>>;
}

/** One Azure, spoken to through one connection: what the rest of the program may ask of the azure room. */
export interface Azure {
  readonly origin: "azure" | "sandbox";
  readonly cloud: Cloud;
  readonly waits: Waits;
  /**
   * Reads everything there is, yielding parts as they arrive; a failing part becomes an event, never an exception.
   * The `subscriptions` events name all subscriptions; nothing is listed in those that are not `wanted` (the user's filter).
   * `graphOnly`: what Resource Graph can't tell fails, instead of being read by ARM's lists at a call per set.
   */
  inventory(
    signal: AbortSignal,
    wanted?: (subscription: Subscription) => boolean,
    graphOnly?: boolean,
  ): AsyncIterable<InventoryEvent>;
  /** GET of one resource by id. Throws AzureError; a missing one is of kind `notFound`. */
  read(id: string, signal: AbortSignal): Promise<JsonObject>;
  /** The assignments of one scale set, by a direct list. */
  assignmentsOf(scaleSetId: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  /**
   * The eligibility facts of a set, `scaleSet` as ARM returned it. The newest version of an image is asked for
   * once in a quarter of an hour for all sets that have it. Rejects only when the signal is aborted.
   */
  eligibilityFacts(scaleSet: JsonObject, signal: AbortSignal): Promise<EligibilityAnswer>;
  /** The latest rolling upgrade of a set; undefined where there never was one. */
  latestUpgrade(scaleSetId: string, signal: AbortSignal): Promise<JsonObject | undefined>;
  /** The attempts to upgrade a set that Azure keeps: at most five, of the last two months. */
  upgradeHistory(scaleSetId: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  /** Counts of a set's instances by state and health. Azure has none for Flexible sets. */
  instanceView(scaleSetId: string, signal: AbortSignal): Promise<JsonObject>;
  /** The instances of a set, each with its instance view where Azure has one. */
  instances(scaleSetId: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  resourceGroups(subscriptionId: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  /** Regions of a subscription: `name`, `displayName`, `metadata` as ARM's locations call returns them. Asked for once. */
  locations(subscriptionId: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  /** The state of a resource provider in a subscription: `Registered`, `Registering`, `NotRegistered`, `Unregistered`, … */
  registrationState(subscriptionId: string, namespace: string, signal: AbortSignal): Promise<string>;
  /** What the user may do at a scope: the id of a subscription, a resource group or a resource. */
  permissions(scope: string, signal: AbortSignal): Promise<readonly Permission[]>;
  /** The requests that `plan` would send, captured by running the same client calls over a transport that only records. */
  preview(plan: Plan): Promise<ReadonlyMap<Change["id"], RequestPreview>>;
  /**
   * Applies a plan: independent changes in parallel (at most 8 calls in flight). Right before each a read must show what was reviewed, and
   * what it is provided with; after it, reads are repeated for up to a minute until one shows it. A change that needs another runs only after
   * that one is done. Never throws for a change that fails; the order of results is that of the plan. When the signal is aborted nothing more
   * is sent, and what Azure works on is no longer followed. Once the user has refused what Azure demands of a sign-in, no further change is
   * sent in that tenant: each fails with the same problem.
   */
  apply(plan: Plan, options: ApplyOptions): Promise<readonly ChangeResult[]>;
  /**
   * What became of a change that was sent and is not confirmed: looks until a read shows it, once only where `isOnce` is true. Nothing is
   * sent. `sentAt`: when it was, in milliseconds since the epoch. Never rejects.
   */
  outcomeOf(
    change: Change,
    signal: AbortSignal,
    options?: { readonly sentAt?: number; readonly isOnce?: boolean },
  ): Promise<Outcome>;
}
