import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import assert from "node:assert/strict";
import tls from "node:tls";
import { loopbackCertificate } from "../../../scripts/lib/certificate.ts";
import type { Azure, Connection } from "../../../src/azure/contracts.ts";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../../src/azure/errors/errors.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import type { ChangeResult, Plan } from "../../../src/core/plans/plan.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import { applyPlan } from "../../../src/fleet/plans/applyPlan.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import type { SandboxOptions } from "../../../src/sandbox/sandbox.ts";
import { serve } from "../../../src/sandbox/http/server.ts";
import { tooltipMarkdown } from "../../../src/tree/tooltip.ts";
import { planText } from "../../support/planText.ts";
import { turnedClock } from "../../support/turnedClock.ts";
import type { TurnedClock } from "../../support/turnedClock.ts";
import { recordingLog } from "../../unit/azure/support.ts";
import { flat, seen, type Seen } from "../../unit/tree/walk.ts";
import { HoldingSandbox } from "./holding.ts";

const { authority, certificate, key } = await loopbackCertificate();

/** Lets this process trust the sandbox, as the system's certificates do for Azure. Not to be done is a case of its own. */
export function trustSandbox(): void {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), authority]);
}

/** A request as the sandbox recorded it. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly clientRequestId?: string;
  readonly account?: string;
  /** Absent where no answer was sent. */
  readonly status?: number;
  /** Whether it took effect, whatever was answered. */
  readonly applied: boolean;
}

/** Azure over HTTPS with its faults, and an extension's fleet over it: what a user has in front of her, without the workbench. */
export interface World extends AsyncDisposable {
  readonly azure: Azure;
  readonly store: FleetStore;
  readonly url: string;
  readonly token: string;
  readonly log: readonly string[];
  /** The time of the extension and of Azure: no pause takes real time. */
  readonly clock: TurnedClock;
  /** Orders faults; see docs/sandbox.md. */
  order(...faults: readonly unknown[]): Promise<void>;
  /** Takes all faults away, but for the refusal of a Resource Graph that the world is without. */
  calm(): Promise<void>;
  /** Asks the sandbox past our own clients: its control calls, and Azure's as from another window. */
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly json: Json }>;
  /** What was asked since the last call of this, in order. */
  requests(): Promise<readonly Recorded[]>;
  /** Holds the answer to the next request that matches. */
  readonly hold: HoldingSandbox["hold"];
  refresh(signal?: AbortSignal): Promise<void>;
  /** Applies a plan and answers what the user is told. */
  apply(plan: Plan, options?: Partial<Parameters<typeof applyPlan>[3]>): Promise<Applied>;
  /** The tree as it is shown now. */
  tree(): readonly Seen[];
  /** Reads all of Azure anew, undisturbed, and compares: what the tree shows is what there is. */
  assertTreeIsTrue(): Promise<void>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer is read by written-out paths
type Json = any;

export interface Applied {
  readonly results: readonly ChangeResult[];
  /** Each change's outcome, in the order of the plan. */
  readonly outcomes: readonly ChangeResult["outcome"]["status"][];
  /** The whole report behind "Show Results". */
  readonly report: string;
}

