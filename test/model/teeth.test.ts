/** A model that can't fail proves nothing: each promise is broken once, by a client that does not keep it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHttpHeaders, createPipelineRequest, type HttpMethods } from "@azure/core-rest-pipeline";
import { associate, setAutomaticUpgrades } from "../../src/core/plans/plans.ts";
import { createConfiguration } from "../../src/core/plans/kinds/createConfiguration.ts";
import { dissociate } from "../../src/core/plans/kinds/dissociate.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import type { Change, Outcome } from "../../src/core/plans/plan.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { turnedClock } from "../support/turnedClock.ts";
import { beginningOf } from "./beginning.ts";
import type { Run } from "./run.ts";
import type { FleetPlan } from "./scenario.ts";
import { verdictOn, type Verdict } from "./verdict.ts";
import { ModelAzure } from "./world/azure.ts";
import type { Disturbance } from "./world/disturbances.ts";
import { assignmentId, configurationId, endpoint, scaleSetId } from "./world/ids.ts";

const web = scaleSetId("web");
const nightly = configurationId("nightly");
const done: Outcome = { status: "done" };
const failed: Outcome = {
  status: "failed",
  problem: { kind: "network", summary: verbatim("?"), wayOut: verbatim("?") },
};
const fleet: FleetPlan = {
  scaleSets: [
    { name: "web", enabled: false, system: "Linux", isPinned: false, isUpgrading: false, isRolling: false },
  ],
  configurations: ["nightly", "weekly"],
  associations: [],
  operationMs: 0,
};
const associated = { ...fleet, associations: [{ scaleSet: "web", as: "nightly", configuration: "nightly" }] };
const resource = { location: "westeurope", properties: {} };
const [association] = associate({ id: web, resource }, { id: nightly }, [], () => "OSImage").changes;
const [enabling] = setAutomaticUpgrades({ id: web, resource }, true, { tryAnyway: true }).changes;
const removal = dissociate({
  id: assignmentId(web, "nightly"),
  properties: { maintenanceConfigurationId: nightly },
});
assert.ok(association && enabling);

test("nothing is broken by a client that does what it says", async () => {
  assert.deepEqual(await verdictOf({ changes: [association], sends: [association], outcome: done }), []);
  assert.deepEqual(
    await verdictOf({ fleet: associated, changes: [enabling], sends: [enabling], outcome: done }),
    [],
  );
});

test("a world that answers 200 and writes nothing, of a client that says done", async () => {
  const disturbances = [{ kind: "write", write: 0, fault: "ignored" }] as const;
  for (const change of [association, enabling, createConfiguration(configurationId("fresh"), resource)])
    assert.deepEqual(
      await verdictOf({ changes: [change], sends: [change], outcome: done, disturbances }),
      ["doneIsSeen"],
      change.id,
    );
  const removing = { fleet: associated, changes: [removal], sends: [removal], outcome: done, disturbances };
  assert.deepEqual(await verdictOf(removing), ["doneIsSeen"]);
});

test("upgrades that are enabled without a window", async () => {
  assert.deepEqual(await verdictOf({ changes: [enabling], sends: [enabling], outcome: done }), [
    "keepsWindow",
  ]);
  const review = ["web has no maintenance configuration: upgrades can start at any time."];
  const reviewed = { changes: [enabling], sends: [enabling], outcome: done, review };
  assert.deepEqual(await verdictOf(reviewed), [], "the review said so");
});

test("an association that is removed while upgrades are on", async () => {
  const [set] = fleet.scaleSets;
  assert.ok(set);
  const enabled = { ...associated, scaleSets: [{ ...set, enabled: true }] };
  assert.deepEqual(await verdictOf({ fleet: enabled, changes: [removal], sends: [removal], outcome: done }), [
    "keepsWindow",
  ]);
});

test("a write that is sent again after its answer was lost", async () => {
  const disturbances = [{ kind: "write", write: 0, fault: "lostUnapplied" }] as const;
  const twice = { changes: [association], sends: [association, association], outcome: done, disturbances };
  assert.deepEqual(await verdictOf(twice), ["sentOnce"]);
  const refused = { ...twice, disturbances: [{ kind: "write", write: 0, fault: "throttled" }] as const };
  assert.deepEqual(await verdictOf(refused), [], "what was refused may be sent again");
});

test("another's association that is overwritten unseen", async () => {
  const write = { act: "repoint", scaleSet: "web", nth: 0, configuration: "weekly" } as const;
  const between: Disturbance = { kind: "others", request: 0, moment: "before", write };
  const removing = { fleet: associated, changes: [removal], sends: [removal], outcome: done };
  assert.deepEqual(await verdictOf({ ...removing, disturbances: [between] }), ["respectsOthers"]);
  const looks: readonly Sent[] = ["look", removal];
  assert.deepEqual(
    await verdictOf({ ...removing, sends: looks, disturbances: [between] }),
    ["respectsOthers"],
    "it looked, and sent all the same",
  );
  const inTheGap = [{ ...between, moment: "after" }] as const;
  const raced = await fullVerdictOf({ ...removing, sends: looks, disturbances: inTheGap });
  assert.deepEqual(
    [raced.violations, raced.raced],
    [[], 1],
    "nothing tells what comes between look and write",
  );
});

test("fates that are not what the world shows", async () => {
  const lost = [{ kind: "write", write: 0, fault: "lostApplied" }] as const;
  const late = [{ kind: "write", write: 0, fault: "lostLate" }] as const;
  for (const disturbances of [lost, late])
    assert.deepEqual(
      await verdictOf({ changes: [association], sends: [association], outcome: failed, disturbances }),
      ["fateIsTrue", "lateIsFound"],
    );
  const skipped: Outcome = { status: "skipped", because: "?" };
  assert.deepEqual(
    await verdictOf({ changes: [association], sends: [association], outcome: skipped, disturbances: lost }),
    ["fateIsTrue", "lateIsFound"],
  );
});

test("an undisturbed change that is not done", async () => {
  assert.deepEqual(await verdictOf({ changes: [association], sends: [], outcome: failed }), [
    "undisturbedIsDone",
  ]);
});

type Sent = Change | "look";

interface Play {
  readonly fleet?: FleetPlan;
  readonly changes: readonly Change[];
  /** What a client sends, whatever it is answered. */
  readonly sends: readonly Sent[];
  /** What it says of each change. */
  readonly outcome: Outcome;
  readonly disturbances?: readonly Disturbance[];
  readonly review?: readonly string[];
}

