import { Failure } from "../../scripts/bootstrap/failure.mjs";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../src/azure/errors/errors.ts";
import { openAzure } from "../../src/azure/open.ts";
import { eligibility } from "../../src/core/eligibility/eligibility.ts";
import { blockers } from "../../src/core/eligibility/rule.ts";
import { freshnessOf } from "../../src/core/upgrades/freshness.ts";
import { assignmentId, nameOf, type ScaleSetId } from "../../src/core/resources/ids.ts";
import { associate, setAutomaticUpgrades } from "../../src/core/plans/plans.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { verbatim } from "../../src/core/text/message.ts";
import type { Change, Plan } from "../../src/core/plans/plan.ts";
import { managedByOf } from "../../src/core/resources/managedBy.ts";
import { automaticUpgradesOf } from "../../src/core/resources/scaleSet.ts";
import { scheduleFacts } from "../../src/core/windows/facts.ts";
import { isOsImage } from "../../src/core/windows/window.ts";
import { applyPlan } from "../../src/fleet/plans/applyPlan.ts";
import { Journal } from "../../src/fleet/plans/journal.ts";
import { folderInMemory } from "../../src/fleet/plans/planFolder.ts";
import type { ConfigurationRecord, ScaleSetRecord } from "../../src/fleet/snapshot/snapshot.ts";
import { FleetStore } from "../../src/fleet/store.ts";
import { generatedFleet } from "../../src/sandbox/fleet/generated.ts";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../src/sandbox/sandbox.ts";
import { turnedClock } from "../support/turnedClock.ts";

const setsPerPlan = 1000;
const callMs = 80;
/** Resource Manager's buckets of a subscription: how many they hold, and how many come back a second. */
const buckets = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
} as const;
type BucketName = keyof typeof buckets;

const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const never = new AbortController().signal;

/** What was sent while a plan was applied. */
interface Sent {
  readonly counts: Record<BucketName, number>;
  writesInFlight: number;
  peakInFlight: number;
  refused: number;
}

interface Ran extends Sent {
  readonly seconds: number;
  readonly floorSeconds: number;
  readonly realMs: number;
}

/**
 * How long plans for 1,000 scale sets of one subscription take against the larger of what its buckets of writes, deletions and reads allow,
 * each call taking 80 ms: 1,000 associations, 1,000 moves to another configuration, and 1,000 set-ups, which associate and enable. A turned
 * clock stands for the waiting: it jumps from one end of a wait to the next whenever nothing else goes on.
 */
export async function run(): Promise<Measured> {
  const associations = await inWorld(({ sets, configurations: [first] }) => ({
    plan: planOver(sets, (set) => associate(set, first, [], () => "OSImage").changes),
  }));
  const moves = await inWorld(({ sets, configurations: [first, second] }) => ({
    before: planOver(sets, (set) => associate(set, first, [], () => "OSImage").changes),
    plan: planOver(sets, (set) => associate(set, second, [heldBy(set, first)], () => "OSImage").changes),
  }));
  const setUps = await inWorld(({ sets, configurations: [first] }) => ({
    plan: planOver(sets, (set) => [
      ...associate(set, first, [], () => "OSImage").changes,
      ...setAutomaticUpgrades(set, true, {}, windowOf(set, first)).changes,
    ]),
  }));
  const ratio = ({ seconds, floorSeconds }: Ran) => Math.round((seconds / floorSeconds) * 1000) / 1000;
  const { peakInFlight, refused: retries, seconds, floorSeconds, realMs } = associations;
  const calls = Object.values(associations.counts).reduce((sum, count) => sum + count, 0);
  return {
    figures: {
      ...{ floorRatio: ratio(associations), peakInFlight, calls, retries, seconds, floorSeconds, realMs },
      ...{ moveFloorRatio: ratio(moves), moveSeconds: moves.seconds, moveFloorSeconds: moves.floorSeconds },
      ...{ setUpFloorRatio: ratio(setUps), setUpSeconds: setUps.seconds },
      setUpFloorSeconds: setUps.floorSeconds,
    },
    table: [
      ...rowsOf(`${setsPerPlan} associations`, associations),
      ...rowsOf(`${setsPerPlan} moves`, moves),
      ...rowsOf(`${setsPerPlan} set-ups`, setUps),
    ],
  };
}

function rowsOf(what: string, { seconds, floorSeconds, counts, peakInFlight, refused, realMs }: Ran) {
  return [
    { what: `${what}, by the turned clock`, figure: seconds, unit: "s" },
    { what: "  what the buckets allow", figure: floorSeconds, unit: "s" },
    { what: "  reads, writes and deletions", figure: Object.values(counts).join(" + "), unit: "" },
    { what: "  most writes in flight", figure: peakInFlight, unit: "" },
    { what: "  calls refused with 429 and sent again", figure: refused, unit: "" },
    { what: "  time that the process itself took", figure: realMs, unit: "ms" },
  ];
}

