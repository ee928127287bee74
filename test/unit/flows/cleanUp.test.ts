/** Flawed associations: what is found, what is left, and what becomes of the plan when it is applied. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { idKey, nameOf, parseId } from "../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../src/core/text/message.ts";
import type { Plan } from "../../../src/core/plans/plan.ts";
import type { DanglingRecord, Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import { cleanUpFlow } from "../../../src/flows/associations/cleanUp.ts";
import { windowlessWarning } from "../../../src/flows/associations/withoutWindow.ts";
import { sandboxEndpoint } from "../../../src/sandbox/sandbox.ts";
import { configuration, fleet, never, scaleSet, token } from "../azure/support.ts";
import { look, pick, textOf, tick, type Asked, type Move } from "./support.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
/** The day after a fourth Monday, so that a nightly window opens before that of the fourth Monday. */
const tuesday = () => new Date("2026-11-24T09:00:00Z");
beforeEach(async () => (world = await openWorld(tuesday)));

const nightly = configuration("mc-prod-nightly");
const retired = configuration("mc-ledger-retired");
const ledger = scaleSet("vmss-ledger-prod", "rg-data-prod-weu");
const gateway = scaleSet("vmss-gateway-prod");
const assignmentOf = (set: string, name: string) =>
  `${set}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;

const recordOf = (name: string, state: Pick<DanglingRecord, "scaleSet" | "problem">): DanglingRecord => {
  const id = assignmentOf(scaleSet(name), "mc-prod-nightly");
  const assignment = { id, properties: { maintenanceConfigurationId: nightly } };
  return { id, scaleSetId: scaleSet(name), subscriptionId: fleet.production, assignment, ...state };
};
const unreachable = { kind: "forbidden", summary: message("Azure denied access.") } as const;
const dangling = [
  recordOf("vmss-gone", { scaleSet: "gone" }),
  recordOf("vmss-there", { scaleSet: "there" }),
  recordOf("vmss-hidden", { scaleSet: "unknown", problem: unreachable }),
];

const withDangling = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  danglingAssociations: new Map(dangling.map((one) => [idKey(one.id), one])),
});

/** The snapshot with these assignments on a set beside those that it has. */
const withAssignments = (set: string, ...more: readonly JsonObject[]) => {
  const { snapshot } = world.store;
  const record = snapshot.scaleSets.get(idKey(set)) ?? assert.fail(set);
  const known = "known" in record.assignments ? record.assignments.known : [];
  const changed = { ...record, assignments: { known: [...known, ...more] } };
  return { ...snapshot, scaleSets: new Map(snapshot.scaleSets).set(idKey(set), changed) };
};

const run = (moves: readonly Move[], within: readonly string[] = [], snapshot?: () => Snapshot) =>
  world.run((context) => cleanUpFlow(context, within), moves, snapshot ? { snapshot } : {});

const changesOf = (plan: Plan | undefined) =>
  plan?.changes.map(
    ({ kind, target }) => `${kind} ${nameOf(parseId(target)?.scope ?? "")}: ${nameOf(target)}`,
  );
const leftOutOf = (plan: Plan | undefined) =>
  Object.fromEntries(
    plan?.leftOut.map(({ target, reason }) => [
      nameOf(parseId(target)?.scope ?? target),
      inEnglish(reason),
    ]) ?? [],
  );
const rowsOf = (asked: readonly Asked[]) => textOf(asked[0]);
/** Goes on with what is proposed, without the rows being looked for: those that stay are not among them. */
const goOn: Move = ({ question }) => ({ kind: "value", value: question.proposed ?? [] });

test("finds what is gone, twice or rivals, by kind and each with why; all but what stays is ticked", async () => {
  const twice = {
    id: assignmentOf(scaleSet("vmss-api-prod"), "other"),
    properties: { maintenanceConfigurationId: nightly },
  };
  const { plan, asked } = await run([goOn, pick("apply")], [], () =>
    withDangling(withAssignments(scaleSet("vmss-api-prod"), twice)),
  );
  const rows = rowsOf(asked);
  assert.match(
    rows,
    /^The scale set was deleted\nvmss-gone: mc-prod-nightly \| rg-web-prod-weu · Contoso Production$/m,
  );
  assert.match(
    rows,
    /^The configuration was deleted\n(.*\n)*vmss-ledger-prod: mc-ledger-retired \| rg-data-prod-weu · Contoso Production$/m,
  );
  assert.match(
    rows,
    /^Same configuration twice\nvmss-api-prod: mc-prod-nightly \| rg-web-prod-weu · Contoso Production \| Remove “other”, keep “mc-prod-nightly”\./m,
  );
  assert.match(
    rows,
    /vmss-gateway-prod: mc-prod-nightly \| keep · rg-web-prod-weu · Contoso Production \| Keep mc-prod-nightly: its window opens next\./,
  );
  assert.match(
    rows,
    /vmss-gateway-prod: mc-shared-fourth-monday \| remove · rg-web-prod-weu · Contoso Production \| /,
  );
  const changes = changesOf(plan) ?? [];
  for (const expected of [
    "dissociate vmss-gone: mc-prod-nightly",
    "dissociate vmss-ledger-prod: mc-ledger-retired",
    "dissociate vmss-api-prod: other",
    "dissociate vmss-gateway-prod: mc-shared-fourth-monday",
  ])
    assert.ok(changes.includes(expected), expected);
  const conditions = new Map(
    plan?.changes.map(({ target, provided }) => [nameOf(parseId(target)?.scope ?? ""), provided?.[0]]),
  );
  assert.deepEqual(conditions.get("vmss-gone"), { id: scaleSet("vmss-gone"), is: "gone" });
  assert.equal(idKey(conditions.get("vmss-ledger-prod")?.id ?? ""), idKey(retired));
  assert.equal(conditions.get("vmss-gateway-prod")?.is, "there");
  assert.equal(nameOf(conditions.get("vmss-gateway-prod")?.id ?? ""), "mc-prod-nightly");
});

test("keeps what no direct read has shown to be gone, with the reason", async () => {
  const { plan } = await run([goOn, pick("apply")], [], () => withDangling(world.store.snapshot));
  assert.match(leftOutOf(plan)["vmss-there"] ?? "", /still exists/);
  assert.match(
    leftOutOf(plan)["vmss-hidden"] ?? "",
    /Not confirmed that the scale set was deleted\. Azure denied access/,
  );
  assert.ok(!(changesOf(plan) ?? []).some((change) => /vmss-(there|hidden)/.test(change)));
  const only = await run([pick("close")], [dangling[2]?.id ?? ""], () => withDangling(world.store.snapshot));
  assert.equal(only.plan, undefined);
  assert.match(textOf(only.asked.at(-1)), /Nothing to change/);
});

test("a set of another service is left out, unless it is what was meant", async () => {
  const aks = scaleSet("aks-systempool-31415926-vmss", "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope");
  const stale = { id: assignmentOf(aks, "x"), properties: { maintenanceConfigurationId: retired } };
  const snapshot = () => withAssignments(aks, stale);
  const all = await run([goOn, pick("apply")], [`/subscriptions/${fleet.production}`], snapshot);
  assert.match(leftOutOf(all.plan)["aks-systempool-31415926-vmss"] ?? "", /Azure Kubernetes Service/);
  const chosen = await run([goOn, pick("apply")], [aks], snapshot);
  assert.deepEqual(changesOf(chosen.plan), ["dissociate aks-systempool-31415926-vmss: x"]);
});

describe("of several configurations", () => {
  test("another one than proposed can stay", async () => {
    const { plan } = await run([tick("vmss-gateway-prod: mc-prod-nightly"), pick("apply")], [gateway]);
    assert.deepEqual(changesOf(plan), ["dissociate vmss-gateway-prod: mc-prod-nightly"]);
    assert.equal(nameOf(plan?.changes[0]?.provided?.[0]?.id ?? ""), "mc-shared-fourth-monday");
  });

  test("one must stay", async () => {
    const all = tick("vmss-gateway-prod: mc-prod-nightly", "vmss-gateway-prod: mc-shared-fourth-monday");
    const { plan, asked } = await run([all, pick("close")], [gateway]);
    assert.equal(plan, undefined);
    assert.match(textOf(asked.at(-1)), /One association must remain/);
  });
});

test("is about what it was started on alone", async () => {
  for (const [within, expected] of [
    [[ledger], ["vmss-ledger-prod"]],
    [[retired.toUpperCase()], ["vmss-ledger-prod"]],
    [[`/subscriptions/${fleet.staging}`], []],
    [[dangling[0]?.id ?? ""], ["vmss-gone"]],
  ] as const) {
    const moves = expected.length === 0 ? [pick("close")] : [goOn, pick("apply")];
    const { plan } = await run(moves, within, () => withDangling(world.store.snapshot));
    assert.deepEqual(
      plan?.changes.map(({ target }) => nameOf(parseId(target)?.scope ?? "")) ?? [],
      expected,
      within[0],
    );
  }
});

test("warns of upgrades that have no window then, as they have none now", async () => {
  const { plan } = await run([goOn, pick("apply")], [ledger]);
  assert.match(
    plan?.warnings.map(inEnglish).join("\n") ?? "",
    /Automatic OS upgrades of vmss-ledger-prod stay on and can start at any time\./,
  );
});

describe("a set that ends without a window", () => {
  const moveRow = "Move to a working configuration…";
  const disableRow = "Turn off automatic OS upgrades";

  test("moves to a working configuration within the same plan, the new association first", async () => {
    const { plan, asked } = await run(
      [goOn, pick(moveRow), pick("mc-prod-nightly"), pick("apply")],
      [ledger],
    );
    assert.deepEqual(changesOf(plan), [
      "associate vmss-ledger-prod: mc-prod-nightly",
      "dissociate vmss-ledger-prod: mc-ledger-retired",
    ]);
    const [added, removed] = plan?.changes ?? [];
    assert.deepEqual(removed?.needs, [added?.id]);
    assert.deepEqual(plan?.warnings.map(inEnglish), []);
    assert.match(textOf(asked.at(-1)), /Next windows|Windows/i);
    const results = await world.lab.azure.apply(plan ?? assert.fail(), { signal: never });
    assert.deepEqual(
      results.map(({ outcome }) => outcome.status),
      ["done", "done"],
    );
  });

  test("is offered only configurations that open windows", async () => {
    const { asked } = await run([goOn, pick(moveRow), () => ({ kind: "cancel" })], [ledger]);
    const rows = textOf(asked.at(-1));
    assert.match(rows, /mc-prod-nightly/);
    assert.doesNotMatch(rows, /mc-web-until-migration/);
  });

  test("has its upgrades turned off instead, or stays as it is, with a warning", async () => {
    const off = await run([goOn, pick(disableRow), pick("apply")], [ledger]);
    assert.deepEqual(
      off.plan?.changes.map(({ kind }) => kind),
      ["setUpgradePolicy", "dissociate"],
    );
    assert.doesNotMatch(off.plan?.warnings.map(inEnglish).join() ?? "", /can start at any time/);
    const back = await run([goOn, pick(disableRow), pick("Leave without a window"), pick("apply")], [ledger]);
    assert.deepEqual(changesOf(back.plan), ["dissociate vmss-ledger-prod: mc-ledger-retired"]);
    assert.match(back.plan?.warnings.map(inEnglish).join() ?? "", /can start at any time/);
  });

  test("has no such rows where a window stays", async () => {
    const { asked } = await run([goOn, pick("apply")], [gateway]);
    assert.doesNotMatch(textOf(asked.at(-1)), /working configuration|Turn off/);
  });

  test("with a configuration that opens no window is not changed, says why, and can move all the same", async () => {
    const archive = scaleSet("vmss-archive-prod", "rg-media-prod-neu");
    const { plan, asked } = await run([pick("close")], [archive]);
    assert.equal(plan, undefined);
    assert.match(
      textOf(asked[0]),
      /vmss-archive-prod: mc-web-until-migration.*has no valid window.*\. The association is kept\./,
    );
    const moved = await run([pick(moveRow), pick("mc-prod-nightly"), pick("apply")], [archive]);
    assert.deepEqual(changesOf(moved.plan), [
      "associate vmss-archive-prod: mc-prod-nightly",
      "dissociate vmss-archive-prod: mc-web-until-migration",
    ]);
    assert.deepEqual(moved.plan?.leftOut, []);
  });
});

test("of many sets without a window the count and the first five are named", () => {
  const sets = ["a", "b", "c", "d", "e", "f"].map((name) => {
    const record = world.store.snapshot.scaleSets.get(idKey(ledger)) ?? assert.fail();
    return { ...record, name };
  });
  assert.deepEqual(windowlessWarning(sets).map(inEnglish), [
    "Automatic OS upgrades of a, b, c, d, e +1 stay on and can start at any time.",
  ]);
});

test("a set whose upgrades are off needs no warning", () => {
  const { scaleSets } = world.store.snapshot;
  const idle = scaleSets.get(idKey(scaleSet("vmss-search-prod"))) ?? assert.fail();
  assert.deepEqual(windowlessWarning([idle]), []);
});

test("a set whose associations couldn't be read is not changed, and says so", async () => {
  const { plan } = await run([goOn, pick("apply")]);
  assert.match(leftOutOf(plan)["vmss-identity-broker"] ?? "", /Couldn't load its associations/);
});

test("a configuration that came back between the preview and the apply keeps its association, and the results say so", async () => {
  const { plan } = await run([goOn, look(() => undefined, pick("apply"))], [ledger, gateway]);
  assert.ok(plan);
  const { status } = await world.lab.sandbox.handle({
    method: "PUT",
    url: `${sandboxEndpoint}${retired}?api-version=2023-04-01`,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ location: "westeurope", properties: { maintenanceScope: "OSImage" } }),
  });
  assert.equal(status < 300, true, String(status));
  const results = await world.lab.azure.apply(plan, { signal: never });
  const outcomes = results.map(({ change, outcome }) => [
    nameOf(parseId(change.target)?.scope ?? ""),
    "problem" in outcome ? inEnglish(outcome.problem.summary) : outcome.status,
  ]);
  assert.match(Object.fromEntries(outcomes)["vmss-ledger-prod"] ?? "", /mc-ledger-retired exists again/);
  assert.equal(Object.fromEntries(outcomes)["vmss-gateway-prod"], "done");
  assert.equal((await world.lab.azure.assignmentsOf(ledger, never)).length, 1);
});
