import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFleet } from "../../../../src/sandbox/fleet/fleet.ts";
import { keyOf } from "../../../../src/sandbox/ids.ts";
import type { BuildFleet } from "../../../../src/sandbox/state.ts";
import { compute, createLab, production, scaleSet, shared } from "../support.ts";

const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
const web = scaleSet(production, "rg-web-prod-weu", "vmss-web-prod");
const agents = scaleSet(shared, "rg-build-shared", "vmss-build-agents");

test("works a query out once, whatever is asked for of it, until something changes in its subscriptions", async () => {
  let reads = 0;
  const fleet: BuildFleet = (now, operationSeconds) => {
    const state = buildFleet(now, operationSeconds);
    const stored = state.scaleSets.get(keyOf(web));
    assert.ok(stored !== undefined);
    const properties = {
      get counted() {
        reads += 1;
        return "yes";
      },
    };
    state.scaleSets.set(keyOf(web), { ...stored, body: { ...stored.body, properties } });
    return state;
  };
  const lab = createLab({ fleet });
  const query = "resources | project id, counted = tostring(properties.counted) | order by id asc";
  const subscriptions = [production.split("/")[2]];
  const readsOf = async (options: object): Promise<number> => {
    const before = reads;
    assert.equal((await lab.ask("POST", path, { query, subscriptions, options })).status, 200);
    return reads - before;
  };
  assert.equal(await readsOf({ $top: 5 }), 1);
  assert.equal(await readsOf({ $top: 5, $skip: 5 }), 0);
  assert.equal(await readsOf({ $top: 5, resultFormat: "table" }), 0);
  await lab.ask("PATCH", `${agents}?${compute}`, { tags: { wave: "1" } });
  assert.equal(await readsOf({ $top: 5 }), 0, "of a change in another subscription it tells nothing");
  const other = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
  assert.equal((await lab.ask("PATCH", `${other}?${compute}`, { tags: { wave: "1" } })).status, 200);
  assert.equal(await readsOf({ $top: 5 }), 1);
});