interface Chosen {
  readonly sets: readonly ScaleSetRecord[];
  readonly configurations: readonly [ConfigurationRecord, ConfigurationRecord];
}

/** Applies `before`, uncounted, and then `plan` in a world of their own. */
async function inWorld(
  make: (chosen: Chosen) => { readonly before?: Plan; readonly plan: Plan },
): Promise<Ran> {
  const clock = turnedClock("2026-11-26T12:00:00Z");
  const size = { seed: 1, tenants: 1, subscriptions: 1, scaleSets: 6000, configurations: 20, assignments: 0 };
  const sandbox = new Sandbox({
    fleet: generatedFleet(size),
    operationSeconds: 0,
    now: () => new Date(clock.now()),
  });
  await orderQuotas(sandbox);
  const sent: Sent = {
    counts: { reads: 0, writes: 0, deletes: 0 },
    writesInFlight: 0,
    peakInFlight: 0,
    refused: 0,
  };
  const inner = sandboxHttpClient(sandbox);
  const httpClient: typeof inner = {
    sendRequest: async (request) => {
      const name = bucketNameOf(request.method);
      if (name !== "reads") sent.writesInFlight += 1;
      sent.peakInFlight = Math.max(sent.peakInFlight, sent.writesInFlight);
      try {
        const answer = await inner.sendRequest(request);
        if (answer.status === 429) sent.refused += 1;
        else sent.counts[name] += 1;
        await clock.wait(callMs);
        return answer;
      } finally {
        if (name !== "reads") sent.writesInFlight -= 1;
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
    loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts }),
    problemOf,
    wanted: () => () => true,
    now: () => new Date(clock.now()).toISOString(),
    log: quiet,
  });
  store.connect(azure);
  await store.refresh(never);
  const journal = new Journal({
    folder: folderInMemory(),
    owner: "bench",
    now: () => clock.now(),
    every: () => ({ dispose: () => undefined }),
    log: quiet,
  });
  const apply = async (plan: Plan) => {
    const applied = await journal.begin(plan, "sandbox");
    const results = await applyPlan(azure, store, plan, { signal: never, run: applied });
    await applied.close();
    const undone = results.find(({ outcome }) => outcome.status !== "done");
    if (undone !== undefined) throw new Failure(`${undone.change.id}: ${JSON.stringify(undone.outcome)}`);
    // The buckets are full again for whatever comes next.
    await clock.wait(120_000);
  };
  const { before, plan } = make(chosenIn(store));
  await clock.wait(60_000);
  if (before !== undefined) await apply(before);
  Object.assign(sent, { counts: { reads: 0, writes: 0, deletes: 0 }, peakInFlight: 0, refused: 0 });
  const [began, real] = [clock.now(), performance.now()];
  await apply(plan);
  const seconds = (clock.now() - began) / 1000 - 120;
  const floorSeconds = Math.max(
    ...Object.entries(sent.counts).map(([name, count]) => floorOf(name as BucketName, count)),
  );
  if (seconds < floorSeconds)
    throw new Failure(`It took ${seconds} s: the sandbox lets more through than Azure does.`);
  return { ...sent, seconds, floorSeconds, realMs: Math.round(performance.now() - real) };
}

function floorOf(name: BucketName, count: number): number {
  const { size, perSecond } = buckets[name];
  return Math.max(0, (count - size) / perSecond);
}

function bucketNameOf(method: string): BucketName {
  if (method === "GET") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
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

/** Sets that can be enabled, and two configurations. */
function chosenIn({ snapshot }: FleetStore): Chosen {
  const [first, second] = [...snapshot.configurations.values()].filter(({ resource }) => isOsImage(resource));
  if (first === undefined || second === undefined) throw new Failure("The fleet has too few configurations.");
  const sets = [...snapshot.scaleSets.values()].filter(
    ({ resource, findings }) =>
      managedByOf(resource) === undefined &&
      !automaticUpgradesOf(resource) &&
      blockers(findings).length === 0,
  );
  if (sets.length < setsPerPlan) throw new Failure(`Only ${sets.length} sets can be enabled.`);
  return { sets: sets.slice(0, setsPerPlan), configurations: [first, second] };
}

function planOver(
  sets: readonly ScaleSetRecord[],
  changes: (set: ScaleSetRecord) => readonly Change[],
): Plan {
  return planOf(verbatim("Plan"), sets.flatMap(changes));
}

/** Ours are named after their configuration. */
const associationIdOf = ({ id }: ScaleSetRecord, configuration: ConfigurationRecord) =>
  assignmentId(id as ScaleSetId, nameOf(configuration.id));

const heldBy = (set: ScaleSetRecord, configuration: ConfigurationRecord) => ({
  id: associationIdOf(set, configuration),
  name: nameOf(configuration.id),
  properties: { maintenanceConfigurationId: configuration.id },
});

const windowOf = (set: ScaleSetRecord, configuration: ConfigurationRecord) => ({
  associationId: associationIdOf(set, configuration),
  configurationId: configuration.id,
});
