import { Failure } from "../../scripts/bootstrap/failure.mjs";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../src/azure/errors/errors.ts";
import { openAzure } from "../../src/azure/open.ts";
import { eligibility } from "../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../src/core/upgrades/freshness.ts";
import { associate } from "../../src/core/plans/plans.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { verbatim } from "../../src/core/text/message.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { managedByOf } from "../../src/core/resources/managedBy.ts";
import { scheduleFacts } from "../../src/core/windows/facts.ts";
import { scopeOf } from "../../src/core/windows/window.ts";
import { applyPlan } from "../../src/fleet/plans/applyPlan.ts";
import { Journal } from "../../src/fleet/plans/journal.ts";
import { folderInMemory } from "../../src/fleet/plans/planFolder.ts";
import { FleetStore } from "../../src/fleet/store.ts";
import { generatedFleet } from "../../src/sandbox/fleet/generated.ts";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../src/sandbox/sandbox.ts";
import { turnedClock } from "../support/turnedClock.ts";

const changes = 1000;
const callMs = 80;
/** Resource Manager's bucket of a subscription's writes: 200, and 10 come back a second. */
const bucket = { size: 200, perSecond: 10 };
const floor = (changes - bucket.size) / bucket.perSecond;

const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * How long 1,000 associations in one subscription take against what its bucket of writes allows, each call taking 80 ms. A turned clock
 * stands for the waiting: it jumps from one end of a wait to the next whenever nothing else goes on.
 */
export async function run(): Promise<Measured> {
  const clock = turnedClock("2026-11-26T12:00:00Z");
  const size = { seed: 1, tenants: 1, subscriptions: 1, scaleSets: 1500, configurations: 20, assignments: 0 };
  const sandbox = new Sandbox({
    fleet: generatedFleet(size),
    operationSeconds: 0,
    now: () => new Date(clock.now()),
  });
  await orderQuotas(sandbox);
  const seen = { inFlight: 0, peakInFlight: 0, calls: 0, refused: 0, written: 0 };
  const inner = sandboxHttpClient(sandbox);
  const httpClient: typeof inner = {
    sendRequest: async (request) => {
      seen.calls += 1;
      const isOfPlan = request.url.includes("/configurationAssignments") || request.method !== "GET";
      if (isOfPlan) seen.inFlight += 1;
      seen.peakInFlight = Math.max(seen.peakInFlight, seen.inFlight);
      try {
        const answer = await inner.sendRequest(request);
        if (answer.status === 429) seen.refused += 1;
        else if (request.method === "PUT") seen.written += 1;
        await clock.wait(callMs);
        return answer;
      } finally {
        if (isOfPlan) seen.inFlight -= 1;
      }
    },
  };
  const connection = connectToEndpoint({
    origin: "sandbox",
    endpoint: sandboxEndpoint,
    token: sandbox.token,
    httpClient,
  });
  const azure = openAzure(connection, quiet, "0.0.0", { ...clock, random: () => 0 });
  const store = new FleetStore({
    loadRules: async () => ({ eligibility, freshnessOf }),
    scheduleFacts: async (configuration) => scheduleFacts(configuration, new Date(clock.now()).toISOString()),
    problemOf,
    wanted: () => () => true,
    now: () => new Date(clock.now()).toISOString(),
    log: quiet,
  });
  store.connect(azure);
  const never = new AbortController().signal;
  await store.refresh(never);
  const plan = planFor(store);
  const journal = new Journal({
    folder: folderInMemory(),
    owner: "bench",
    now: () => clock.now(),
    every: () => ({ dispose: () => undefined }),
    log: quiet,
  });
  // The bucket is full again after the reading, whose own calls are not counted.
  await clock.wait(60_000);
  Object.assign(seen, { peakInFlight: 0, calls: 0, refused: 0, written: 0 });
  const began = clock.now();
  const real = performance.now();
  const applied = await journal.begin(plan, "sandbox");
  const results = await applyPlan(azure, store, plan, { signal: never, run: applied });
  await applied.close();
  const seconds = (clock.now() - began) / 1000;
  const realMs = Math.round(performance.now() - real);
  const done = results.filter(({ outcome }) => outcome.status === "done").length;
  if (done !== changes || seen.written !== changes)
    throw new Failure(`${done} of ${changes} changes were done, with ${seen.written} writes.`);
  if (seconds < floor)
    throw new Failure(`It took ${seconds} s: the sandbox lets more through than Azure does.`);
  const floorRatio = Math.round((seconds / floor) * 1000) / 1000;
  const { peakInFlight, calls, refused: retries } = seen;
  return {
    figures: { floorRatio, peakInFlight, calls, retries, seconds, floorSeconds: floor, realMs },
    table: [
      { what: `${changes} associations, by the turned clock`, figure: seconds, unit: "s" },
      { what: "what the bucket of writes allows", figure: floor, unit: "s" },
      { what: "ratio to it", figure: floorRatio, unit: "" },
      { what: "most calls of the plan in flight", figure: peakInFlight, unit: "" },
      { what: "calls, read-backs included", figure: calls, unit: "" },
      { what: "of them refused with 429 and sent again", figure: retries, unit: "" },
      { what: "time that the process itself took", figure: realMs, unit: "ms" },
    ],
  };
}

async function orderQuotas(sandbox: Sandbox): Promise<void> {
  const { status, body } = await sandbox.handle({
    method: "PUT",
    url: `${sandboxEndpoint}/sandbox/conditions`,
    headers: { authorization: `Bearer ${sandbox.token}` },
    body: JSON.stringify({ quotas: true }),
  });
  if (status >= 300) throw new Failure(`The sandbox has no quotas: ${body}`);
}

function planFor(store: FleetStore): Plan {
  const { configurations, scaleSets } = store.snapshot;
  const configuration = [...configurations.values()].find(
    ({ resource }) => scopeOf(resource)?.toLowerCase() === "osimage",
  );
  if (configuration === undefined) throw new Failure("The fleet has no OSImage configuration.");
  const sets = [...scaleSets.values()].filter(({ resource }) => managedByOf(resource) === undefined);
  const parts = sets.slice(0, changes).map((set) => associate(set, configuration, [], () => "OSImage"));
  return planOf(
    verbatim("Associate"),
    parts.flatMap((part) => part.changes),
  );
}
