import assert from "node:assert/strict";
import { atOnce } from "../../../../src/core/slices.ts";
import { before, describe, it } from "node:test";
import { fleetPage, fleetQuery } from "../../../../src/azure/inventory/fleetQuery.ts";
import { fleetTexts } from "../../../../src/azure/inventory/fleetTexts.ts";
import { coverageOf } from "../../../../src/core/associations/coverage.ts";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { isConfigurationId, isScaleSetId } from "../../../../src/core/resources/ids.ts";
import { type JsonObject, textAt } from "../../../../src/core/resources/json.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import { configurationBody } from "../../../../src/sandbox/fleet/configuration.ts";
import {
  type FleetPlan,
  fleetPlan,
  type FleetSize,
  generatedFleet,
  largeFleet,
} from "../../../../src/sandbox/fleet/generated.ts";
import { kinds } from "../../../../src/sandbox/fleet/generated/kinds.ts";
import { scaleSetId } from "../../../../src/sandbox/fleet/scaleSet.ts";
import { keyOf } from "../../../../src/sandbox/ids.ts";
import type { State } from "../../../../src/sandbox/state.ts";
import { type Body, createLab, type Lab, maintenance, resources, start } from "../support.ts";

const size: FleetSize = {
  seed: 4,
  tenants: 2,
  subscriptions: 60,
  scaleSets: 1000,
  configurations: 300,
  assignments: 1000,
};
const now = Date.parse(start);
const built = (wanted: FleetSize): State => generatedFleet(wanted)(now, 0);

function counts<T>(things: readonly T[], kindOf: (thing: T) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(things, kindOf)].map(([kind, list]) => [kind, list.length]));
}

describe("a generated fleet", () => {
  it("has exactly what was asked for, also the largest, and also very small ones", () => {
    const sizes: readonly FleetSize[] = [
      size,
      largeFleet,
      { seed: 9, tenants: 1, subscriptions: 1, scaleSets: 1000, configurations: 3, assignments: 0 },
      { seed: 2, tenants: 3, subscriptions: 3, scaleSets: 7, configurations: 2, assignments: 40 },
    ];
    for (const wanted of sizes) {
      const state = built(wanted);
      const malformed = Math.floor(wanted.scaleSets / 1000);
      assert.equal(state.accounts.length, 1);
      assert.equal(state.tenants.length, wanted.tenants);
      assert.equal(state.subscriptions.size, wanted.subscriptions);
      assert.equal(state.scaleSets.size, wanted.scaleSets + malformed);
      assert.equal(state.configurations.size, wanted.configurations);
      assert.equal(state.assignments.size, wanted.assignments);
      for (const [key, { groupKey, subscriptionId }] of [...state.scaleSets, ...state.assignments]) {
        assert.ok(state.groups.has(groupKey), key);
        assert.ok(state.subscriptions.has(subscriptionId), key);
      }
    }
  });

  it("is the same for the same seed, and another for another", () => {
    const text = (wanted: FleetSize): string => {
      const { scaleSets, configurations, assignments, groups } = built(wanted);
      return JSON.stringify([scaleSets, configurations, assignments, groups].map((shelf) => [...shelf]));
    };
    assert.equal(text(size), text(size));
    assert.notEqual(text(size), text({ ...size, seed: 5 }));
  });

  it("has the share of each kind that is meant", () => {
    const found = counts(fleetPlan(largeFleet).scaleSets, ({ kind }) => kind);
    for (const [name, { share }] of Object.entries(kinds)) assert.equal(found[name], share * 10_000, name);
  });

  it("has about as much in every two hundred subscriptions, so that no batch of them is large", () => {
    const { scaleSets, estates } = fleetPlan(largeFleet);
    const per = counts(scaleSets, ({ subscriptionId }) => subscriptionId);
    const numbers = estates.map(({ subscription }) => per[subscription.subscriptionId] ?? 0);
    assert.ok(numbers.includes(0) && Math.max(...numbers) > 15);
    for (let from = 0; from < numbers.length; from += 200) {
      const sum = numbers.slice(from, from + 200).reduce((all, one) => all + one);
      assert.ok(Math.abs(sum - 10_000 / 6) < 5, `${sum}`);
    }
  });

  it("has windows that nobody understands, and such as are oddly written and understood all the same", () => {
    for (const { kind, model } of fleetPlan(largeFleet).configurations) {
      if (kind !== "unreadable" && kind !== "odd") continue;
      const { unreadable, next } = scheduleFacts(configurationBody(model, now), start);
      assert.equal(unreadable !== undefined, kind === "unreadable", JSON.stringify(model.window));
      if (kind === "odd") assert.ok(next.length > 0, JSON.stringify(model.window));
    }
  });

  it("has oddities: other casing, long names, other regions and subscriptions, several orchestrations", () => {
    const { scaleSets, configurations, assignments } = fleetPlan(size);
    const seeds = scaleSets.map(({ seed }) => seed);
    assert.ok(seeds.some(({ group }) => group.startsWith("RG-")));
    assert.ok(seeds.some(({ name }) => name.length > 45) && seeds.every(({ name }) => name.length <= 64));
    assert.ok(seeds.some(({ flexible }) => flexible === true));
    assert.ok(seeds.some(({ image }) => image.includes("/galleries/")));
    assert.ok(new Set(seeds.map(({ location }) => location)).size > 5);
    const scopes = new Set(configurations.map(({ model }) => model.properties["maintenanceScope"]));
    assert.ok(scopes.has("InGuestPatch") && scopes.has("Host") && scopes.has("OSImage"));
    const subscriptionIn = (id: string) => id.split("/")[2];
    assert.ok(assignments.some((one) => subscriptionIn(one.configurationId) !== one.subscriptionId));
  });
});