async function verdictOf(play: Play): Promise<readonly string[]> {
  return (await fullVerdictOf(play)).violations.map(({ promise }) => promise);
}

/** Reads what there is, as a review does, and then sends. */
async function fullVerdictOf(play: Play): Promise<Verdict> {
  const { changes, sends, outcome, disturbances = [], review = [] } = play;
  const clock = turnedClock("2026-11-26T12:00:00Z");
  const world = new ModelAzure(beginningOf(play.fleet ?? fleet, clock.now()), clock, fleet);
  const look = () => send(world, "GET", `${web}/providers/Microsoft.Maintenance/configurationAssignments`);
  await look();
  await send(world, "GET", web);
  const confirmed = { since: world.history.exchanges.length, from: world.history.latest, isResumed: false };
  world.disturb(disturbances);
  for (const one of sends) {
    if (one === "look") await look();
    else await send(world, verbOf(one), one.target, one.after);
  }
  world.settle();
  const outcomes = new Map(changes.map(({ id }) => [id, outcome]));
  const plan = planOf(verbatim("Play"), changes);
  const run: Run = {
    scenario: {
      fleet,
      wish: { flow: "associate", scaleSets: ["web"], configuration: "nightly", choices: [] },
      disturbances,
      afterwards: undefined,
    },
    world,
    plans: [{ ...confirmed, plan, outcomes, user: { review, answers: [] } }],
  };
  return verdictOn(run);
}

function verbOf({ kind, after }: Change): HttpMethods {
  if (after === undefined) return "DELETE";
  return kind === "setUpgradePolicy" ? "PATCH" : "PUT";
}

async function send(world: ModelAzure, method: HttpMethods, path: string, body?: unknown): Promise<void> {
  const request = createPipelineRequest({
    method,
    url: `${endpoint}${path}?api-version=model`,
    headers: createHttpHeaders(),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  try {
    await world.httpClient.sendRequest(request);
  } catch (error) {
    // A lost answer is one of the things that are played.
    assert.match(String(error), /socket hang up/);
  }
}