export interface WorldOptions extends Omit<Partial<SandboxOptions>, "now"> {
  /** Of another world, which it has the time in common with. */
  readonly clock?: TurnedClock;
  /** How the extension comes to Azure; with the sandbox's own token when absent. */
  readonly connect?: (world: Pick<World, "url" | "token" | "ask">) => Connection;
  /** Whether the fleet is read at once. */
  readonly unread?: boolean;
  /** Whether Resource Graph refuses, so that ARM's lists are asked. */
  readonly withoutGraph?: boolean;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const {
    connect,
    unread,
    withoutGraph = false,
    clock = turnedClock(new Date().toISOString()),
    ...ofSandbox
  } = options;
  const token = `s3cr3t.${globalThis.crypto.randomUUID()}`;
  const now = () => new Date(clock.now());
  const sandbox = new HoldingSandbox({ fleet: "small", token, operationSeconds: 0, now, ...ofSandbox });
  const served = await serve(sandbox, {
    port: 0,
    key,
    certificate,
    onError: (error) => assert.fail(String(error)),
  });
  const { log, lines } = recordingLog();
  const ask: World["ask"] = async (method, path, body) => {
    const { status, body: text } = await sandbox.handle({
      method,
      url: `${served.url}${path}`,
      headers: { authorization: `Bearer ${token}`, "x-ms-client-request-id": outside },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status, json: text === "" ? undefined : JSON.parse(text) };
  };
  const { url } = served;
  const open = (): Azure =>
    openAzure(
      connect?.({ url, token, ask }) ?? connectToEndpoint({ origin: "sandbox", endpoint: url, token }),
      log,
      "9.9.9",
      { ...clock, random: () => 0.5 },
    );
  /** All trees are looked at in this instant: what is read later must not differ by the minutes until a window. */
  const moment = `${now().toISOString().slice(0, 19)}Z`;
  const newStore = (azure: Azure): FleetStore => {
    const store = new FleetStore({
      loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts }),
      problemOf,
      wanted: () => () => true,
      now: () => moment,
      log,
    });
    store.connect(azure);
    return store;
  };
  const azure = open();
  const store = newStore(azure);
  const shown = (of: FleetStore) => seen(of.snapshot, { now: moment, locale: "en-u-hc-h23", zone: "UTC" });
  const world: World = {
    azure,
    store,
    url,
    token,
    log: lines,
    clock,
    ask,
    order: async (...faults) => {
      const { status, json } = await ask("POST", "/sandbox/faults", faults);
      assert.equal(status, 204, JSON.stringify(json));
    },
    calm: async () => {
      await ask("DELETE", "/sandbox/faults");
      if (withoutGraph) await world.order(graphRefuses);
    },
    requests: async () => {
      const { json } = await ask("GET", "/sandbox/requests");
      await ask("DELETE", "/sandbox/requests");
      const all: readonly Recorded[] = json.value;
      return all.filter(({ clientRequestId }) => clientRequestId !== outside);
    },
    hold: (match) => sandbox.hold(match),
    refresh: async (signal = never) => {
      await store.refresh(signal);
      await store.settled();
    },
    apply: async (plan, applying) => {
      const results = await applyPlan(azure, store, plan, { signal: never, ...applying });
      return appliedPlan(plan, results);
    },
    tree: () => shown(store),
    assertTreeIsTrue: async () => {
      await world.calm();
      const other = newStore(open());
      await other.refresh(never);
      await other.settled();
      const lines = (of: FleetStore) =>
        flat(shown(of)).map(({ label, description }) => `${label} · ${description}`);
      assert.deepEqual(lines(store), lines(other));
      other.dispose();
    },
    [Symbol.asyncDispose]: async () => {
      store.dispose();
      sandbox.release();
      await served.close();
    },
  };
  await world.calm();
  if (unread !== true) {
    await world.refresh();
    await world.requests();
  }
  return world;
}

const never = new AbortController().signal;

/** What a world without Resource Graph meets with. */
const graphRefuses = {
  match: { method: "POST", path: "^/providers/Microsoft.ResourceGraph/resources" },
  times: "always",
  do: {
    status: 403,
    body: { error: { code: "AuthorizationFailed", message: "The client does not have authorization." } },
  },
};

/** Marks the requests that come past our own clients. */
const outside = "outside";

/** What the user is told of these results. */
export function appliedPlan(plan: Plan, results: readonly ChangeResult[]): Applied {
  return {
    results,
    outcomes: results.map(({ outcome }) => outcome.status),
    report: planText(plan, results),
  };
}

/** The requests that change something. A query of Resource Graph, which is a POST, does not. */
export function writes(requests: readonly Recorded[]): readonly Recorded[] {
  return requests.filter(({ method, path }) => !["GET", "HEAD"].includes(method) && !isGraph(path));
}

export function isGraph(path: string): boolean {
  return /^\/providers\/Microsoft\.ResourceGraph\/resources\b/.test(path);
}

/** How often each write was sent and how often it took effect: `PUT configurationAssignments/mc-new` → `[sent, applied]`. */
export function writeCounts(
  requests: readonly Recorded[],
): Readonly<Record<string, readonly [number, number]>> {
  const counts: Record<string, [number, number]> = {};
  for (const { method, path, applied } of writes(requests)) {
    const name = `${method} ${path.split("/").slice(-2).join("/")}`;
    const [sent, done] = counts[name] ?? [0, 0];
    counts[name] = [sent + 1, done + (applied ? 1 : 0)];
  }
  return counts;
}

const resources: ReadonlySet<string> = new Set([
  "subscription",
  "configuration",
  "scaleSet",
  "association",
  "problem",
]);

/** Labels and descriptions of what the tree has of Azure's resources and of failures, a line each. */
export function treeText(world: Pick<World, "tree">): string {
  return flat(world.tree())
    .filter(({ node }) => resources.has(node.kind))
    .map(({ label, description }) => `${label} · ${description}`)
    .join("\n");
}

/** What the tree tells of failures: label, description and tooltip of each node that stands for one. */
export function problems(world: Pick<World, "tree">): string {
  return flat(world.tree())
    .filter(({ node }) => node.kind === "problem")
    .map(
      ({ label, description, view }) =>
        `${label} · ${description}\n${tooltipMarkdown(view.tooltip(), inEnglish)}`,
    )
    .join("\n")
    .replaceAll("\\", "");
}
