import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { ask, get } from "../../scripts/lib/outside.ts";
import { startSandbox, type SandboxAddress } from "../../scripts/lib/sandbox.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import type { AccountAccess, Connection, TenantAccess } from "../../src/azure/contracts.ts";
import { openAzure } from "../../src/azure/open.ts";
import { type FleetSize, largeFleet } from "../../src/sandbox/fleet/generated.ts";
import { median } from "../support/statistics.ts";

const runs = 30;
const latencyMs = 80;
/** What the service allows: rows of a page, subscriptions of a query, queries of a user in a window. */
const service = { page: 1000, batch: 300, queries: 15, windowMs: 5000 };

/** How many rows there are to find at least: the fleet has some that its user may not read. */
const expected = Math.floor((largeFleet.scaleSets + largeFleet.configurations) * 0.99);

const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

interface Run {
  readonly firstRowsMs: number;
  readonly completeMs: number;
  readonly calls: number;
  readonly bytes: number;
  readonly heapMB: number;
}

/** How long the large fleet takes to be read over HTTPS: by this extension, and one subscription after another. */
export async function run(): Promise<Measured> {
  await using sandbox = await startSandbox("large");
  // As with Azure's own certificates, trusting this one must not cost each connection a look at all others.
  const agent = new Agent({ keepAlive: true, ca: readFileSync(sandbox.certificate) });
  const { status } = await ask(sandbox, "PUT", "/sandbox/conditions", {
    latency: `PT${latencyMs / 1000}S`,
    quotas: true,
  });
  if (status >= 300) throw new Failure(`The sandbox answers ${status} to its conditions.`);
  const account = await signIn(sandbox);
  // From a heap without what others have left. That collection makes V8 keep the heap so small that it collects several times in the reading, so
  // that this one is no measure of time.
  collectGarbage();
  const { heapMB } = await read(sandbox, account, agent);
  const all: Run[] = [];
  for (let count = 0; count < runs; count++) {
    // A user who opens the view has her whole quota.
    await ask(sandbox, "POST", "/sandbox/clock", { advance: `PT${service.windowMs / 1000 + 1}S` });
    all.push(await read(sandbox, account, agent));
  }
  const of = (figure: keyof Run) => median(all.map((one) => one[figure]));
  const floorMs = floorOf(largeFleet);
  const perSubscriptionMs = await onePerSubscription(sandbox);
  const completeMs = of("completeMs");
  const figures = {
    firstRowsMs: of("firstRowsMs"),
    completeMs,
    floorRatio: round(completeMs / floorMs),
    perSubscriptionRatio: round(perSubscriptionMs / completeMs),
    calls: of("calls"),
    heapMB,
    megabytes: of("bytes") / 1e6,
    floorMs,
    perSubscriptionMs: Math.round(perSubscriptionMs),
  };
  const { subscriptions, tenants, scaleSets, configurations } = largeFleet;
  const fleet = `${subscriptions} subscriptions in ${tenants} tenants, ${scaleSets} scale sets, ${configurations} configurations`;
  return {
    figures,
    table: [
      { what: `first rows of ${fleet}, median of ${runs}`, figure: figures.firstRowsMs, unit: "ms" },
      { what: "all of them", figure: completeMs, unit: "ms" },
      {
        what: `least that ${latencyMs} ms a call, pages, batches and quota allow`,
        figure: floorMs,
        unit: "ms",
      },
      { what: "all of them to that", figure: figures.floorRatio, unit: "" },
      {
        what: "two lists per subscription, one after another",
        figure: figures.perSubscriptionMs,
        unit: "ms",
      },
      { what: "times as quick", figure: figures.perSubscriptionRatio, unit: "" },
      { what: "calls", figure: figures.calls, unit: "" },
      { what: "answers, as they are sent", figure: figures.megabytes, unit: "MB" },
      { what: "heap at its largest, in a run of its own", figure: figures.heapMB, unit: "MB" },
    ],
  };
}

/**
 * The least time that a fleet of this size can take: what depends on an answer waits for it (the tenants, their subscriptions, the first page of
 * each batch, the others of them), and queries above the quota wait for the next window. As if tenants, batches and pages were equally full.
 * A yardstick rather than a bound: who asks about less in each query, or for something before it is known to be there, may save one of these waits.
 */
function floorOf({ tenants, subscriptions, scaleSets, configurations }: FleetSize): number {
  const { page, batch, queries, windowMs } = service;
  const batches = tenants * Math.ceil(subscriptions / tenants / batch);
  const pages = batches * Math.ceil((scaleSets + configurations) / batches / page);
  const trips = 3 + (pages > batches ? 1 : 0);
  return trips * latencyMs + (Math.ceil(pages / queries) - 1) * windowMs;
}