describe("where the sets of a generated fleet stand", () => {
  let lab: Lab;
  let plan: FleetPlan;
  const list = async (path: string): Promise<Body[]> => (await lab.ask("GET", path)).body.value;

  before(() => {
    plan = fleetPlan(size);
    lab = createLab({ fleet: generatedFleet(size), operationSeconds: 0 });
  });

  it("is for the rules what the generator meant", async () => {
    const schedules = new Map<string, { resource: JsonObject; schedule: ReturnType<typeof scheduleFacts> }>();
    const denied = new Set<string>();
    for (const { model, kind } of plan.configurations) {
      const { status, body } = await lab.ask("GET", `${model.id}?${maintenance}`);
      assert.equal(status, kind === "denied" ? 403 : 200);
      if (kind === "denied") denied.add(keyOf(model.id));
      else schedules.set(keyOf(model.id), { resource: body, schedule: scheduleFacts(body, start) });
    }
    for (const { seed, subscriptionId, kind } of plan.scaleSets) {
      const id = scaleSetId(seed, subscriptionId);
      const scaleSet = (await lab.ask("GET", `${id}?api-version=2025-04-01`)).body;
      assert.ok(isScaleSetId(scaleSet.id));
      const known = await list(
        `${id}/providers/Microsoft.Maintenance/configurationAssignments?${maintenance}`,
      );
      const coverage = coverageOf({
        scaleSet,
        assignments: { known },
        configurationOf: (configuration) => {
          const key = keyOf(configuration);
          return schedules.get(key) ?? (denied.has(key) ? "unknown" : "missing");
        },
        findings: eligibility(scaleSet),
      });
      const { state, ...intended }: { state: string; managed?: boolean } = kinds[kind];
      assert.equal(coverage.state, state, `${kind} ${id}: ${JSON.stringify(coverage.reasons)}`);
      assert.equal(coverage.managedBy !== undefined, intended.managed === true, id);
    }
  });

  it("is in the lists of each tenant's token alone, without what the caller may not read", async () => {
    const { body } = await lab.ask("GET", "/sandbox/accounts");
    const [account] = body.value;
    assert.equal(body.value.length, 1);
    let seen = 0;
    for (const { tenantId } of account.tenants) {
      const { token } = (await lab.ask("POST", "/sandbox/tokens", { account: account.name, tenantId })).body;
      const headers = { authorization: `Bearer ${token}` };
      const { value } = (await lab.send("GET", `/subscriptions?${resources}`, headers)).body;
      assert.deepEqual(
        value.map((one: Body) => one.subscriptionId),
        plan.estates.flatMap(({ subscription: one }) =>
          one.tenantId === tenantId ? one.subscriptionId : [],
        ),
      );
      for (const { subscriptionId } of value) {
        const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Maintenance/maintenanceConfigurations?${maintenance}`;
        const listed = (await lab.send("GET", path, headers)).body.value;
        assert.ok(listed.every((one: Body) => isConfigurationId(one.id)));
        seen += listed.length;
      }
    }
    assert.equal(seen, plan.configurations.filter(({ kind }) => kind !== "denied").length);
  });

  it("is what the fleet query finds, in pages that hold each row once", async () => {
    const page = async ($skip: number): Promise<Body> => {
      const options = { $top: 500, $skip, resultFormat: "table" };
      const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
      return (await lab.ask("POST", graph, { query: fleetQuery, options })).body;
    };
    const { data, totalRecords } = await page(0);
    const cells: Body[] = [...data.rows];
    while (cells.length < totalRecords) cells.push(...(await page(cells.length)).data.rows);
    const { rows, danglingAssociations } = atOnce(
      fleetPage({ columns: data.columns.map(({ name }: Body) => name), rows: cells }, fleetTexts()),
    );
    const names = (list: readonly unknown[]) => list.map((one) => textAt(one, "name") ?? "").toSorted();

    const found = Map.groupBy(rows, ({ resource }) =>
      keyOf(textAt(resource, "id") ?? JSON.stringify(resource)),
    );
    assert.equal(found.size, rows.length);
    const readable = plan.configurations.filter(({ kind }) => kind !== "denied");
    assert.equal(rows.length, readable.length + plan.scaleSets.length + plan.malformed.length);
    for (const { model } of readable) {
      const [row] = found.get(keyOf(model.id)) ?? [];
      assert.equal(row?.part, "configurations", model.id);
    }
    const given = Map.groupBy(plan.assignments, ({ scopeId }) => keyOf(scopeId));
    for (const { seed, subscriptionId } of plan.scaleSets) {
      const id = keyOf(scaleSetId(seed, subscriptionId));
      const [row] = found.get(id) ?? [];
      assert.equal(row?.part, "scaleSets", id);
      assert.equal(row.subscriptionId, subscriptionId);
      assert.deepEqual(names(row.assignments), names(given.get(id) ?? []), id);
      given.delete(id);
    }
    const listed = new Map(
      danglingAssociations.map((one) => [keyOf(one.scaleSetId), names(one.assignments)]),
    );
    assert.deepEqual(listed, new Map([...given].map(([id, list]) => [id, names(list)])));
  });

  it("is in Resource Graph too, with the assignments of sets that were deleted, which can be removed", async () => {
    const ask = async (query: string): Promise<Body> => {
      const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
      return (await lab.ask("POST", graph, { query, options: { $top: 1000 } })).body;
    };
    const sets = "resources | where type =~ 'microsoft.compute/virtualmachinescalesets'";
    assert.equal((await ask(`${sets} | project id`)).totalRecords, 1001);
    const dangling = `maintenanceresources | project id, key = tolower(tostring(properties.resourceId))
      | join kind=leftouter (${sets} | project key = tolower(id), name) on key | where isempty(name) | project id`;
    const { data } = await ask(dangling);
    assert.equal(data.length, 6);
    for (const { id } of data) {
      const [scope] = id.split("/providers/Microsoft.Maintenance/");
      assert.equal((await lab.ask("GET", `${scope}?api-version=2025-04-01`)).status, 404);
      assert.equal((await lab.ask("DELETE", `${id}?${maintenance}`)).status, 200);
    }
    assert.equal((await ask(dangling)).totalRecords, 0);
  });
});
