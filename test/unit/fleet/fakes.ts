import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import type { Azure, InventoryEvent } from "../../../src/azure/contracts.ts";
import { assignmentId, configurationId } from "../../../src/core/resources/ids.ts";
import type { ScaleSetId } from "../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import type { Log } from "../../../src/core/log.ts";
import { verbatim } from "../../../src/core/text/message.ts";
import type { Problem, ProblemKind } from "../../../src/core/text/problem.ts";
import type { ScheduleFacts } from "../../../src/core/windows/types.ts";
import type { FleetEvent } from "../../../src/fleet/events.ts";
import type { Rules } from "../../../src/fleet/snapshot/rules.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import type { FleetStoreOptions } from "../../../src/fleet/storeOptions.ts";

const nothing = () => undefined;

export const silentLog: Log = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

const megan = { id: "m", label: "megan@contoso.com" };
export const subscriptionA = {
  subscriptionId: "AAAA",
  displayName: "Alpha",
  tenantId: "t1",
  through: { tenantId: "t1", tenantName: "Contoso", account: megan },
};
export const subscriptionB = {
  subscriptionId: "bbbb",
  displayName: "Beta",
  tenantId: "t2",
  through: { tenantId: "t2", tenantName: "Fabrikam", account: megan },
};

export function configuration(subscriptionId: string, name: string, window: JsonObject = {}) {
  const id = configurationId(subscriptionId, "rg", name);
  return {
    id,
    name,
    location: "westeurope",
    properties: { maintenanceScope: "OSImage", maintenanceWindow: window },
  };
}

/** A set that meets every condition of automatic OS upgrades. */
export function scaleSet(subscriptionId: string, name: string, upgrades = true) {
  const id =
    `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/${name}` as ScaleSetId;
  const health = { publisher: "Microsoft.ManagedServices", type: "ApplicationHealthLinux" };
  return {
    id,
    name,
    location: "westeurope",
    properties: {
      provisioningState: "Succeeded",
      orchestrationMode: "Uniform",
      upgradePolicy: { mode: "Rolling", automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: upgrades } },
      virtualMachineProfile: {
        storageProfile: {
          imageReference: { publisher: "Canonical", offer: "ubuntu", sku: "server", version: "latest" },
          osDisk: { osType: "Linux" },
        },
        extensionProfile: { extensions: [{ name: "health", properties: health }] },
      },
    },
  };
}

export function assignment(
  set: { readonly id: ScaleSetId },
  to: { readonly id: string; readonly name: string },
) {
  // Azure returns the configuration's id in another casing (FACTS §3).
  const maintenanceConfigurationId = to.id.toLowerCase();
  return { id: assignmentId(set.id, to.name), name: to.name, properties: { maintenanceConfigurationId } };
}

export function assignments(
  subscriptionId: string,
  of: readonly (readonly [set: { readonly id: string }, assignments: readonly JsonObject[]])[],
  failed: ReadonlyMap<string, Problem> = new Map(),
): InventoryEvent {
  const byScaleSet = new Map(of.map(([{ id }, all]) => [id.toLowerCase(), all]));
  return { kind: "assignments", subscriptionId, byScaleSet, failed };
}

export function problem(kind: ProblemKind = "forbidden"): Problem {
  return {
    kind,
    summary: verbatim("Azure denied access."),
    code: "AuthorizationFailed",
    requestId: "r-1",
    detail: "no <b>way</b>",
  };
}

/** An error that carries its problem, as those of the azure room do. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(kind: ProblemKind, more: Partial<Problem> = {}) {
    super(kind);
    this.problem = { ...problem(kind), ...more };
  }
}

export function schedule(end = "2026-11-24T03:00:00Z"): ScheduleFacts {
  const start = "2026-11-23T22:00:00Z";
  const occurrence = { start, end, localStart: "2026-11-23 22:00", localEnd: "2026-11-24 03:00", marks: [] };
  return {
    words: verbatim("Every day 22:00–03:00, UTC"),
    next: [occurrence],
    knownUntil: "2026-12-08T06:00:00Z",
    zone: "UTC",
    problems: [],
  };
}

/** A fleet of two subscriptions: one set controlled by the other's configuration, one with nothing. */
export const weekly = configuration("bbbb", "weekly");
export const web = scaleSet("AAAA", "web");
export const idle = scaleSet("AAAA", "api", false);
export const twoSubscriptions: readonly InventoryEvent[] = [
  { kind: "subscriptions", subscriptions: [subscriptionA] },
  { kind: "subscriptions", subscriptions: [subscriptionB] },
  { kind: "configurations", subscriptionId: "AAAA", resources: [] },
  { kind: "configurations", subscriptionId: "bbbb", resources: [weekly] },
  { kind: "scaleSets", subscriptionId: "AAAA", resources: [web, idle] },
  { kind: "scaleSets", subscriptionId: "bbbb", resources: [{ id: "nonsense" }] },
  assignments("AAAA", [[web, [assignment(web, weekly)]]]),
  assignments("bbbb", []),
];

/** The time of all that the tests tell the reducer. */
export const now = "2026-11-23T09:00:00Z";

export function arrived(event: InventoryEvent): FleetEvent {
  return { kind: "arrived", events: [event], wanted: () => true, now };
}

/** An Azure that yields what it is told to; what a test does not need fails when it is called. */
export function fakeAzure(over: Partial<Azure> & { events?: readonly InventoryEvent[] } = {}): Azure {
  const { events = twoSubscriptions, ...rest } = over;
  const unexpected = (name: string) => () => Promise.reject(new Error(`unexpected call of ${name}`));
  return {
    origin: "azure",
    cloud: { name: "AzureCloud", endpoint: "https://example.invalid", scopes: [] },
    waits: { endsAt: undefined, onDidChange: () => ({ dispose: nothing }) },
    async *inventory() {
      yield* events;
    },
    read: unexpected("read"),
    assignmentsOf: unexpected("assignmentsOf"),
    eligibilityFacts: unexpected("eligibilityFacts"),
    latestUpgrade: unexpected("latestUpgrade"),
    upgradeHistory: unexpected("upgradeHistory"),
    instanceView: unexpected("instanceView"),
    instances: unexpected("instances"),
    resourceGroups: unexpected("resourceGroups"),
    locations: unexpected("locations"),
    registrationState: unexpected("registrationState"),
    permissions: unexpected("permissions"),
    preview: unexpected("preview"),
    apply: unexpected("apply"),
    outcomeOf: unexpected("outcomeOf"),
    ...rest,
  };
}

export const rules: Rules = { eligibility, freshnessOf, scheduleFacts: () => schedule() };

export function newStore(over: Partial<FleetStoreOptions> = {}): FleetStore {
  return new FleetStore({
    loadRules: async () => rules,
    problemOf: (error) =>
      error instanceof Refused ? error.problem : { kind: "server", summary: verbatim(String(error)) },
    wanted: () => () => true,
    now: () => "2026-11-23T09:00:00Z",
    log: silentLog,
    ...over,
  });
}

export const noSignal = () => new AbortController().signal;

export async function readStore(
  azure: Azure = fakeAzure(),
  over: Partial<FleetStoreOptions> = {},
): Promise<FleetStore> {
  const store = newStore(over);
  store.connect(azure);
  await store.refresh(noSignal());
  return store;
}
