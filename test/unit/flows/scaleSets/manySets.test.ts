/** A thousand scale sets in three hundred groups: what Azure is asked before the review stays bounded, and what is shown short. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { Permission } from "../../../../src/core/plans/roles.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { associateFlow } from "../../../../src/flows/associations/associate.ts";
import { checked } from "../../../../src/flows/review/check.ts";
import { moveScaleSetsFlow } from "../../../../src/flows/associations/moveScaleSets.ts";
import { scaleSetRows } from "../../../../src/flows/scaleSets/scaleSetRows.ts";
import { configuration, never, scaleSet } from "../../azure/support.ts";
import { pick, textOf } from "../support.ts";
import { openWorld, type World } from "../world.ts";

const groupCount = 300;
const monday = configuration("mc-shared-fourth-monday");
let world: World;

/** So many sets like one of the sandbox's, over the groups. */
function manySets(count: number, name = "vmss-web-prod"): Snapshot {
  const { snapshot } = world.store;
  const like = snapshot.scaleSets.get(idKey(scaleSet(name))) ?? assert.fail(name);
  const sets = Array.from({ length: count }, (_, index) => {
    const group = `rg-${index % groupCount}`;
    const id = like.id.replace(/resourceGroups\/[^/]+/i, `resourceGroups/${group}`) + `-${index}`;
    const assignments =
      "known" in like.assignments
        ? {
            known: like.assignments.known.map((one) => ({
              ...one,
              id: `${id}/providers/Microsoft.Maintenance/configurationAssignments/mc-prod-nightly`,
            })),
          }
        : like.assignments;
    return {
      ...like,
      id,
      name: nameOf(id),
      resourceGroup: group,
      resource: { ...like.resource, id },
      assignments,
    };
  });
  return { ...snapshot, scaleSets: new Map(sets.map((set) => [idKey(set.id), set])) };
}

const all: readonly Permission[] = [{ actions: ["*"], notActions: [] }];
const reader: readonly Permission[] = [{ actions: ["*/read"], notActions: [] }];

before(async () => {
  world = await openWorld();
});

const aboutPermissions = (warnings: readonly string[]) => warnings.filter((text) => /permission/i.test(text));

/** The plan's check, with the permissions that a scope has; what was asked for, and how many at a time. */
async function check(plan: Plan, permissionsAt: (scope: string) => readonly Permission[]) {
  const asked: string[] = [];
  const said: string[] = [];
  let inFlight = 0;
  let most = 0;
  const azure = {
    ...world.lab.azure,
    permissions: async (scope: string) => {
      asked.push(scope);
      most = Math.max(most, ++inFlight);
      await Promise.resolve();
      inFlight--;
      return permissionsAt(scope);
    },
    registrationState: async () => "Registered",
  };
  const snapshot = () => world.store.snapshot;
  const complete = await checked({ azure, snapshot }, plan, never, (text) => said.push(inEnglish(text)));
  return { asked, most, said, warnings: complete.warnings.map(inEnglish) };
}

async function movePlan(count: number): Promise<{ readonly plan: Plan; readonly text: string }> {
  const many = manySets(count);
  const context = world.context([pick("mc-shared-fourth-monday"), pick("apply")], {
    snapshot: () => many,
    azure: { ...world.lab.azure, permissions: async () => all, registrationState: async () => "Registered" },
  });
  const scaleSetIds = [...many.scaleSets.values()].map(({ id }) => id);
  const plan = (await moveScaleSetsFlow(context, { scaleSetIds })) ?? assert.fail("no plan");
  return { plan, text: textOf(context.prompter.asked.at(-1)) };
}

describe("a move of a thousand sets", () => {
  test("is two changes a set in order, and a review that can be read", async () => {
    const { plan, text } = await movePlan(1000);
    assert.equal(plan.changes.length, 2000);
    const byId = new Map(plan.changes.map((change) => [change.id, change]));
    for (const change of plan.changes.filter(({ kind }) => kind === "dissociate"))
      assert.deepEqual(
        change.needs.map((id) => byId.get(id)?.kind),
        ["associate"],
      );
    assert.match(text, /^Move 1000 scale sets to mc-shared-fourth-monday in the sandbox \| 2000 changes$/m);
    assert.match(text, /^1000 scale sets: mc-prod-nightly → mc-shared-fourth-monday \| Contoso Production$/m);
    assert.ok(text.split("\n").length < 40, text);
  });

  test("beyond 3,000 associations is warned of", async () => {
    const { plan } = await movePlan(3100);
    assert.match(plan.warnings.map(inEnglish).join("\n"), /3,?000/);
  });
});

describe("permissions", () => {
  let plan: Plan;
  before(async () => ({ plan } = await movePlan(1000)));

  test("that the subscription gives are asked there alone", async () => {
    const { asked, warnings } = await check(plan, () => all);
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? "", /^\/subscriptions\/[^/]+$/);
    assert.deepEqual(aboutPermissions(warnings), []);
  });

  test("that some groups give are asked of as many as is decent, eight at a time, and the rest is told", async () => {
    const { asked, most, said, warnings } = await check(plan, (scope) =>
      /resourceGroups\/rg-\d+$/i.test(scope) ? all : reader,
    );
    assert.ok(asked.length <= 101, `${asked.length} questions`);
    assert.ok(most <= 8, `${most} at a time`);
    assert.equal(said.at(-1), "Checking your permissions: 100 of 100 resource groups…");
    assert.match(warnings.join("\n"), /^Your permissions for \d+ of these changes weren't checked/m);
    assert.doesNotMatch(warnings.join("\n"), /might not have permission/);
  });

  test("that nothing gives are warned of once per group and permission, and no set is asked beyond twenty", async () => {
    const { asked, warnings } = await check(plan, () => reader);
    assert.ok(asked.length <= 121, `${asked.length} questions`);
    assert.match(
      warnings.join("\n"),
      /might not have permission Microsoft\.Maintenance\/configurationAssignments\/write in rg-0/,
    );
  });

  test("that single sets give are not said to be missing on those that were not asked about", async () => {
    const isSingle = (scope: string) => /virtualMachineScaleSets\//i.test(scope);
    const { asked, warnings } = await check(plan, (scope) => (isSingle(scope) ? all : reader));
    const [askedSets, sets] = [asked.filter(isSingle).length, 1000];
    assert.equal(askedSets, 20);
    assert.deepEqual(aboutPermissions(warnings), [
      `Your permissions for ${2 * (sets - askedSets)} of these changes weren't checked: it would take too many requests.`,
    ]);
  });
});

test("a list of 10,000 sets is sorted with one collator: localeCompare would make one for each pair", (context) => {
  const many = manySets(10_000);
  const { mock } = context.mock.method(String.prototype, "localeCompare");
  const rows = scaleSetRows(many, [...many.scaleSets.values()]);
  assert.ok(rows.length > 10_000);
  assert.ok(mock.callCount() < 10, `${mock.callCount()} names compared one by one`);
});

test("10,000 ids are read from a text, and the plan is made of them", async () => {
  const many = manySets(10_000, "vmss-cache-prod");
  const lines = [...many.scaleSets.values()].map(({ id }) => id).join("\r\n");
  const context = world.context(
    [() => ({ kind: "value", value: "clipboard" }), pick("Continue with 10000 scale sets"), pick("apply")],
    {
      snapshot: () => many,
      textFrom: async () => lines,
      azure: {
        ...world.lab.azure,
        permissions: async () => all,
        registrationState: async () => "Registered",
      },
    },
  );
  const plan = await associateFlow(context, { configurationIds: [monday] });
  assert.equal(plan?.changes.length, 10_000);
});