/** The account of the fleet as a user is signed in to it: of each tenant she has a token of its own, which shows what is in that one. */
async function signIn(sandbox: SandboxAddress): Promise<AccountAccess> {
  const [account] = (await get<Accounts>(sandbox, "/sandbox/accounts")).value;
  if (account === undefined) throw new Failure("The sandbox has no account.");
  const issued = account.tenants.map(async ({ tenantId }) => {
    const order = { account: account.name, tenantId };
    const { status, body } = await ask(sandbox, "POST", "/sandbox/tokens", order);
    if (status !== 200) throw new Failure(`The sandbox answers ${status} to an order of a token.`);
    const { token, expiresOn } = body as { readonly token: string; readonly expiresOn: string };
    const issuedToken = { token, expiresOnTimestamp: Date.parse(expiresOn) };
    return [tenantId, { credential: { getToken: async () => issuedToken } }] as const;
  });
  const accesses = new Map<string, TenantAccess>(await Promise.all(issued));
  const into = (tenantId: string) => {
    const access = accesses.get(tenantId);
    if (access === undefined) throw new Failure(`There is no token of tenant ${tenantId}.`);
    return access;
  };
  const [{ tenantId: home }] = account.tenants;
  return { home: into(home), homeTenantId: async () => home, into };
}

/** What `GET /sandbox/accounts` tells. */
interface Accounts {
  readonly value: readonly {
    readonly name: string;
    readonly tenants: readonly [Tenant, ...Tenant[]];
  }[];
}

interface Tenant {
  readonly tenantId: string;
}

const failures: ReadonlySet<string> = new Set(["failed", "tenantFailed", "graphRefused", "graphFailed"]);

/** Reads the fleet once, holding everything that comes. */
async function read({ url: endpoint }: SandboxAddress, account: AccountAccess, agent: Agent): Promise<Run> {
  const meter = metered(agent);
  const connection: Connection = {
    origin: "sandbox",
    cloud: { name: "sandbox", endpoint, scopes: [`${endpoint}/.default`] },
    httpClient: meter.httpClient,
    accounts: async () => [account],
  };
  const azure = openAzure(connection, quiet, "0.0.0");
  const events: unknown[] = [];
  let rows = 0;
  let firstRowsMs = 0;
  let heap = 0;
  const start = performance.now();
  for await (const event of azure.inventory(new AbortController().signal)) {
    events.push(event);
    heap = Math.max(heap, getHeapStatistics().used_heap_size);
    if (failures.has(event.kind) && "problem" in event)
      throw new Failure(`The inventory tells ${event.kind}: ${event.problem.detail ?? event.problem.kind}.`);
    if (event.kind !== "page") continue;
    if (rows === 0) firstRowsMs = performance.now() - start;
    rows += event.rows.length;
  }
  const completeMs = performance.now() - start;
  if (rows < expected) throw new Failure(`${rows} rows came of ${expected}, in ${events.length} events.`);
  return {
    firstRowsMs,
    completeMs,
    calls: meter.calls(),
    bytes: meter.bytes(),
    heapMB: Math.round(heap / 1e5) / 10,
  };
}

/** The usual transport, with a count of the calls and of the bytes of their answers. */
function metered(agent: Agent) {
  const inner = createDefaultHttpClient();
  let [calls, bytes] = [0, 0];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      calls++;
      request.agent = agent;
      const response = await inner.sendRequest(request);
      bytes += Number(response.headers.get("content-length") ?? 0);
      return response;
    },
  };
  return { httpClient, calls: () => calls, bytes: () => bytes };
}

/**
 * The way of the Azure extensions: in each subscription the list of configurations and that of scale sets, one call after another, and no call
 * for any set. On the same server, in the same run; answers the milliseconds that it took.
 */
async function onePerSubscription(sandbox: SandboxAddress): Promise<number> {
  const start = performance.now();
  let found = 0;
  for (const { subscriptionId } of sandbox.subscriptions) {
    for (const list of [
      "Microsoft.Maintenance/maintenanceConfigurations?api-version=2023-04-01",
      "Microsoft.Compute/virtualMachineScaleSets?api-version=2025-04-01",
    ]) {
      const path = `/subscriptions/${subscriptionId}/providers/${list}`;
      const { value } = await get<{ readonly value: readonly unknown[] }>(sandbox, path);
      found += value.length;
    }
  }
  if (found < expected) throw new Failure(`Only ${found} of ${expected} were listed.`);
  return performance.now() - start;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
